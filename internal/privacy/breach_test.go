package privacy

import (
	"testing"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/testkit"
)

func TestClocksOfABreach(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	s, ctx := New(db, DefaultPeriods), t.Context()
	admin := testkit.Person(t, db, "Admin", authz.Grant{Role: authz.Admin, Kind: authz.Installation})
	noticed := time.Now().Add(-time.Hour).Truncate(time.Second)
	b := Breach{Noticed: noticed, What: "A laptop was lost", GDPR: true, APPI: true}
	_, err := s.NoteBreach(ctx, testkit.Person(t, db, "Nobody"), b)
	want(t, "by anybody", err, fault.ErrNotFound)
	late := b
	late.Noticed = time.Now().Add(time.Hour)
	if _, err = s.NoteBreach(ctx, admin, late); err == nil {
		t.Error("noticed tomorrow")
	}
	id, err := s.NoteBreach(ctx, admin, b)
	want(t, "enter", err, nil)
	got, err := s.Breach(ctx, admin, id)
	want(t, "read", err, nil)
	for i, due := range []time.Duration{72 * time.Hour, 5 * 24 * time.Hour, 30 * 24 * time.Hour} {
		if c := got.Clocks()[i]; !c.Due.Equal(noticed.Add(due)) || c.Done != nil {
			t.Errorf("%+v", c)
		}
	}
	now := time.Now()
	got.OnPurpose, got.Authority = true, &now
	_, err = s.NoteBreach(ctx, admin, got)
	want(t, "change", err, nil)
	_, err = s.NoteBreach(ctx, admin, got)
	want(t, "change the older version", err, fault.ErrStale)
	got, _ = s.Breach(ctx, admin, id)
	if c := got.Clocks(); c[0].Done == nil || !c[2].Due.Equal(noticed.AddDate(0, 0, 60)) {
		t.Errorf("%+v", c)
	}
}
