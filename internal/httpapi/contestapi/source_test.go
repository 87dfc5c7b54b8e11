package contestapi

import (
	"testing"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

// Where an imported challenge comes from is on its public page and on its editors', and how late is late.
func TestTheSourceAndTheGraceAreTold(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	c := testkit.OpenChallenge(t, db)
	s := contest.NewService(db)
	read := func() contest.Dossier {
		d, err := s.Public(t.Context(), c.Slug)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	if d := detailOf(authz.Actor{}, read(), lang.EN); d.Source != nil || d.GraceMinutes != 0 {
		t.Errorf("of our own: %+v, %d minutes", d.Source, d.GraceMinutes)
	}
	testkit.Exec(t, db, `update challenges set agency = 'NASA', source_url = 'https://www.challenge.gov/?challenge=x', grace_minutes = 15 where id = $1`, c.Challenge)
	d := detailOf(authz.Actor{}, read(), lang.EN)
	if d.Source == nil || d.Source.Agency != "NASA" || *d.Source.Url != "https://www.challenge.gov/?challenge=x" || d.GraceMinutes != 15 {
		t.Errorf("imported: %+v, %d minutes", d.Source, d.GraceMinutes)
	}
	if m := managedOf(t.Context(), read()); m.Source == nil || m.Source.Agency != "NASA" {
		t.Errorf("to editors: %+v", m.Source)
	}
}
