package contest_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

func states(a contest.Authoring) map[contest.Part]int {
	out := map[contest.Part]int{}
	for _, p := range a.Parts {
		out[p.Key] = len(p.Missing)
	}
	return out
}

func (k desk) authoring(t *testing.T, id uuid.UUID) contest.Authoring {
	t.Helper()
	a, err := k.s.Authoring(context.Background(), k.author, id)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestSectionsSayWhatIsMissing(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	d := k.start(t)
	a := k.authoring(t, d.ID)
	got := states(a)
	for p, n := range map[contest.Part]int{"headline": 1, "problem": 1, "context": 1, "success": 1, "resources": 1, "demonstration": 1,
		"terms": 1, "eligibility": 0, "prizes": 0, "timeline": 0, "criteria": 0, "entering": 0} {
		if got[p] != n {
			t.Errorf("%s: %d missing, want %d", p, got[p], n)
		}
	}
	if len(a.Parts) != 12 || a.Complete() != 5 {
		t.Errorf("%d of %d sections complete", a.Complete(), len(a.Parts))
	}
	for _, p := range a.Parts {
		for _, l := range lang.All {
			if p.Label[l] == "" {
				t.Errorf("%s has no name in %s", p.Key, l)
			}
		}
	}
	d = k.complete(t)
	if a = k.authoring(t, d.ID); a.Complete() != 12 {
		t.Errorf("a complete challenge: %v", states(a))
	}
	testkit.Exec(t, k.db, `delete from challenge_testbeds`)
	testkit.Exec(t, k.db, `update criteria set weight = weight + 1 where challenge_id = $1`, d.ID)
	testkit.Exec(t, k.db, `delete from form_fields`)
	got = states(k.authoring(t, d.ID))
	if got["prizes"] != 1 || got["criteria"] != 1 || got["entering"] == 0 || got["headline"] != 0 {
		t.Errorf("without testbeds, sum and form: %v", got)
	}
	_, err := k.s.Authoring(context.Background(), k.elsewhere, d.ID)
	want(t, "another city's official", err, fault.ErrNotFound)
}

func TestEditsAreRequestedDoneAndCompared(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.complete(t)
	ask := func() error {
		return k.s.RequestEdit(ctx, k.second, d.ID, "problem", "人数を書いてください。", lang.JA)
	}
	want(t, "before it is sent", ask(), contest.ErrEditNotAsked)
	must(t, errOf(k.s.Send(ctx, k.author, d.ID)))
	want(t, "by who sent it", k.s.RequestEdit(ctx, k.author, d.ID, "problem", "x", lang.JA), contest.ErrEditNotAsked)
	want(t, "by a translator", k.s.RequestEdit(ctx, k.translator, d.ID, "problem", "x", lang.JA), fault.ErrForbidden)
	want(t, "without words", k.s.RequestEdit(ctx, k.second, d.ID, "problem", " ", lang.JA), fault.ErrInvalid)
	must(t, ask())
	must(t, k.s.RequestEdit(ctx, k.second, d.ID, "terms", "誤り", lang.JA))
	a := k.authoring(t, d.ID)
	if len(a.Edits) != 2 || a.Edits[0].By != "Second" || a.Edits[0].Language != lang.JA || len(a.Changes) != 0 || a.Round != 1 || a.MayMarkEdits {
		t.Fatalf("sent once: %+v, round %d", a.Edits, a.Round)
	}
	_, err := k.s.WithdrawEdit(ctx, k.author, a.Edits[1].ID)
	want(t, "withdrawn by somebody else", err, fault.ErrForbidden)
	_, err = k.s.WithdrawEdit(ctx, k.second, a.Edits[1].ID)
	must(t, err)
	_, err = k.s.MarkEdit(ctx, k.author, a.Edits[0].ID, true)
	want(t, "done while it waits", err, contest.ErrInApproval)

	must(t, errOf(k.s.Return(ctx, k.second, d.ID, ""))) // the request is the reason
	var mail string
	must(t, k.db.Pool().QueryRow(ctx, `select params::text from notices where kind = 'approval-returned'`).Scan(&mail))
	if !strings.Contains(mail, "人数を書いてください") || !strings.Contains(mail, "The problem") {
		t.Errorf("the mail does not say what to change: %s", mail)
	}
	_, err = k.s.WithdrawEdit(ctx, k.second, a.Edits[0].ID)
	want(t, "withdrawn after the return", err, contest.ErrEditReturned)
	_, err = k.s.MarkEdit(ctx, k.translator, a.Edits[0].ID, true)
	want(t, "done by a translator", err, fault.ErrForbidden)

	text := a.Texts[lang.JA]
	text.Sections["problem"] = "毎朝200人が迷います。"
	must(t, errOf(k.s.Write(ctx, k.author, d.ID, text)))
	_, err = k.s.MarkEdit(ctx, k.author, a.Edits[0].ID, true)
	must(t, err)
	a = k.authoring(t, d.ID)
	if len(a.Changes) != 1 || a.Changes[0] != (contest.PartChange{Part: "problem", Before: "本文です。", After: "毎朝200人が迷います。"}) {
		t.Errorf("since it was sent: %+v", a.Changes)
	}
	if a.Edits[0].DoneAt == nil || a.Edits[0].DoneBy != "Author" || !a.MayMarkEdits {
		t.Errorf("done: %+v", a.Edits[0])
	}
	must(t, errOf(k.s.Send(ctx, k.author, d.ID)))
	r, err := k.s.Authoring(ctx, k.second, d.ID)
	must(t, err)
	if r.Round != 2 || len(r.Changes) != 1 || r.ChangesSince == nil || !r.MayRequestEdits {
		t.Errorf("the reviewer sees round %d, %+v", r.Round, r.Changes)
	}
	must(t, errOf(k.s.Approve(ctx, k.second, d.ID)))
	must(t, errOf(k.s.Publish(ctx, k.author, d.ID)))
	want(t, "after publication", ask(), contest.ErrEditNotAsked)
}

func TestReturnAsksForAReasonWhereAllEditsAreDone(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.complete(t)
	must(t, errOf(k.s.Send(ctx, k.author, d.ID)))
	must(t, k.s.RequestEdit(ctx, k.second, d.ID, "headline", "短く", lang.JA))
	must(t, errOf(k.s.Return(ctx, k.second, d.ID, "")))
	_, err := k.s.MarkEdit(ctx, k.author, k.authoring(t, d.ID).Edits[0].ID, true)
	must(t, err)
	must(t, errOf(k.s.Send(ctx, k.author, d.ID)))
	want(t, "nothing to say", errOf(k.s.Return(ctx, k.second, d.ID, "")), fault.ErrInvalid)
}

func TestApprovedChallengePublishesItself(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.complete(t)
	soon := time.Now().Add(time.Hour)
	want(t, "a draft", k.s.Schedule(ctx, k.author, d.ID, soon), contest.ErrNotApproved)
	must(t, errOf(k.s.Send(ctx, k.author, d.ID)))
	must(t, errOf(k.s.Approve(ctx, k.second, d.ID)))
	want(t, "in the past", k.s.Schedule(ctx, k.author, d.ID, time.Now().Add(-time.Minute)), fault.ErrInvalid)
	want(t, "after the deadline", k.s.Schedule(ctx, k.author, d.ID, d.Dates.Closes.Add(time.Minute)), fault.ErrInvalid)
	want(t, "by a translator", k.s.Schedule(ctx, k.translator, d.ID, soon), fault.ErrForbidden)
	must(t, k.s.Schedule(ctx, k.author, d.ID, soon))
	must(t, k.s.Schedule(ctx, k.author, d.ID, soon.Add(time.Hour))) // changed
	if a := k.authoring(t, d.ID); a.PublishAt == nil || !a.PublishAt.Equal(soon.Add(time.Hour).Truncate(time.Microsecond)) || a.PublishBy != "Author" {
		t.Errorf("moment %v by %q", a.PublishAt, a.PublishBy)
	}
	due := func(n int) {
		t.Helper()
		if got, err := k.s.PublishDue(ctx); got != n || err != nil {
			t.Errorf("%d published, want %d: %v", got, n, err)
		}
	}
	due(0)
	must(t, k.s.CancelSchedule(ctx, k.author, d.ID))
	testkit.Exec(t, k.db, `update challenges set publish_at = clock_timestamp() + interval '100 ms', publish_at_by = $2 where id = $1`, d.ID, k.author.PersonID)
	time.Sleep(120 * time.Millisecond)
	both := make(chan int, 2)
	for range 2 { // two workers at once, as after a restart
		go func() { n, _ := contest.NewService(k.db).PublishDue(ctx); both <- n }()
	}
	if n := <-both + <-both; n != 1 {
		t.Errorf("published %d times", n)
	}
	due(0)
	d = k.read(t, d.ID)
	last := d.Acts[len(d.Acts)-1]
	if d.State() != contest.StatePublished || last.Kind != "published" || last.By != "Author" || d.PublishAt != nil || time.Since(last.At) > 10*time.Second {
		t.Errorf("acts %+v", d.Acts)
	}
	var leaves, mails int
	must(t, k.db.Pool().QueryRow(ctx, `select (select count(*) from record_leaves where kind = 'rules.frozen' and subject = $1),
		(select count(*) from notices where kind = 'challenge-published')`, d.ID).Scan(&leaves, &mails))
	if leaves != 1 || mails != 2 {
		t.Errorf("%d leaves, %d mails", leaves, mails)
	}
	want(t, "published already", k.s.Schedule(ctx, k.author, d.ID, soon), contest.ErrPublished)
}

func TestReturnedOrClosedChallengeDoesNotPublishItself(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.complete(t)
	must(t, errOf(k.s.Send(ctx, k.author, d.ID)))
	must(t, errOf(k.s.Approve(ctx, k.second, d.ID)))
	must(t, k.s.Schedule(ctx, k.author, d.ID, time.Now().Add(time.Hour)))
	must(t, errOf(k.s.Return(ctx, k.second, d.ID, "まだです。")))
	if d = k.read(t, d.ID); d.PublishAt != nil {
		t.Error("a returned challenge keeps its moment")
	}
	must(t, errOf(k.s.Send(ctx, k.author, d.ID)))
	must(t, errOf(k.s.Approve(ctx, k.second, d.ID)))
	must(t, k.s.Schedule(ctx, k.author, d.ID, time.Now().Add(time.Hour)))
	testkit.Exec(t, k.db, `update challenges set publish_at = clock_timestamp() - interval '1 second'`)
	testkit.Exec(t, k.db, `update contests set archived_at = clock_timestamp()`)
	if n, err := k.s.PublishDue(ctx); n != 0 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if d = k.read(t, d.ID); d.PublishAt != nil || d.PublishedAt != nil || !strings.Contains(k.mails(t), "publication-failed>second@example.org") {
		t.Errorf("moment %v; %s", d.PublishAt, k.mails(t))
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func errOf[T any](_ T, err error) error { return err }
