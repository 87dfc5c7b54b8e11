package privacy

import (
	"bytes"
	"strings"
	"testing"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/testkit"
)

func TestConsents(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	s, ctx := New(db, DefaultPeriods), t.Context()
	me := testkit.Person(t, db, "Me")
	given := func() bool {
		list, err := s.Consents(ctx, me)
		if err != nil || len(list) != 2 || list[0].Purpose != News {
			t.Fatalf("%+v %v", list, err)
		}
		return list[0].Given
	}
	if given() {
		t.Error("given unasked")
	}
	want(t, "another text", s.Answer(ctx, me, News, 99, true, "es"), fault.ErrStale)
	want(t, "another purpose", s.Answer(ctx, me, "all", 1, true, "es"), fault.ErrNotFound)
	want(t, "give", s.Answer(ctx, me, News, 1, true, "es"), nil)
	if !given() {
		t.Error("not given")
	}
	want(t, "withdraw", s.Answer(ctx, me, News, 1, false, "es"), nil)
	if given() || count(t, db, `select count(*) from consents where person_id = $1`, me.PersonID) != 2 {
		t.Error("not withdrawn, or its history is gone")
	}
	testkit.Exec(t, db, `update consents set given = true, version = 7`)
	if given() {
		t.Error("consent to another version of the text counts")
	}
}

// announced makes a contest public as of now.
func announced(t *testing.T, db *database.DB, slug string, rehearsal bool) {
	t.Helper()
	testkit.Exec(t, db, `insert into contests (id, programme_id, slug, record_scope, title, month, time_zone, opens_at, closes_at, judging_ends_at, results_at, announced_at, rehearsal)
		select gen_random_uuid(), programme_id, $1, $1, title, month, time_zone, opens_at, closes_at, judging_ends_at, results_at, clock_timestamp(), $2 from contests limit 1`, slug, rehearsal)
}

func TestNewsGoesOnceToThoseWhoAgreedBefore(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	s, ctx := New(db, DefaultPeriods), t.Context()
	testkit.Programme(t, db)
	testkit.Exec(t, db, `update contests set announced_at = null`)
	agreed, withdrew, never, gone, late := testkit.Person(t, db, "Agreed"), testkit.Person(t, db, "Withdrew"), testkit.Person(t, db, "Never"), testkit.Person(t, db, "Gone"), testkit.Person(t, db, "Late")
	for _, p := range []authz.Actor{agreed, withdrew, gone} {
		want(t, "give", s.Answer(ctx, p, News, 1, true, "es"), nil)
	}
	want(t, "withdraw", s.Answer(ctx, withdrew, News, 1, false, "es"), nil)
	want(t, "another purpose", s.Answer(ctx, never, Contact, 1, true, "es"), nil)
	testkit.Exec(t, db, `update people set disabled_at = clock_timestamp() where id = $1`, gone.PersonID)
	announced(t, db, "spring", false)
	announced(t, db, "drill", true)
	want(t, "give later", s.Answer(ctx, late, News, 1, true, "es"), nil)
	for i, mails := range []int{1, 0} {
		if n, err := s.TellNews(ctx); err != nil || n != mails {
			t.Errorf("run %d: %d mails, %v", i, n, err)
		}
	}
	if n := count(t, db, `select count(*) from notices where kind = 'contest-news' and email = $1 and params::text like '%/account/data%'`, agreed.Email); n != 1 ||
		count(t, db, `select count(*) from notices where kind = 'contest-news'`) != 1 {
		t.Errorf("%d mails to who agreed", n)
	}
}

func TestCitiesGetTheAddressesOfThoseWhoAgreeNow(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	s, ctx := New(db, DefaultPeriods), t.Context()
	rows := testkit.Programme(t, db)
	official := testkit.Person(t, db, "Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: rows.Santander})
	agreed, withdrew, news := testkit.Person(t, db, "=Agreed"), testkit.Person(t, db, "Withdrew"), testkit.Person(t, db, "News")
	want(t, "give", s.Answer(ctx, agreed, Contact, 1, true, "ja"), nil)
	want(t, "give", s.Answer(ctx, withdrew, Contact, 1, true, "ja"), nil)
	want(t, "withdraw", s.Answer(ctx, withdrew, Contact, 1, false, "ja"), nil)
	want(t, "another purpose", s.Answer(ctx, news, News, 1, true, "ja"), nil)
	var file bytes.Buffer
	want(t, "anybody", s.WriteContacts(ctx, agreed, &file), fault.ErrNotFound)
	if file.Len() != 0 {
		t.Errorf("written: %s", file.String())
	}
	want(t, "an official", s.WriteContacts(ctx, official, &file), nil)
	lines := strings.Split(strings.TrimSpace(file.String()), "\r\n")
	if len(lines) != 2 || lines[0] != "\uFEFFname,email,language,teams,agreed_at" || !strings.HasPrefix(lines[1], "'=Agreed,'"+agreed.Email+",en,,") {
		t.Errorf("%q", lines)
	}
}
