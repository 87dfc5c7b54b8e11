package contest_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
	"fieldtrial/internal/testkit"
)

// host is a challenge that is open in Santander, with an official of it.
type host struct {
	t        *testing.T
	db       *database.DB
	s        *contest.Service
	c        testkit.ChallengeRows
	official authz.Actor
}

func newHost(t *testing.T, opts ...testkit.ChallengeOption) host {
	t.Helper()
	db := testkit.DB(t)
	c := testkit.OpenChallenge(t, db, opts...)
	return host{t, db, contest.NewService(db), c,
		testkit.Person(t, db, "Oficial", authz.Grant{Role: authz.Official, Kind: authz.City, ID: c.City})}
}

func (h host) ctx() context.Context { return h.t.Context() }

func (h host) desk() contest.RulesDesk {
	h.t.Helper()
	d, err := h.s.RulesDesk(h.ctx(), h.official, h.c.Challenge)
	if err != nil {
		h.t.Fatal(err)
	}
	return d
}

// amend drafts and publishes.
func (h host) amend(a contest.Amendment, reason string) (contest.RulesDesk, error) {
	h.t.Helper()
	d, err := h.s.SaveRulesDraft(h.ctx(), h.official, h.c.Challenge, h.desk().Draft.Version, a, lang.Text{lang.ES: reason})
	if err != nil {
		return d, err
	}
	return h.s.PublishRules(h.ctx(), h.official, h.c.Challenge, d.Draft.Version)
}

func (h host) terms(text string) contest.Amendment {
	t := h.desk().Texts[lang.ES]
	return contest.Amendment{Text: &contest.AmendedText{Title: t.Title, Summary: t.Summary, Sections: map[string]string{"terms": text}}}
}

func (h host) number(sql string, args ...any) int {
	h.t.Helper()
	var n int
	if err := h.db.Pool().QueryRow(h.ctx(), sql, args...).Scan(&n); err != nil {
		h.t.Fatal(err)
	}
	return n
}

func TestRulesChangeOnlyAsANewVersion(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	testkit.Exec(t, h.db, `insert into challenge_texts (challenge_id, language, title, source_version, version) values ($1, 'en', 'The air', 1, 1)`, h.c.Challenge)
	text := h.desk().Texts[lang.ES]
	_, err := h.s.Write(h.ctx(), h.official, h.c.Challenge, text)
	want(t, "writing over what is published", err, contest.ErrFrozen)

	rubric := h.desk().Rubric
	rubric[0].Weight, rubric[1].Weight = 40, 40
	rubric[1].Anchors[5] = lang.Text{lang.ES: "Encaja en todo"}
	a := h.terms("Las nuevas condiciones.")
	a.Criteria = rubric
	draft, err := h.s.SaveRulesDraft(h.ctx(), h.official, h.c.Challenge, 0, a, lang.Text{})
	if err != nil || draft.Draft.Version != 1 || len(draft.Changes) == 0 || len(draft.Versions) != 1 {
		t.Fatalf("draft: %v %+v", err, draft.Draft)
	}
	if d, _, err := h.s.PublicVersions(h.ctx(), h.c.Slug); err != nil || strings.Contains(d.Texts[lang.ES].Sections["terms"], "nuevas") {
		t.Errorf("a draft is public: %v", err)
	}
	_, err = h.s.PublishRules(h.ctx(), h.official, h.c.Challenge, 1)
	want(t, "without a reason", err, fault.ErrInvalid)
	if n := h.number(`select count(*) from rules_versions`); n != 0 {
		t.Errorf("a failed act left %d versions", n)
	}
	_, err = h.s.SaveRulesDraft(h.ctx(), h.official, h.c.Challenge, 0, a, lang.Text{lang.ES: "x"})
	want(t, "over another's draft", err, fault.ErrStale)
	after, err := h.amend(a, "Faltaba una condición.")
	if err != nil {
		t.Fatal(err)
	}
	if after.Draft.Version != 0 || len(after.Versions) != 2 || after.Versions[1].Number != 2 || after.Versions[1].Kind != contest.VersionChanged {
		t.Errorf("after: %+v", after.Versions)
	}
	if w := after.Rubric[0].Weight; w != 40 || after.Rubric[0].ID != h.c.Criteria["impact"] {
		t.Errorf("criterion: weight %d, id %v; a criterion keeps its row", w, after.Rubric[0].ID)
	}
	if !after.Texts.Stale(lang.EN, lang.ES) {
		t.Error("the translation is not flagged")
	}
	d, seen, err := h.s.PublicVersions(h.ctx(), h.c.Slug)
	if err != nil || len(seen) != 2 || seen[0].Number != 2 || seen[0].Reason[lang.ES] != "Faltaba una condición." || d.Texts[lang.ES].Sections["terms"] != "Las nuevas condiciones." {
		t.Fatalf("public: %v %+v", err, seen)
	}
	var parts []string
	for _, c := range seen[0].Changes {
		parts = append(parts, c.Part+":"+c.Key+":"+c.Aspect)
	}
	if got := strings.Join(parts, " "); got != "text:terms:text criterion:impact:weight criterion:fit:weight criterion:fit:anchor criterion:fit:anchor criterion:fit:anchor" {
		t.Errorf("changes: %s", got)
	}
	if n, err := contest.RulesVersion(h.ctx(), h.db.Pool(), h.c.Challenge); n != 2 || err != nil {
		t.Errorf("in force: %d %v", n, err)
	}
	_, err = h.amend(h.terms("Las nuevas condiciones."), "Otra vez.")
	want(t, "the same again", err, contest.ErrRulesUnchanged)
	bad := h.desk().Rubric
	bad[0].Weight = 90
	_, err = h.amend(contest.Amendment{Criteria: bad}, "Pesos.")
	want(t, "weights of 140", err, fault.ErrInvalid)
}

