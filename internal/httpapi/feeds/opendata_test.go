package feeds_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"fieldtrial/internal/testkit"
)

func TestOpenDataHoldsWhatIsPublicAndNothingElse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	e := testkit.Entered(t, w.db, w.all[0], "+Winner & Co")
	other := testkit.Entered(t, w.db, w.all[0], "Loser")
	testkit.Exec(t, w.db, `insert into decisions (entry_id, challenge_id, outcome, place, feedback, language) values ($1, $3, 'winner', 1, 'private feedback', 'en'), ($2, $3, 'not_selected', null, '', 'en')`,
		e.Entry, other.Entry, w.all[0].Challenge)
	table := func(key string) (rows [][]string, items []map[string]any) {
		b := w.body(t, "/open-data/"+key+".csv")
		text, marked := bytes.CutPrefix(b, []byte("\xEF\xBB\xBF"))
		rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		if err != nil || !marked {
			t.Fatal(key, err, marked)
		}
		var doc struct {
			Licence string
			Columns map[string]map[string]string
			Items   []map[string]any
		}
		if err := json.Unmarshal(w.body(t, "/open-data/"+key+".json"), &doc); err != nil || len(doc.Items) != len(rows)-1 || doc.Licence != "CC-BY-4.0" {
			t.Fatalf("%s: %v, %d items, %d rows", key, err, len(doc.Items), len(rows))
		}
		for _, name := range rows[0] {
			for _, l := range []string{"en", "es", "ja"} {
				if doc.Columns[name][l] == "" {
					t.Errorf("%s: %s is not described in %s", key, name, l)
				}
			}
		}
		return rows, doc.Items
	}
	if rows, _ := table("contests"); len(rows) != 2 || rows[1][0] != "contest" {
		t.Errorf("contests %v", rows)
	}
	rows, items := table("challenges")
	all := fmt.Sprint(rows)
	if len(rows) != 1+3+len(hostile) || strings.Contains(all, "secret") || strings.Contains(all, "rehearsed") || !strings.Contains(all, "'=HYPERLINK") {
		t.Errorf("challenges %v", rows)
	}
	phases := map[any]int{}
	for _, i := range items {
		phases[i["phase"]]++
	}
	if phases["open"] != 1+len(hostile) || phases["announced"] != 1 || phases["closed"] != 1 {
		t.Errorf("phases %v", phases)
	}
	if rows, _ := table("results"); len(rows) != 1 {
		t.Errorf("results before the release: %v", rows)
	}
	testkit.Exec(t, w.db, `update challenges set released_at = clock_timestamp() where id = $1`, w.all[0].Challenge)
	rows, _ = table("results")
	if len(rows) != 2 || rows[1][3] != "'+Winner & Co" || strings.Contains(fmt.Sprint(rows), "Loser") || strings.Contains(fmt.Sprint(rows), "private") {
		t.Errorf("results %v", rows)
	}
}
