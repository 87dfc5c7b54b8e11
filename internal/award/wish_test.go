package award_test

import (
	"testing"

	"fieldtrial/internal/testkit"
)

func TestTheDeciderSeesWhichTestbedsAnEntryWants(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3)
	w.lock()
	testkit.Exec(t, w.db, `update submissions set testbeds = '[{"id":"1","name":{"en":"First"}},{"id":"2","name":{"ja":"二番目"}}]'
		where entry_id = $1`, w.entries[0].Entry)
	d, err := w.svc.Decision(w.ctx, w.official, w.rows.Challenge)
	w.must(err)
	for _, r := range d.Rows {
		if r.Entry != w.entries[0].Entry {
			if len(r.Testbeds) != 0 {
				t.Errorf("%s asked for nothing: %v", r.Summary.Reference, r.Testbeds)
			}
			continue
		}
		if got := r.Testbeds; len(got) != 2 || got[0]["en"] != "First" || got[1]["ja"] != "二番目" || got[1]["en"] != "" {
			t.Errorf("%v", got)
		}
	}
}