func TestAVersionIsOnRecordAndStands(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	if _, err := h.amend(h.terms("Dos."), "Porque sí."); err != nil {
		t.Fatal(err)
	}
	if h.number(`select count(*) from record_leaves l join record_openings o on o.leaf_id = l.id join rules_versions v on v.leaf_id = l.id,
		jsonb_to_record(convert_from(o.payload, 'UTF8')::jsonb) as p(rules text, version int)
		where v.number = 2 and l.kind = 'rules' and l.subject = $1 and l.scope = $2 and p.version = 2 and p.rules = encode(v.hash, 'base64')`,
		h.c.Challenge, h.c.RecordScope) != 1 {
		t.Error("the hash of version 2 is not on record")
	}
	if h.number(`select count(*) from rules_versions where hash <> sha256(convert_to(snapshot, 'UTF8'))`) != 0 {
		t.Error("a hash is not that of its snapshot")
	}
	for _, sql := range []string{`update rules_versions set snapshot = '{}'`, `delete from rules_versions`} {
		if _, err := h.db.Pool().Exec(h.ctx(), sql); err == nil {
			t.Errorf("the application may %s", sql)
		}
	}
}

func TestExtendOnlyLaterAndBeforeTheEnd(t *testing.T) {
	t.Parallel()
	h := newHost(t, testkit.Closes(10*24*time.Hour))
	d := h.desk()
	why := lang.Text{lang.ES: "Hay muchas preguntas."}
	to := func(by time.Duration) contest.AmendedDates {
		at := d.Dates.Closes.Add(by)
		return contest.AmendedDates{Closes: &at}
	}
	want(t, "earlier", h.s.Extend(h.ctx(), h.official, h.c.Challenge, to(-time.Hour), why), fault.ErrInvalid)
	want(t, "beyond the judging", h.s.Extend(h.ctx(), h.official, h.c.Challenge, to(15*24*time.Hour), why), fault.ErrInvalid)
	want(t, "no reason", h.s.Extend(h.ctx(), h.official, h.c.Challenge, to(time.Hour), lang.Text{lang.EN: "x"}), fault.ErrInvalid)
	want(t, "no date", h.s.Extend(h.ctx(), h.official, h.c.Challenge, contest.AmendedDates{}, why), fault.ErrInvalid)
	stranger := testkit.Person(t, h.db, "Stranger", authz.Grant{Role: authz.Official, Kind: authz.City, ID: h.c.Fujisawa})
	want(t, "another city", h.s.Extend(h.ctx(), stranger, h.c.Challenge, to(time.Hour), why), fault.ErrNotFound)
	want(t, "a day later", h.s.Extend(h.ctx(), h.official, h.c.Challenge, to(24*time.Hour), why), nil)
	after := h.desk()
	if !after.Dates.Closes.Equal(d.Dates.Closes.Add(24*time.Hour)) || after.ExtendedFrom == nil || !after.ExtendedFrom.Equal(d.Dates.Closes) ||
		after.Versions[1].Kind != contest.VersionExtended {
		t.Errorf("after: %+v %+v", after.Dates, after.ExtendedFrom)
	}
	want(t, "two days later", h.s.Extend(h.ctx(), h.official, h.c.Challenge, to(48*time.Hour), why), nil)
	if again := h.desk(); !again.ExtendedFrom.Equal(d.Dates.Closes) {
		t.Error("the deadline first published is forgotten")
	}
	if h.number(`select count(*) from record_leaves where kind = 'deadline.extended' and subject = $1`, h.c.Challenge) != 2 {
		t.Error("the extensions are not on record")
	}
	testkit.Exec(t, h.db, `update challenges set closes_at = clock_timestamp() - interval '1 second', judging_ends_at = clock_timestamp() + interval '9 days',
		results_at = clock_timestamp() + interval '10 days' where id = $1`, h.c.Challenge)
	want(t, "after the end", h.s.Extend(h.ctx(), h.official, h.c.Challenge, to(72*time.Hour), why), contest.ErrDeadlineOver)
	later := h.desk().Dates.Closes.Add(72 * time.Hour)
	_, err := h.amend(contest.Amendment{Dates: contest.AmendedDates{Closes: &later}}, "Tarde.")
	want(t, "after the end, by a draft", err, fault.ErrInvalid)
	_, err = h.amend(h.terms("Otras."), "Tarde.")
	want(t, "text after the end", err, contest.ErrRulesClosed)
	results := h.desk().Dates.Results.Add(24 * time.Hour)
	if _, err = h.amend(contest.Amendment{Dates: contest.AmendedDates{Results: &results}}, "El jurado necesita un día."); err != nil {
		t.Errorf("results later: %v", err)
	}
}

