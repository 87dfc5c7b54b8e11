package openings_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fieldtrial/internal/database"
	"fieldtrial/internal/record"
)

// documented is a row of docs/record.md: kinds with the members of their payloads. Every payload has the
// members in always; each of the others is in some leaf of the row.
type documented struct {
	kinds   []record.Kind
	always  []string
	members []string
}

var (
	quoted  = regexp.MustCompile("`([^`]+)`")
	without = regexp.MustCompile("no `([a-z]+)`")
)

// documentedKinds reads the table of kinds.
func documentedKinds(t *testing.T) []documented {
	t.Helper()
	text, err := os.ReadFile("../../docs/record.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "\n### Kinds\n")
	table, _, found := strings.Cut(rest, "\n## ")
	rows := []documented{}
	for _, line := range strings.Split(table, "\n") {
		cells := strings.Split(line, "|")
		if len(cells) != 5 || !strings.Contains(cells[1], "`") {
			continue
		}
		row := documented{always: []string{"challenge", "time"}}
		for _, m := range quoted.FindAllStringSubmatch(cells[1], -1) {
			row.kinds = append(row.kinds, record.Kind(m[1]))
		}
		for _, m := range without.FindAllStringSubmatch(cells[3], -1) {
			row.always = slices.DeleteFunc(row.always, func(s string) bool { return s == m[1] })
		}
		for _, m := range quoted.FindAllStringSubmatch(without.ReplaceAllString(cells[3], ""), -1) {
			row.members = append(row.members, m[1])
		}
		rows = append(rows, row)
	}
	if !found || len(rows) < 15 {
		t.Fatalf("%d rows of kinds in docs/record.md", len(rows))
	}
	return rows
}

// declaredKinds reads the constants of internal/record.
func declaredKinds(t *testing.T) map[record.Kind]bool {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../record/kind.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[record.Kind]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.ValueSpec); ok && strings.HasPrefix(s.Names[0].Name, "Kind") {
			name, err := strconv.Unquote(s.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			kinds[record.Kind(name)] = true
		}
		return true
	})
	return kinds
}

// onRecord adds the payloads in a log to those found, as their members.
func onRecord(t *testing.T, db *database.DB, found map[record.Kind][]map[string]bool) {
	t.Helper()
	rows, err := db.Pool().Query(t.Context(), `select l.kind, o.payload from record_leaves l join record_openings o on o.leaf_id = l.id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var kind record.Kind
		var payload []byte
		if err := rows.Scan(&kind, &payload); err != nil {
			t.Fatal(err)
		}
		var said map[string]json.RawMessage
		if err := json.Unmarshal(payload, &said); err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		members := map[string]bool{}
		for name := range said {
			members[name] = true
		}
		found[kind] = append(found[kind], members)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// Every kind of leaf is documented, has an act that writes it with the payload that is documented, and the
// other way round: a verifier who works from docs/record.md meets nothing that is not there, and waits for
// nothing that never comes. A new kind needs its row, and its act in acts_test.go.
func TestEveryKindIsOnRecordAsDocumented(t *testing.T) {
	t.Parallel()
	found := map[record.Kind][]map[string]bool{}
	rehearse(t, found)
	enterInEveryWay(t, found)
	judgeToTheEnd(t, found)
	calibrate(t, found)

	left := declaredKinds(t)
	for _, row := range documentedKinds(t) {
		seen := map[string]bool{}
		for _, kind := range row.kinds {
			if !left[kind] {
				t.Errorf("%s is documented, and no kind of internal/record", kind)
			}
			delete(left, kind)
			if len(found[kind]) == 0 {
				t.Errorf("%s is documented, and no act wrote it", kind)
			}
			for _, members := range found[kind] {
				for _, name := range row.always {
					if !members[name] {
						t.Errorf("%s without %s: %v", kind, name, slices.Sorted(maps.Keys(members)))
					}
				}
				for name := range members {
					if seen[name] = true; !slices.Contains(row.always, name) && !slices.Contains(row.members, name) {
						t.Errorf("%s has %s, which is not documented", kind, name)
					}
				}
			}
		}
		for _, name := range row.members {
			if !seen[name] {
				t.Errorf("%s: %s is documented, and in no leaf", row.kinds, name)
			}
		}
	}
	for kind := range left {
		t.Errorf("%s is not documented", kind)
	}
}
