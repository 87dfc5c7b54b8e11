package jury_test

import (
	"testing"

	"fieldtrial/internal/entry"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/testkit"
)

// What the jury may not see is in no answer, no file, no link and no list; what says whose entry it
// is only where judging is not blind.
func TestTheFormWithholdsFromTheJury(t *testing.T) {
	t.Parallel()
	for _, blind := range []bool{false, true} {
		opts := []testkit.ChallengeOption{}
		if blind {
			opts = append(opts, testkit.Blind())
		}
		w := newWorld(t, 1, 1, opts...)
		w.assignAll()
		w.declareAll()
		desk := w.desk(w.jurors[0], w.entries[0])
		full, err := w.svc.Assignment(w.ctx, w.jurors[0], desk)
		w.must(err)
		file := full.Content.Files[0].ID
		testkit.Exec(t, w.db, `update form_fields set jury_sees = false where key in ('summary', 'pitch')`)
		testkit.Exec(t, w.db, `update form_fields set identifying = true where key = 'title'`)
		a, err := w.svc.Assignment(w.ctx, w.jurors[0], desk)
		w.must(err)
		keys := ""
		for _, x := range a.Content.Answers {
			keys += x.Field.Key + " "
		}
		q, err := w.svc.Queue(w.ctx, w.jurors[0], w.rows.Challenge)
		w.must(err)
		wantKeys, title := "title stage ", "The plan of Team01"
		if blind {
			wantKeys, title = "stage ", ""
		}
		if keys != wantKeys || a.Title != title || q.Items[0].Entry.Title != title || len(a.Content.Files) != 0 {
			t.Errorf("blind %v: answers %q, title %q and %q, files %+v", blind, keys, a.Title, q.Items[0].Entry.Title, a.Content.Files)
		}
		_, err = w.svc.FileLink(w.ctx, w.jurors[0], desk, file, entry.Inline)
		w.want(err, fault.ErrNotFound, "a withheld file by its id")
	}
}
