package entry

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/record"
	"fieldtrial/internal/testkit"
)

func TestSubmitEditSubmitWithdrawRevive(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.join(t, "Ken Mori", authz.TeamViewer)
	id := b.begin(t)

	_, err := b.Submit(t.Context(), b.owner, id)
	f, _ := fault.As(err)
	if !errors.Is(err, ErrIncomplete) || len(f.Fields) != 4 || f.Fields[0].Pointer != "/fields/title" || f.Fields[0].Code != "required" {
		t.Fatalf("incomplete: %v %+v", err, f)
	}
	if b.count(t, `select count(*) from submissions`)+b.count(t, `select count(*) from record_leaves`)+b.count(t, `select count(*) from notices`) != 0 {
		t.Fatal("a refused submission left something behind")
	}
	b.fill(t, b.owner, id)
	v, err := b.Submit(t.Context(), b.owner, id)
	must(t, err)
	if v.Status != StatusSubmitted || v.Submission.Number != 1 || v.Next.What != "closes" || v.Submission.By != "First Owner" {
		t.Fatalf("submitted: %+v", v)
	}
	if n := b.count(t, `select count(*) from notices where kind = 'entry-received' and subject_id = $1`, id); n != 2 {
		t.Errorf("%d notices, want one to each member", n)
	}
	if v, err = b.Submit(t.Context(), b.owner, id); err != nil || v.Submission.Number != 1 {
		t.Fatalf("the same again is not sent again: %+v %v", v.Submission, err)
	}

	b.save(t, b.owner, id, "title", "Cleaner air", 1)
	if v, err = b.Get(t.Context(), b.owner, id); err != nil || v.Status != StatusChangesNotSubmitted || !v.Unsent || v.Next.What != "submit_before" {
		t.Fatalf("changed: %s %v", v.Status, err)
	}
	c, err := Snapshot(t.Context(), b.db.Pool(), id)
	must(t, err)
	if c.Answers[0].Value != "Clean air" || c.Number != 1 || len(c.Files) != 1 || c.Files[0].State != Clean {
		t.Fatalf("the snapshot is what was sent: %+v", c)
	}
	if v, err = b.Submit(t.Context(), b.owner, id); err != nil || v.Submission.Number != 2 {
		t.Fatalf("second: %+v %v", v.Submission, err)
	}

	if v, err = b.Withdraw(t.Context(), b.owner, id); err != nil || v.Status != StatusWithdrawn {
		t.Fatalf("withdrawn: %s %v", v.Status, err)
	}
	if list, err := Submitted(t.Context(), b.db.Pool(), b.owner, b.c.Challenge); err != nil || len(list) != 0 {
		t.Fatalf("withdrawn entries are not submitted ones: %v %v", list, err)
	}
	if _, err := b.Submit(t.Context(), b.owner, id); !errors.Is(err, ErrWithdrawn) {
		t.Errorf("submit while withdrawn: %v", err)
	}
	if _, err := b.SaveAnswers(t.Context(), b.owner, id, []Typed{{b.c.Fields["title"], "x", 2}}); !errors.Is(err, ErrWithdrawn) {
		t.Errorf("edit while withdrawn: %v", err)
	}
	if v, err = b.Revive(t.Context(), b.owner, id); err != nil || v.Status != StatusSubmitted || v.Submission.Number != 3 {
		t.Fatalf("revived: %+v %v", v.Submission, err)
	}
	if _, err := b.Revive(t.Context(), b.owner, id); !errors.Is(err, ErrNotWithdrawn) {
		t.Errorf("revive twice: %v", err)
	}
	if c, err = Snapshot(t.Context(), b.db.Pool(), id); err != nil || c.Answers[0].Value != "Cleaner air" || len(c.Files) != 1 {
		t.Fatalf("revived with what was sent last: %+v %v", c, err)
	}
	var kinds []string
	must(t, b.db.Pool().QueryRow(t.Context(), `select array_agg(kind order by id) from record_leaves where subject = $1`, id).Scan(&kinds))
	if !slices.Equal(kinds, []string{"entry.received", "entry.received", "entry.withdrawn", "entry.received"}) {
		t.Errorf("on record: %v", kinds)
	}
	if to, err := TeamAddresses(t.Context(), b.db.Pool(), id); err != nil || len(to) != 2 {
		t.Errorf("addresses: %v %v", to, err)
	}
}

