package question_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/question"
	"fieldtrial/internal/testkit"
)

// room is an open challenge of Santander with an official, a translator and somebody who asks.
type room struct {
	*question.Service
	t                           *testing.T
	db                          *database.DB
	c                           testkit.ChallengeRows
	official, translator, asker authz.Actor
}

func newRoom(t *testing.T, opts ...testkit.ChallengeOption) room {
	t.Helper()
	db := testkit.DB(t)
	c := testkit.OpenChallenge(t, db, opts...)
	at := func(r authz.Role) authz.Grant { return authz.Grant{Role: r, Kind: authz.City, ID: c.City} }
	return room{question.New(db), t, db, c, testkit.Person(t, db, "Oficial", at(authz.Official)),
		testkit.Person(t, db, "Traductora", at(authz.Translator)), testkit.Person(t, db, "Asker One")}
}

func (r room) ask(text string) question.Question {
	r.t.Helper()
	q, err := r.Ask(r.t.Context(), r.asker, r.c.Slug, lang.JA, text)
	if err != nil {
		r.t.Fatal(err)
	}
	return q
}

func (r room) answer(q question.Question, text string, public bool) question.Question {
	r.t.Helper()
	q, err := r.Answer(r.t.Context(), r.official, q.ID, q.Version, question.Reply{Text: text, Language: lang.ES, Public: public})
	if err != nil {
		r.t.Fatal(err)
	}
	return q
}

func (r room) public(words string) []question.Seen {
	r.t.Helper()
	b, err := r.Public(r.t.Context(), r.c.Slug, words, lang.EN, "", 0)
	if err != nil {
		r.t.Fatal(err)
	}
	return b.Items
}

func (r room) mails() string {
	r.t.Helper()
	var out string
	if err := r.db.Pool().QueryRow(r.t.Context(), `select coalesce(string_agg(kind || '>' || email, ' ' order by kind, email), '') from notices`).Scan(&out); err != nil {
		r.t.Fatal(err)
	}
	return out
}

func want(t *testing.T, what string, err, is error) {
	t.Helper()
	if !errors.Is(err, is) || (is == nil && err != nil) {
		t.Errorf("%s: %v, want %v", what, err, is)
	}
}

func TestOnlyWhatIsAnsweredToEveryoneIsPublic(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	open, private, public := r.ask("未回答の質問"), r.ask("内密の質問"), r.ask("センサーは貸出できますか。")
	private = r.answer(private, "Solo para usted.", false)
	public = r.answer(public, "Sí, **diez**.", true)
	list := r.public("")
	if len(list) != 1 || list[0].ID != public.ID || list[0].BodyIn != lang.JA || list[0].AnswerIn != lang.ES || !list[0].Pending {
		t.Fatalf("%+v", list)
	}
	if n := len(r.public("センサー")); n != 1 {
		t.Errorf("search by the question: %d", n)
	}
	if n := len(r.public("DIEZ")); n != 1 {
		t.Errorf("search by the answer: %d", n)
	}
	if n := len(r.public("usted")); n != 0 {
		t.Errorf("search finds a private answer")
	}
	mine, err := r.Mine(t.Context(), r.asker, r.c.Slug, lang.JA)
	if err != nil || len(mine) != 3 {
		t.Fatalf("mine: %v %v", mine, err)
	}
	other := testkit.Person(t, r.db, "Other One")
	if list, err := r.Mine(t.Context(), other, r.c.Slug, lang.JA); err != nil || len(list) != 0 {
		t.Errorf("another person's: %v %v", list, err)
	}
	if _, err := r.Mine(t.Context(), authz.Actor{}, r.c.Slug, lang.JA); !errors.Is(err, fault.ErrSignIn) {
		t.Errorf("nobody's: %v", err)
	}
	want(t, "a public answer made private", func() error {
		_, err := r.Answer(t.Context(), r.official, public.ID, public.Version, question.Reply{Text: "x", Language: lang.ES})
		return err
	}(), question.ErrIsPublic)
	if got := r.mails(); got != "question-answered>asker.one@example.org question-answered>asker.one@example.org question-asked>oficial@example.org question-asked>oficial@example.org question-asked>oficial@example.org" {
		t.Error(got)
	}
	if private = r.answer(private, "Para todos.", true); len(r.public("")) != 2 || private.EditedAt == nil {
		t.Error("a private answer cannot become public")
	}
	var named int
	_ = r.db.Pool().QueryRow(t.Context(), `select count(*) from notices where kind = 'question-asked' and params::text ilike '%asker%'`).Scan(&named)
	if named != 0 {
		t.Error("the officials' mail names who asked")
	}
	_ = open
}