func TestEveryTeamWithAnEntryIsToldOnce(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	one, two, gone := testkit.Entered(t, h.db, h.c, "One"), testkit.Entered(t, h.db, h.c, "Two"), testkit.Entered(t, h.db, h.c, "Gone")
	testkit.Exec(t, h.db, `update entries set state = 'draft', last_submission_id = null where id = $1`, two.Entry)
	testkit.Exec(t, h.db, `update entries set state = 'withdrawn' where id = $1`, gone.Entry)
	follower := notify.Address{Email: "follower@example.org", Language: lang.JA}
	followers := func(context.Context, database.Queryer, uuid.UUID) ([]notify.Address, error) {
		return []notify.Address{follower, {Person: one.Owner.PersonID, Email: one.Owner.Email, Language: lang.EN}}, nil
	}
	if _, err := h.amend(h.terms("Dos."), "Motivo uno."); err != nil {
		t.Fatal(err)
	}
	at := h.desk().Dates.Closes.Add(time.Hour)
	if err := h.s.Extend(h.ctx(), h.official, h.c.Challenge, contest.AmendedDates{Closes: &at}, lang.Text{lang.ES: "Motivo dos."}); err != nil {
		t.Fatal(err)
	}
	if h.number(`select count(*) from river_job where kind = 'contest.tell_version'`) != 2 {
		t.Error("nobody is asked to tell")
	}
	for number, kind := range map[int]string{2: "rules-changed", 3: "deadline-extended"} {
		for try := range 2 {
			n, err := contest.TellVersion(h.ctx(), h.db, followers, h.c.Challenge, number)
			if err != nil || n != map[int]int{0: 3, 1: 0}[try] {
				t.Errorf("version %d, try %d: %d told, %v", number, try, n, err)
			}
		}
		var to string
		if err := h.db.Pool().QueryRow(h.ctx(), `select string_agg(email, ' ' order by email) from notices where kind = $1`, kind).Scan(&to); err != nil || to != "follower@example.org one.owner@example.org two.owner@example.org" {
			t.Errorf("%s: %s %v", kind, to, err)
		}
	}
	watcher := testkit.Person(t, h.db, "Watcher")
	testkit.Exec(t, h.db, `insert into follows (person_id, challenge_id) values ($1, $2)`, watcher.PersonID, h.c.Challenge)
	if n, err := contest.TellVersion(h.ctx(), h.db, contest.FollowersOf, h.c.Challenge, 3); err != nil || n != 1 {
		t.Errorf("a follower of the list: %d told, %v", n, err)
	}
	var row notify.Row
	if err := h.db.Pool().QueryRow(h.ctx(), `select kind, language, params from notices where kind = 'deadline-extended' and email = $1`, follower.Email).
		Scan(&row.Kind, &row.Language, &row.Params); err != nil {
		t.Fatal(err)
	}
	mail, err := notify.Render(row, "https://x.example")
	if err != nil || !strings.Contains(mail.Text, "https://x.example/ja/challenges/"+h.c.Slug+"/versions") || !strings.Contains(mail.Text, "Motivo dos.") {
		t.Errorf("mail: %v\n%s", err, mail.Text)
	}
}