func TestSubmitIsSafeToRepeat(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.begin(t)
	b.fill(t, b.owner, id)
	ctx := database.WithIdempotency(t.Context(), database.Idempotency{Actor: b.owner.PersonID.String(), Key: "once", Hash: []byte("h")})
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if v, err := b.Submit(ctx, b.owner, id); err != nil || v.Submission == nil || v.Submission.Number != 1 {
				t.Errorf("%+v %v", v.Submission, err)
			}
		})
	}
	wg.Wait()
}

func TestOneEntryPerTeam(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var started atomic.Int32
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			switch _, err := b.Begin(context.Background(), b.owner, b.c.Slug, b.team, "en"); {
			case err == nil:
				started.Add(1)
			case !errors.Is(err, ErrOnePerTeam):
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if started.Load() != 1 {
		t.Errorf("%d started", started.Load())
	}
	_, stranger := b.newTeam(t, "Stranger One")
	if _, err := b.Begin(t.Context(), stranger, b.c.Slug, b.team, "en"); !errors.Is(err, fault.ErrInvalid) {
		t.Errorf("with another's team: %v", err)
	}
	if _, err := b.Begin(t.Context(), b.owner, "no-such", b.team, "en"); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("no such challenge: %v", err)
	}
}

func TestNotOpenYet(t *testing.T) {
	t.Parallel()
	b := newBench(t, testkit.Opens(time.Hour))
	if _, err := b.Begin(t.Context(), b.owner, b.c.Slug, b.team, "en"); !errors.Is(err, ErrNotOpen) {
		t.Errorf("announced: %v", err)
	}
	draft := testkit.OpenChallenge(t, b.db, testkit.AsDraft(), testkit.Named("draft"), testkit.In(b.c.ProgrammeRows))
	if _, err := b.Begin(t.Context(), b.owner, draft.Slug, b.team, "en"); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("draft: %v", err)
	}
}

// Hundreds of tries of every kind around the deadline: nothing is accepted after it, and all that
// was lies below the deadline on record.
func TestDeadlineRace(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	type one struct {
		id    uuid.UUID
		actor authz.Actor
	}
	var all []one
	for i := range 20 {
		team, a := b.newTeam(t, "Racer "+string(rune('A'+i)))
		id := b.beginAs(t, a, team)
		b.fill(t, a, id)
		all = append(all, one{id, a})
	}
	closes := time.Now().Add(2 * time.Second)
	testkit.Exec(t, b.db, `update challenges set closes_at = $2::timestamptz, judging_ends_at = $2::timestamptz + interval '1 day',
		results_at = $2::timestamptz + interval '2 days' where id = $1`, b.c.Challenge, closes)

	var tries, sent, refused atomic.Int32
	var wg sync.WaitGroup
	for worker := range 40 { // two at each entry, until both are refused
		x := all[worker%len(all)]
		wg.Go(func() {
			for try := 0; ; try++ {
				tries.Add(1)
				_, err := b.SaveAnswers(context.Background(), x.actor, x.id, []Typed{{b.c.Fields["website"], "https://example.org/" + uuid.NewString(), try}})
				if err != nil && !errors.Is(err, ErrDeadlinePassed) && !errors.Is(err, ErrWithdrawn) {
					t.Error(err)
				}
				if try%3 == 2 { // also when nothing could be saved: what was saved before must not be sent now
					_, _ = b.Withdraw(context.Background(), x.actor, x.id)
					_, err = b.Revive(context.Background(), x.actor, x.id)
				} else {
					_, err = b.Submit(context.Background(), x.actor, x.id)
				}
				switch {
				case err == nil:
					sent.Add(1)
				case errors.Is(err, ErrDeadlinePassed):
					if refused.Add(1); time.Now().After(closes.Add(300 * time.Millisecond)) {
						return
					}
				case !errors.Is(err, ErrWithdrawn) && !errors.Is(err, ErrNotWithdrawn):
					t.Error(err)
					return
				}
			}
		})
	}
	for b.count(t, `select count(*) from challenges where deadline_leaf is not null`) == 0 {
		if _, err := CloseDue(t.Context(), b.db); err != nil {
			t.Fatal(err)
		}
		time.Sleep(5 * time.Millisecond)
	}
	wg.Wait()
	if sent.Load() == 0 || refused.Load() == 0 || tries.Load() < 40 {
		t.Errorf("the race missed the deadline: %d tries, %d sent, %d refused", tries.Load(), sent.Load(), refused.Load())
	}
	if n := b.count(t, `select count(*) from submissions where submitted_at >= $1`, closes); n != 0 {
		t.Errorf("%d submissions after the deadline", n)
	}
	if n := b.count(t, `select count(*) from record_leaves l where l.kind in ('entry.received','entry.withdrawn')
		and l.id > (select deadline_leaf from challenges)`); n != 0 {
		t.Errorf("%d leaves above the deadline", n)
	}
	subs, leaves := b.count(t, `select count(*) from submissions`), b.count(t, `select count(*) from record_leaves where kind = 'entry.received'`)
	if gaps := b.count(t, `select count(*) from (select entry_id from submissions group by entry_id having max(number) <> count(*)) x`); subs != leaves || gaps != 0 {
		t.Errorf("%d submissions, %d leaves, %d entries with gaps", subs, leaves, gaps)
	}
	if again, err := CloseDue(t.Context(), b.db); err != nil || again != 0 {
		t.Errorf("closed twice: %d %v", again, err)
	}
}

