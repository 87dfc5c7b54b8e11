package translate_test

import (
	"errors"
	"testing"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
	"fieldtrial/internal/translate"
)

func language(t *testing.T, d translate.Desk, l lang.Tag) translate.Language {
	t.Helper()
	for _, each := range d.Languages {
		if each.Lang == l {
			return each
		}
	}
	t.Fatalf("no %s on the desk %+v", l, d)
	return translate.Language{}
}

func TestWhoIsAskedGetsTheRightToTranslateThisChallengeAlone(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	ctx := t.Context()
	rows := testkit.OpenChallenge(t, db, testkit.InFujisawa())
	official := testkit.Person(t, db, "Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: rows.Fujisawa})
	s := translate.New(db)

	d, err := s.Desk(ctx, official, rows.Challenge)
	if err != nil || d.Languages[0].Lang != lang.JA || d.Languages[0].State != translate.Original || language(t, d, lang.ES).State != translate.Pending {
		t.Fatalf("desk %+v %v", d, err)
	}
	due := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	ask := translate.Ask{Challenge: rows.Challenge, Language: lang.ES, Email: " Traductora@Example.org", Note: "Con «usted», por favor.", Due: &due}
	if d, err = s.Request(ctx, official, ask); err != nil {
		t.Fatal(err)
	}
	asked := language(t, d, lang.ES).Requests
	if len(asked) != 1 || asked[0].Email != "traductora@example.org" || asked[0].Accepted || asked[0].RequestedBy != "Official" || !asked[0].Due.Equal(due) {
		t.Errorf("asked %+v", asked)
	}
	count := func(sql string) (n int) {
		t.Helper()
		if err := db.Pool().QueryRow(ctx, sql, rows.Challenge).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := count(`select count(*) from invitations where role = 'translator' and scope_kind = 'challenge' and scope_id = $1 and email = 'traductora@example.org'`); n != 1 {
		t.Errorf("%d invitations", n)
	}
	if n := count(`select count(*) from notices where kind = 'translation-requested' and subject_id = $1 and language = 'es'`); n != 1 {
		t.Errorf("%d mails", n)
	}
	if _, err := s.Request(ctx, official, ask); !errors.Is(err, translate.ErrAsked) {
		t.Errorf("asked again: %v", err)
	}
	ask.Language = lang.EN
	if _, err := s.Request(ctx, official, ask); err != nil {
		t.Errorf("another language: %v", err)
	}
	if n := count(`select count(*) from invitations where scope_id = $1`); n != 1 {
		t.Errorf("%d invitations after two requests to one person", n)
	}
	ask.Language = lang.JA
	if _, err := s.Request(ctx, official, ask); !errors.Is(err, translate.ErrOriginal) {
		t.Errorf("the original's language: %v", err)
	}
}

func TestTheDeskFollowsTheTexts(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	ctx := t.Context()
	rows := testkit.OpenChallenge(t, db, testkit.AsDraft())
	official := testkit.Person(t, db, "Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: rows.City})
	translator := testkit.Person(t, db, "Translator", authz.Grant{Role: authz.Translator, Kind: authz.Challenge, ID: rows.Challenge})
	s, texts := translate.New(db), contest.NewService(db)
	var email string
	if err := db.Pool().QueryRow(ctx, `select email from people where id = $1`, translator.PersonID).Scan(&email); err != nil {
		t.Fatal(err)
	}
	d, err := s.Request(ctx, official, translate.Ask{Challenge: rows.Challenge, Language: lang.JA, Email: email})
	if err != nil || !language(t, d, lang.JA).Requests[0].Accepted {
		t.Fatalf("who may translate already: %+v %v", d.Languages, err)
	}
	if _, err := texts.Write(ctx, translator, rows.Challenge, contest.Text{Language: lang.JA, Title: "空気"}); err != nil {
		t.Fatal(err)
	}
	if d, err = s.Desk(ctx, translator, rows.Challenge); err != nil || language(t, d, lang.JA).State != translate.Done {
		t.Errorf("translated: %+v %v", d.Languages, err)
	}
	testkit.Exec(t, db, `update challenge_texts set version = version + 1, title = 'Aire limpio' where challenge_id = $1 and language = 'es'`, rows.Challenge)
	if d, err = s.Desk(ctx, official, rows.Challenge); err != nil || language(t, d, lang.JA).State != translate.Stale {
		t.Errorf("the original changed: %+v %v", d.Languages, err)
	}
	id := language(t, d, lang.JA).Requests[0].ID
	if _, err := s.Cancel(ctx, translator, id); !errors.Is(err, fault.ErrForbidden) {
		t.Errorf("a translator takes the request back: %v", err)
	}
	if d, err = s.Cancel(ctx, official, id); err != nil || len(language(t, d, lang.JA).Requests) != 0 {
		t.Errorf("taken back: %+v %v", d.Languages, err)
	}
	stranger := testkit.Person(t, db, "Stranger")
	if _, err := s.Desk(ctx, stranger, rows.Challenge); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("a stranger: %v", err)
	}
	other := testkit.OpenChallenge(t, db, testkit.In(rows.ProgrammeRows), testkit.Named("other"), testkit.AsDraft())
	if _, err := s.Desk(ctx, translator, other.Challenge); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("another challenge: %v", err)
	}
}
