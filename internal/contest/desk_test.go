package contest_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

// desk is an official's desk in Fujisawa, with everyone a challenge has to do with.
type desk struct {
	db                                             *database.DB
	s                                              *contest.Service
	rows                                           testkit.ProgrammeRows
	author, second, elsewhere, manager, translator authz.Actor
}

func newDesk(t *testing.T) desk {
	t.Helper()
	db := testkit.DB(t)
	p := testkit.Programme(t, db)
	official := authz.Grant{Role: authz.Official, Kind: authz.City, ID: p.Fujisawa}
	return desk{
		db: db, s: contest.NewService(db), rows: p,
		author:     testkit.Person(t, db, "Author", official),
		second:     testkit.Person(t, db, "Second", official),
		elsewhere:  testkit.Person(t, db, "Elsewhere", authz.Grant{Role: authz.Official, Kind: authz.City, ID: p.Santander}),
		manager:    testkit.Person(t, db, "Manager", authz.Grant{Role: authz.Manager, Kind: authz.Installation}),
		translator: testkit.Person(t, db, "Translator", authz.Grant{Role: authz.Translator, Kind: authz.City, ID: p.Fujisawa}),
	}
}

// start makes a draft with every text written, in Japanese.
func (k desk) start(t *testing.T) contest.Dossier {
	t.Helper()
	d, err := k.s.Start(context.Background(), k.author, contest.NewChallenge{
		Contest: k.rows.Contest, LeadCity: k.rows.Fujisawa, Title: "ごみの量を数える", Testbeds: []uuid.UUID{k.rows.TestbedJP},
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (k desk) complete(t *testing.T) contest.Dossier {
	t.Helper()
	d := k.start(t)
	text := d.Texts[lang.JA]
	text.Summary = "街角のごみの量を数え、収集に生かします。"
	for key, s := range text.Sections {
		if s == "" {
			text.Sections[key] = "本文です。"
		}
	}
	if _, err := k.s.Write(context.Background(), k.author, d.ID, text); err != nil {
		t.Fatal(err)
	}
	if err := k.s.ChooseTerms(context.Background(), k.author, d.ID, d.Version, "startup-keeps"); err != nil {
		t.Fatal(err)
	}
	return k.read(t, d.ID)
}

func (k desk) read(t *testing.T, id uuid.UUID) contest.Dossier {
	t.Helper()
	d, err := k.s.Dossier(context.Background(), k.author, id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (k desk) mails(t *testing.T) string {
	t.Helper()
	var out string
	if err := k.db.Pool().QueryRow(context.Background(), `select coalesce(string_agg(kind || '>' || email, ' ' order by kind, email), '') from notices`).Scan(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

func want(t *testing.T, what string, err, is error) {
	t.Helper()
	if !errors.Is(err, is) || (is == nil && err != nil) {
		t.Errorf("%s: %v, want %v", what, err, is)
	}
}

func TestStartCopiesTheTemplate(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.start(t)
	if d.Language != lang.JA || d.State() != contest.StateDraft || d.Phase(d.Now) != contest.Draft || d.Slug != "fujisawa-challenge" {
		t.Errorf("draft %+v", d.Challenge)
	}
	sum := 0
	for _, c := range d.Rubric {
		sum += c.Weight
		if len(c.Anchors) != 6 || c.Anchors[0][lang.JA] == "" {
			t.Errorf("criterion %+v", c)
		}
	}
	if sum != 100 || len(d.Form) != 11 || d.Form[0].Key != "project-title" || d.Form[2].Options[0].Label[lang.JA] == "" {
		t.Errorf("weights %d, form %+v", sum, d.Form)
	}
	if d.Texts[lang.JA].Sections["terms"] == "" || len(d.Texts) != 1 || len(d.Testbeds) != 1 {
		t.Errorf("texts %+v", d.Texts)
	}
	if second := k.start(t); second.Slug == d.Slug {
		t.Error("two challenges have one address")
	}
	_, err := k.s.Start(ctx, k.elsewhere, contest.NewChallenge{Contest: k.rows.Contest, LeadCity: k.rows.Fujisawa})
	want(t, "another city's official", err, fault.ErrNotFound)
	_, err = k.s.Start(ctx, k.author, contest.NewChallenge{Contest: k.rows.Contest, LeadCity: k.rows.Fujisawa, Testbeds: []uuid.UUID{k.rows.TestbedEU}})
	want(t, "a testbed in another city", err, fault.ErrInvalid)
	testkit.Exec(t, k.db, `update testbeds set open = false where id = $1`, k.rows.TestbedJP)
	_, err = k.s.Start(ctx, k.author, contest.NewChallenge{Contest: k.rows.Contest, LeadCity: k.rows.Fujisawa, Testbeds: []uuid.UUID{k.rows.TestbedJP}})
	want(t, "a testbed that is closed to contests", err, fault.ErrInvalid)
	testkit.Exec(t, k.db, `update contests set opens_at = opens_at - interval '20 days', closes_at = closes_at - interval '11 days'`)
	_, err = k.s.Start(ctx, k.author, contest.NewChallenge{Contest: k.rows.Contest, LeadCity: k.rows.Fujisawa})
	want(t, "a contest that is over", err, contest.ErrContestClosed)
}