func TestReceipt(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.begin(t)
	b.fill(t, b.owner, id)
	if _, _, err := b.Receipt(t.Context(), b.owner, id); !errors.Is(err, ErrNotSubmitted) {
		t.Errorf("draft: %v", err)
	}
	_, err := b.Submit(t.Context(), b.owner, id)
	must(t, err)
	if _, _, err := b.Receipt(t.Context(), b.owner, id); !errors.Is(err, ErrReceiptPending) {
		t.Errorf("unsigned: %v", err)
	}
	b.closeNow(t)
	_, err = CloseDue(t.Context(), b.db)
	must(t, err)
	signer, err := record.LoadOrCreateKey(t.TempDir(), "test.example/log")
	must(t, err)
	_, err = record.Sequence(t.Context(), b.db, signer)
	must(t, err)
	paper, reference, err := b.Receipt(t.Context(), b.owner, id)
	must(t, err)
	got, err := record.Verify(paper, record.Options{Key: signer.VerifierKey()})
	must(t, err)
	var said record.EntryReceived
	must(t, json.Unmarshal(got.Payload, &said))
	if said.Entry != id.String() || said.Version != 1 || len(said.Files) != 1 || reference == "" || got.Contest != b.c.RecordScope {
		t.Errorf("%+v %s", said, reference)
	}
	leaf, err := record.LeafOf(t.Context(), b.db, record.KindDeadline, b.c.Challenge.String())
	must(t, err)
	closing, err := record.ReadReceipt(t.Context(), b.db, leaf)
	must(t, err)
	deadline, err := record.Verify(closing, record.Options{})
	must(t, err)
	must(t, record.OnTime(got, deadline))
	_, stranger := b.newTeam(t, "Stranger Two")
	if _, _, err := b.Receipt(t.Context(), stranger, id); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("stranger: %v", err)
	}
}

func TestUnconfirmedPeopleAreNotKeptOut(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	testkit.Exec(t, b.db, `update people set confirmed_at = null where id = $1`, b.owner.PersonID)
	b.owner = testkit.Actor(t, b.db, b.owner.PersonID, b.owner.SessionID)
	id := b.begin(t)
	b.fill(t, b.owner, id)
	v, err := b.Submit(t.Context(), b.owner, id)
	if err != nil || !v.OnceSigned {
		t.Fatalf("%+v %v", v.OnceSigned, err)
	}
	if n := b.count(t, `select count(*) from notices where person_id = $1`, b.owner.PersonID); n != 1 {
		t.Errorf("%d notices to who submitted", n)
	}
}