func TestAcceptance(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	e := testkit.Entered(t, h.db, h.c, "One")
	sending := func(entry uuid.UUID, who authz.Actor) (int, error) {
		var n int
		err := h.db.InTx(h.ctx(), func(tx database.Tx) (err error) {
			n, err = contest.AcceptBySending(tx, h.c.Challenge, entry, who.PersonID)
			return err
		})
		return n, err
	}
	if n, err := sending(e.Entry, e.Owner); n != 1 || err != nil {
		t.Fatalf("at first: %d %v", n, err)
	}
	if _, err := h.amend(h.terms("Dos."), "Motivo."); err != nil {
		t.Fatal(err)
	}
	r, err := h.s.EntryRules(h.ctx(), e.Owner, e.Entry)
	if err != nil || r.InForce != 2 || r.Accepted != 1 || r.Submitted != 1 || !r.Must || len(r.Allowed) != 1 {
		t.Errorf("%+v %v", r, err)
	}
	_, err = sending(e.Entry, e.Owner)
	want(t, "again without acceptance", err, contest.ErrAcceptRules)
	_, err = h.s.AcceptFor(h.ctx(), e.Owner, e.Entry, 1)
	want(t, "the old version", err, contest.ErrNotInForce)
	viewer := testkit.Person(t, h.db, "Viewer", authz.Grant{Role: authz.TeamViewer, Kind: authz.Team, ID: e.Team})
	_, err = h.s.AcceptFor(h.ctx(), viewer, e.Entry, 2)
	want(t, "a viewer", err, fault.ErrForbidden)
	other := testkit.Entered(t, h.db, h.c, "Late")
	_, err = h.s.AcceptFor(h.ctx(), other.Owner, e.Entry, 2)
	want(t, "another team", err, fault.ErrNotFound)
	for range 2 {
		if r, err = h.s.AcceptFor(h.ctx(), e.Owner, e.Entry, 2); err != nil || r.Accepted != 2 || r.Must || r.Submitted != 1 {
			t.Errorf("accepted: %+v %v", r, err)
		}
	}
	if n, err := sending(e.Entry, e.Owner); n != 2 || err != nil {
		t.Errorf("after acceptance: %d %v", n, err)
	}
	// An entry that was begun under version 2 accepts it by sending.
	if n, err := sending(other.Entry, other.Owner); n != 2 || err != nil {
		t.Errorf("begun under version 2: %d %v", n, err)
	}
	counts, list, err := h.s.Acceptances(h.ctx(), h.official, h.c.Challenge)
	if err != nil || counts[1] != 1 || counts[2] != 1 || list != nil {
		t.Errorf("before the deadline: %v %v %v", counts, list, err)
	}
	testkit.Exec(t, h.db, `update challenges set closes_at = clock_timestamp() - interval '1 second' where id = $1`, h.c.Challenge)
	_, list, err = h.s.Acceptances(h.ctx(), h.official, h.c.Challenge)
	if err != nil || len(list) != 2 {
		t.Fatalf("after: %v %v", list, err)
	}
	for _, a := range list {
		if a.Entry == e.Entry && (a.Submitted != 1 || a.Accepted != 2) || a.Entry == other.Entry && a.Submitted != 2 {
			t.Errorf("%+v", a)
		}
	}
	testkit.Exec(t, h.db, `insert into exclusions (person_id, entry_id, kind) values ($1, $2, 'conflict')`, h.official.PersonID, e.Entry)
	counts, list, err = h.s.Acceptances(h.ctx(), h.official, h.c.Challenge)
	if err != nil || len(list) != 1 || counts[1] != 0 {
		t.Errorf("an excluded official: %v %v %v", counts, list, err)
	}
	if _, _, err := h.s.Acceptances(h.ctx(), e.Owner, h.c.Challenge); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("a team asks: %v", err)
	}
}
