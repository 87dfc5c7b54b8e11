package entry

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/testkit"
)

func TestTheGalleryShowsWhoAgreedOnceTheResultsAreOut(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var contest string
	must(t, b.db.Pool().QueryRow(t.Context(), `select slug from contests where id = $1`, b.c.Contest).Scan(&contest))
	ids := map[string]uuid.UUID{}
	actors := map[string]authz.Actor{}
	for _, name := range []string{"Agreed", "Never Asked", "Took Back", "Withdrawn", "Ineligible", "Draft", "Winner"} {
		team, a := b.newTeam(t, name)
		testkit.Exec(t, b.db, `update teams set name = $2 where id = $1`, team, name)
		id := b.beginAs(t, a, team)
		b.fill(t, a, id)
		if name != "Draft" {
			_, err := b.Submit(t.Context(), a, id)
			must(t, err)
		}
		ids[name], actors[name] = id, a
		if name != "Never Asked" {
			_, err := b.SetConsent(t.Context(), a, id, true)
			must(t, err)
		}
	}
	_, err := b.Withdraw(t.Context(), actors["Withdrawn"], ids["Withdrawn"])
	must(t, err)
	if c, err := b.SetConsent(t.Context(), actors["Took Back"], ids["Took Back"], false); err != nil || c.Agreed || c.At == nil || c.By != "Took Back" || c.Public {
		t.Errorf("%+v %v", c, err)
	}
	testkit.Exec(t, b.db, `update entries set eligible = false where id = $1`, ids["Ineligible"])
	testkit.Exec(t, b.db, `insert into decisions (entry_id, challenge_id, outcome, place, language) values ($1, $2, 'winner', 1, 'en')`, ids["Winner"], b.c.Challenge)
	names := func(f GalleryFilter) string {
		t.Helper()
		if f.Limit == 0 {
			f.Limit = 20
		}
		g, err := b.Gallery(t.Context(), contest, f)
		must(t, err)
		out := []string{}
		for _, e := range g.Items {
			out = append(out, e.Team.Name)
		}
		return strings.Join(out, ",")
	}
	for state, sql := range map[string]string{
		"open": ``, "decided": `update challenges set decided_at = clock_timestamp()`,
	} {
		if sql != "" {
			testkit.Exec(t, b.db, sql)
		}
		g, err := b.Gallery(t.Context(), contest, GalleryFilter{Limit: 20})
		if err != nil || g.Released || g.Total != 0 || len(g.Items)+len(g.Challenges)+len(g.Cities) != 0 {
			t.Errorf("%s: %+v %v", state, g, err)
		}
	}
	testkit.Exec(t, b.db, `update challenges set released_at = clock_timestamp() where id = $1`, b.c.Challenge)
	if got := names(GalleryFilter{}); got != "Winner,Agreed" {
		t.Errorf("after the release: %s", got)
	}
	for f, want := range map[GalleryFilter]string{
		{Query: "agreed"}: "Agreed", {Query: "CLEAN air"}: "Winner,Agreed", {Query: "%"}: "", {Query: "Never"}: "",
		{Challenge: b.c.Slug}: "Winner,Agreed", {Challenge: "other"}: "", {City: "santander"}: "Winner,Agreed", {City: "fujisawa"}: "",
	} {
		if got := names(f); got != want {
			t.Errorf("%+v: %q, want %q", f, got, want)
		}
	}
	first, err := b.Gallery(t.Context(), contest, GalleryFilter{Limit: 1})
	must(t, err)
	if first.Total != 2 || first.Next == "" || first.Items[0].Outcome != "winner" || first.Items[0].Title != "Clean air" || fmt.Sprint(first.Challenges[0].Entries, first.Cities[0].Entries) != "2 2" {
		t.Errorf("%+v", first)
	}
	if got := names(GalleryFilter{Limit: 1, Cursor: first.Next}); got != "Agreed" {
		t.Errorf("second page: %s", got)
	}
	// Taking it back works at any time, at once.
	_, err = b.SetConsent(t.Context(), actors["Agreed"], ids["Agreed"], false)
	must(t, err)
	if got := names(GalleryFilter{}); got != "Winner" {
		t.Errorf("taken back: %s", got)
	}
	if _, err := b.Gallery(t.Context(), "nowhere", GalleryFilter{Limit: 1}); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("no such contest: %v", err)
	}
}

func TestOnlyWhoMaySubmitAgrees(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.begin(t)
	got := []string{}
	for _, role := range []authz.Role{authz.TeamViewer, authz.TeamEditor, authz.TeamSubmitter} {
		a := b.join(t, string(role), role)
		c, err := b.Consent(t.Context(), a, id)
		must(t, err)
		_, err = b.SetConsent(t.Context(), a, id, true)
		got = append(got, fmt.Sprint(c.May, errors.Is(err, fault.ErrForbidden), c.Agreed))
	}
	if want := []string{"false true false", "false true false", "true false false"}; !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	stranger := testkit.Person(t, b.db, "Stranger")
	if _, err := b.Consent(t.Context(), stranger, id); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("%v", err)
	}
}
