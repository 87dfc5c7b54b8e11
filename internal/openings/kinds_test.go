package openings_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// notYet are kinds whose acts the product does not have.
var notYet = map[string]bool{"KindPromotion": true, "KindAgreement": true, "KindKPISnapshot": true}

// Every kind of leaf that is documented is appended somewhere outside the record's own room: a kind that no
// act writes would be a promise that nobody keeps. That each act writes its leaf is tried where the act is,
// and for a whole contest in the program's journey.
func TestEveryKindIsWrittenByAnAct(t *testing.T) {
	t.Parallel()
	kinds := map[string]int{}
	walk(t, "../record/kind.go", func(n ast.Node) {
		if s, ok := n.(*ast.ValueSpec); ok && strings.HasPrefix(s.Names[0].Name, "Kind") {
			kinds[s.Names[0].Name] = 0
		}
	})
	if len(kinds) < 24 {
		t.Fatalf("%d kinds", len(kinds))
	}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		if strings.HasPrefix(path, filepath.Join("..", "httpapi", "oapi")) {
			return nil
		}
		// The deadline's leaf has a function of its own in the record.
		inRecord := strings.HasPrefix(path, filepath.Join("..", "record")+string(filepath.Separator))
		walk(t, path, func(n ast.Node) {
			call, ok := n.(*ast.SelectorExpr)
			if !ok {
				return
			}
			x, ok := call.X.(*ast.Ident)
			switch {
			case ok && !inRecord && x.Name == "record" && call.Sel.Name == "AppendDeadline":
				kinds["KindDeadline"]++
			case ok && !inRecord && x.Name == "record" && !strings.HasPrefix(path, filepath.Join("..", "openings")):
				if _, is := kinds[call.Sel.Name]; is {
					kinds[call.Sel.Name]++
				}
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for kind, n := range kinds {
		if n == 0 && !notYet[kind] {
			t.Errorf("no act writes a leaf of %s", kind)
		}
	}
}

func walk(t *testing.T, path string, visit func(ast.Node)) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		visit(n)
		return true
	})
}