func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	q := r.ask("質問")
	elsewhere := testkit.Person(t, r.db, "Elsewhere", authz.Grant{Role: authz.Official, Kind: authz.City, ID: r.c.Fujisawa})
	reply := question.Reply{Text: "x", Language: lang.ES, Public: true}
	for name, c := range map[string]struct {
		who authz.Actor
		is  error
	}{"the asker": {r.asker, fault.ErrNotFound}, "another city": {elsewhere, fault.ErrNotFound}, "a translator": {r.translator, fault.ErrForbidden}} {
		_, err := r.Answer(t.Context(), c.who, q.ID, q.Version, reply)
		want(t, name+" answers", err, c.is)
		_, err = r.Hide(t.Context(), c.who, q.ID, q.Version, "x")
		want(t, name+" hides", err, c.is)
		want(t, name+" sets the closing date", r.CloseAt(t.Context(), c.who, r.c.Challenge, nil), c.is)
	}
	for name, who := range map[string]authz.Actor{"the asker": r.asker, "another city": elsewhere} {
		_, err := r.Desk(t.Context(), who, r.c.Challenge, question.DeskFilter{})
		want(t, name+" at the desk", err, fault.ErrNotFound)
	}
	d, err := r.Desk(t.Context(), r.translator, r.c.Challenge, question.DeskFilter{})
	if err != nil || d.Asker || len(d.Items) != 1 {
		t.Errorf("a translator sees who asked: %v %v", d.Asker, err)
	}
	if d, err = r.Desk(t.Context(), r.official, r.c.Challenge, question.DeskFilter{}); err != nil || !d.Asker {
		t.Errorf("an official: %v %v", d.Asker, err)
	}
	_, err = r.Answer(t.Context(), r.official, q.ID, q.Version+1, reply)
	want(t, "over another version", err, fault.ErrStale)
	draft := testkit.OpenChallenge(t, r.db, testkit.AsDraft(), testkit.Named("draft"), testkit.In(r.c.ProgrammeRows))
	_, err = r.Ask(t.Context(), r.asker, draft.Slug, lang.EN, "x")
	want(t, "on a draft", err, fault.ErrNotFound)
	_, err = r.Ask(t.Context(), authz.Actor{}, r.c.Slug, lang.EN, "x")
	want(t, "nobody", err, fault.ErrSignIn)
}

func TestLimits(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	_, err := r.Ask(t.Context(), r.asker, r.c.Slug, lang.EN, " \n ")
	want(t, "nothing", err, fault.ErrInvalid)
	_, err = r.Ask(t.Context(), r.asker, r.c.Slug, lang.EN, strings.Repeat("漢", question.MaxQuestion+1))
	want(t, "2,001 characters", err, fault.ErrInvalid)
	r.ask(strings.Repeat("漢", question.MaxQuestion))
	var asked, refused atomic.Int32
	var wg sync.WaitGroup
	for i := range 12 {
		wg.Go(func() {
			_, err := r.Ask(context.Background(), r.asker, r.c.Slug, lang.EN, fmt.Sprint("Question ", i))
			switch {
			case err == nil:
				asked.Add(1)
			case errors.Is(err, question.ErrTooMany):
				refused.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if asked.Load() != 4 || refused.Load() != 8 {
		t.Errorf("%d more asked, %d refused; five an hour", asked.Load(), refused.Load())
	}
	once := database.WithIdempotency(t.Context(), database.Idempotency{Actor: "x", Key: "k", Hash: []byte("h")})
	other := testkit.Person(t, r.db, "Other Two")
	first, err := r.Ask(once, other, r.c.Slug, lang.EN, "Once")
	want(t, "once", err, nil)
	if again, err := r.Ask(once, other, r.c.Slug, lang.EN, "Once"); err != nil || again.ID != first.ID {
		t.Errorf("a repeat: %v %v", again.ID, err)
	}
}

func TestClosing(t *testing.T) {
	t.Parallel()
	opens := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	dates := contest.Dates{Opens: opens, Closes: opens.AddDate(0, 0, 30)}
	if at := question.ClosesAt(nil, dates); !at.Equal(opens.AddDate(0, 0, 25)) {
		t.Errorf("default %v", at)
	}
	if at := question.ClosesAt(nil, contest.Dates{Opens: opens, Closes: opens.AddDate(0, 0, 4)}); !at.Equal(opens.AddDate(0, 0, 2)) {
		t.Errorf("a short one %v", at)
	}
	late := dates.Closes.Add(time.Hour)
	if at := question.ClosesAt(&late, dates); !at.Equal(dates.Closes) {
		t.Errorf("after the deadline %v", at)
	}
	r := newRoom(t, testkit.Closes(4*24*time.Hour), testkit.Opens(-20*24*time.Hour))
	_, err := r.Ask(t.Context(), r.asker, r.c.Slug, lang.EN, "Too late?")
	want(t, "four days before", err, question.ErrClosed)
	soon := time.Now().Add(time.Hour)
	want(t, "later by setting", r.CloseAt(t.Context(), r.official, r.c.Challenge, &soon), nil)
	r.ask("まだ間に合いますか。")
	after := time.Now().Add(5 * 24 * time.Hour)
	want(t, "after the deadline", r.CloseAt(t.Context(), r.official, r.c.Challenge, &after), fault.ErrInvalid)
	past := time.Now().Add(-time.Second)
	want(t, "now", r.CloseAt(t.Context(), r.official, r.c.Challenge, &past), nil)
	_, err = r.Ask(t.Context(), r.asker, r.c.Slug, lang.EN, "Now?")
	want(t, "after the setting", err, question.ErrClosed)
	if b, err := r.Public(t.Context(), r.c.Slug, "", lang.EN, "", 0); err != nil || b.Open {
		t.Errorf("still said to be open: %v", err)
	}
}
