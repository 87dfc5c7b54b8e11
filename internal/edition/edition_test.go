package edition_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/edition"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

var admin = authz.Actor{PersonID: uuid.New(), Confirmed: true, Grants: []authz.Grant{{Role: authz.Admin, Kind: authz.Installation}}}

func inDays(n int) time.Time { return time.Now().AddDate(0, 0, n).UTC().Truncate(time.Second) }

func dates(from int) contest.Dates {
	return contest.Dates{Opens: inDays(from), Closes: inDays(from + 30), JudgingEnds: inDays(from + 40), Results: inDays(from + 50)}
}

func TestAContestIsMadeSetAnnouncedAndArchived(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	testkit.Programme(t, db)
	s := edition.NewService(db)
	ctx := t.Context()
	c, err := s.Create(ctx, admin, edition.New{Title: lang.Text{lang.EN: "Second call", lang.JA: "第二回"}, Zone: "Asia/Tokyo", Dates: dates(1)})
	if err != nil || c.Slug != "second-call" || c.State() != edition.Draft || c.Rehearsal {
		t.Fatalf("made %+v %v", c, err)
	}
	if again, err := s.Create(ctx, admin, edition.New{Title: c.Title, Dates: dates(1)}); err != nil || again.Slug == c.Slug {
		t.Errorf("a second one of the same title: %q %v", again.Slug, err)
	}
	set := c.Settings
	set.Blind, set.Prizes = true, []contest.Prize{{Kind: "testbed", Region: "JP", Text: lang.Text{lang.JA: "藤沢での実証"}}}
	if _, err := s.Update(ctx, admin, c.ID, c.Version+1, set); !errors.Is(err, fault.ErrStale) {
		t.Errorf("read at another version: %v", err)
	}
	if c, err = s.Update(ctx, admin, c.ID, c.Version, set); err != nil || !c.Blind || len(c.Prizes) != 1 || c.Prizes[0].Region != "JP" {
		t.Fatalf("set %+v %v", c, err)
	}
	set.Dates.Closes = set.Dates.Opens
	var bad *fault.Error
	if _, err := s.Update(ctx, admin, c.ID, c.Version, set); !errors.As(err, &bad) || len(bad.Fields) == 0 || bad.Fields[0].Pointer != "/dates/closesAt" {
		t.Errorf("dates out of order: %v", err)
	}
	if c, err = s.Announce(ctx, admin, c.ID); err != nil || c.State() != edition.Announced {
		t.Errorf("announced %s %v", c.State(), err)
	}
	if c, err = s.Archive(ctx, admin, c.ID); err != nil || c.State() != edition.Archived {
		t.Errorf("archived %s %v", c.State(), err)
	}
	if c, err = s.Restore(ctx, admin, c.ID); err != nil || c.State() != edition.Announced {
		t.Errorf("restored %s %v", c.State(), err)
	}
	if _, err := s.List(ctx, authz.Actor{PersonID: uuid.New(), Confirmed: true}, edition.Filter{}); err == nil {
		t.Error("a member may list contests")
	}
}

func TestPublishedRulesKeepTheContestsDates(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	rows := testkit.OpenChallenge(t, db)
	s := edition.NewService(db)
	c, err := s.Get(t.Context(), admin, rows.Contest)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*edition.Settings){
		"deadline":  func(s *edition.Settings) { s.Dates.Closes = s.Dates.Closes.Add(time.Hour) },
		"blindness": func(s *edition.Settings) { s.Blind = !s.Blind },
		"languages": func(s *edition.Settings) { s.EntryLanguages = s.EntryLanguages[:1] },
		"address":   func(s *edition.Settings) { s.Slug = "moved" },
		"order":     func(s *edition.Settings) { s.Order = contest.ByCalibrated },
	} {
		to := c.Settings
		change(&to)
		if _, err := s.Update(t.Context(), admin, c.ID, c.Version, to); !errors.Is(err, edition.ErrOpened) {
			t.Errorf("%s changed: %v", name, err)
		}
	}
	to := c.Settings
	to.Order = "" // as it is
	to.Focus = lang.Text{lang.EN: "Water"}
	to.PanelHidden = true
	if c, err = s.Update(t.Context(), admin, c.ID, c.Version, to); err != nil || !c.PanelHidden {
		t.Errorf("the focus and the panel: %v, hidden %v", err, c.PanelHidden)
	}
	if again, err := s.Create(t.Context(), admin, edition.New{CopyOf: c.ID, Title: lang.Text{lang.EN: "Again"}, Dates: c.Dates}); err != nil || !again.PanelHidden {
		t.Errorf("a copy shows the panel: %v", err)
	}
}

func TestListGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	testkit.Programme(t, db)
	s := edition.NewService(db)
	for i, title := range []string{"Beta", "alpha", "Gamma"} {
		if _, err := s.Create(t.Context(), admin, edition.New{Title: lang.Text{lang.EN: title + " call"}, Dates: dates(i)}); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		byTitle bool
		want    []string
	}{{false, []string{"gamma-call", "alpha-call", "beta-call"}}, {true, []string{"alpha-call", "beta-call", "gamma-call"}}} {
		got, cursor := []string{}, ""
		for range 3 {
			page, err := s.List(t.Context(), admin, edition.Filter{Words: "CALL", ByTitle: c.byTitle, Cursor: cursor, Limit: 1})
			if err != nil || page.Total != 3 || len(page.Items) != 1 {
				t.Fatalf("%+v %v", page, err)
			}
			got, cursor = append(got, page.Items[0].Slug), page.Next
		}
		if cursor != "" || got[0] != c.want[0] || got[1] != c.want[1] || got[2] != c.want[2] {
			t.Errorf("by title %v: %v, then %q", c.byTitle, got, cursor)
		}
	}
	if page, err := s.List(t.Context(), admin, edition.Filter{State: edition.Archived}); err != nil || page.Total != 0 {
		t.Errorf("archived ones: %+v %v", page, err)
	}
	if page, err := s.List(t.Context(), admin, edition.Filter{Words: "100%_"}); err != nil || page.Total != 0 {
		t.Errorf("signs that mean something to like: %+v %v", page, err)
	}
}
