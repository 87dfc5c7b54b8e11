package contestapi

import (
	"testing"
	"time"

	"fieldtrial/internal/contest"
)

// An archive was judged elsewhere: its page names the dates that its source names, and no other.
func TestTheTimelineOfAnArchiveHasKnownDatesOnly(t *testing.T) {
	t.Parallel()
	now := time.Now()
	opens, closes := now.AddDate(-2, 0, 0), now.AddDate(-1, 0, 0)
	d := contest.Dossier{Now: now}
	d.PublishedAt, d.ArchivedAt = &opens, &now
	d.Dates = contest.Dates{Opens: opens, Closes: closes, JudgingEnds: closes.Add(time.Hour), Results: closes.Add(2 * time.Hour)}
	d.OwnDates = contest.OwnDates{Closes: &closes}
	steps := timelineOf(d)
	if len(steps) != 1 || steps[0].Key != "closes" || !steps[0].Done || !steps[0].At.Equal(closes) {
		t.Errorf("%+v", steps)
	}
	d.OwnDates.Opens = &opens
	if steps = timelineOf(d); len(steps) != 2 || steps[0].Key != "opens" {
		t.Errorf("%+v", steps)
	}
	d.ReleasedAt = &now // a contest of ours that was archived after its results keeps its whole timeline
	if steps = timelineOf(d); len(steps) != 5 {
		t.Errorf("%+v", steps)
	}
}
