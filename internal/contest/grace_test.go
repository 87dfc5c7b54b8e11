package contest_test

import (
	"testing"
	"time"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/testkit"
)

func minutes(n int) contest.Amendment { return contest.Amendment{Grace: &n} }

// The grace is one of the rules: after publication it changes as a version, and once teams count on it
// only to more.
func TestTheGraceChangesAsAVersion(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	after, err := h.amend(minutes(30), "Hay avisos de cortes de red.")
	if err != nil {
		t.Fatal(err)
	}
	if v := after.Versions[1]; v.Rules.Dates.GraceMinutes != 30 || v.Kind != contest.VersionChanged {
		t.Errorf("version 2: %+v", v.Rules.Dates)
	}
	c, err := contest.Load(h.ctx(), h.db.Pool(), h.c.Challenge)
	if err != nil || c.Grace != 30*time.Minute {
		t.Errorf("in force: %s %v", c.Grace, err)
	}
	_, seen, err := h.s.PublicVersions(h.ctx(), h.c.Slug)
	if err != nil || len(seen[0].Changes) != 1 {
		t.Fatalf("public: %+v %v", seen, err)
	}
	if x := seen[0].Changes[0]; x.Part != "grace" || x.Before != "0" || x.After != "30" {
		t.Errorf("the public change: %+v", x)
	}
	for what, n := range map[string]int{"less": 10, "more than a day": 1441, "below nothing": -1} {
		_, err := h.amend(minutes(n), "Motivo.")
		want(t, what, err, fault.ErrInvalid)
	}
	testkit.Exec(t, h.db, `update challenges set closes_at = clock_timestamp() - interval '1 second' where id = $1`, h.c.Challenge)
	_, err = h.amend(minutes(60), "Demasiado tarde.")
	want(t, "after the deadline", err, fault.ErrInvalid)
}

// Before the opening nobody counts on it yet.
func TestTheGraceMayShrinkBeforeTheOpening(t *testing.T) {
	t.Parallel()
	h := newHost(t, testkit.Opens(time.Hour))
	if _, err := h.amend(minutes(30), "Margen."); err != nil {
		t.Fatal(err)
	}
	if after, err := h.amend(minutes(0), "Sin margen."); err != nil || after.Grace != 0 {
		t.Errorf("back to none: %s %v", after.Grace, err)
	}
}
