package entry

import (
	"sync"
	"testing"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/testkit"
)

func TestForgottenDraftsAreRemindedOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t, testkit.Closes(40*time.Hour))
	b.join(t, "Ken Mori", authz.TeamViewer)
	draft := b.begin(t)
	team, other := b.newTeam(t, "Sent Already")
	sent := b.beginAs(t, other, team)
	b.fill(t, other, sent)
	_, err := b.Submit(t.Context(), other, sent)
	must(t, err)
	if n, err := RemindDrafts(t.Context(), b.db); err != nil || n != 0 {
		t.Fatalf("begun a moment ago: %d %v", n, err)
	}
	testkit.Exec(t, b.db, `update entries set created_at = created_at - interval '1 day'`)
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() {
			if _, err := RemindDrafts(t.Context(), b.db); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := b.count(t, `select count(*) from notices where kind = 'entry-draft-reminder'`); n != 2 {
		t.Errorf("%d reminders, want one to each member", n)
	}
	if n := b.count(t, `select count(*) from notices where kind = 'entry-draft-reminder' and subject_id = $1`, draft); n != 2 {
		t.Errorf("%d about the draft", n)
	}
	late := newBench(t) // closes in ten days
	late.begin(t)
	testkit.Exec(t, late.db, `update entries set created_at = created_at - interval '1 day'`)
	if n, err := RemindDrafts(t.Context(), late.db); err != nil || n != 0 {
		t.Errorf("far from the deadline: %d %v", n, err)
	}
}
