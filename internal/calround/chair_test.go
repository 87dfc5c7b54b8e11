package calround_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/calround"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/testkit"
)

// Whether the scores count is said before the challenge opens, by who may, and stays on record.
func TestWhatCountsIsSettledBeforeOpening(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 0, testkit.Opens(time.Hour), testkit.Closes(2*time.Hour))
	w.want(w.svc.Settle(w.ctx, w.seated("A Juror", authz.Juror), w.rows.Challenge, true), fault.ErrNotFound, "a juror")
	if o := w.overview(w.chair); o.Settled || o.Challenge.CalibrationCounts || o.Obstacle != "early" || len(o.Allowed) != 1 || o.Allowed[0] != authz.SettleCalibration {
		t.Errorf("before opening %+v", o)
	}
	w.must(w.svc.Settle(w.ctx, w.chair, w.rows.Challenge, true))
	w.must(w.svc.Settle(w.ctx, w.chair, w.rows.Challenge, true)) // as it is: nothing more on record
	official := testkit.Person(t, w.db, "An Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: w.rows.City})
	w.must(w.svc.Settle(w.ctx, official, w.rows.Challenge, false))
	w.must(w.svc.Settle(w.ctx, official, w.rows.Challenge, true))
	if n := w.count(`select count(*) from record_leaves where kind = 'calibration.rule'`); n != 3 {
		t.Errorf("%d leaves", n)
	}
	testkit.Exec(t, w.db, `update challenges set opens_at = clock_timestamp() - interval '1 second' where id = $1`, w.rows.Challenge)
	w.want(w.svc.Settle(w.ctx, w.chair, w.rows.Challenge, false), calround.ErrOpened, "once open")
	if o := w.overview(w.chair); !o.Settled || !o.Challenge.CalibrationCounts || len(o.Allowed) != 0 {
		t.Errorf("once open %+v", o)
	}
}

func TestARoundIsOpenedInItsTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3, 2)
	two := []uuid.UUID{w.entries[0].Entry, w.entries[1].Entry}
	open := func(who authz.Actor, entries ...uuid.UUID) error {
		_, err := w.svc.Open(w.ctx, who, w.rows.Challenge, entries)
		return err
	}
	official := testkit.Person(t, w.db, "An Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: w.rows.City})
	w.want(open(official, two...), fault.ErrForbidden, "an official")
	w.want(open(w.jurors[0], two...), fault.ErrNotFound, "a juror")
	w.want(open(w.chair, two[0]), fault.ErrInvalid, "one entry")
	w.want(open(w.chair, two[0], two[0]), fault.ErrInvalid, "the same twice")
	w.want(open(w.chair, two[0], uuid.New()), fault.ErrInvalid, "no entry")

	testkit.Exec(t, w.db, `update challenges set closes_at = clock_timestamp() + interval '1 hour' where id = $1`, w.rows.Challenge)
	w.want(open(w.chair, two...), contest.ErrStillOpen, "before the deadline")
	testkit.Exec(t, w.db, `update challenges set closes_at = clock_timestamp() - interval '1 hour' where id = $1`, w.rows.Challenge)

	if o := w.overview(w.chair); o.Obstacle != "" || len(o.Choices) != 3 || len(o.Allowed) != 1 {
		t.Errorf("choices %+v", o)
	}
	w.must(open(w.chair, two...))
	w.want(open(w.chair, two...), calround.ErrExists, "a second one")
	if n := w.count(`select count(*) from notices where kind = 'calibration-opened' and state = 'queued'`); n != 2 {
		t.Errorf("%d jurors were told", n)
	}
	w.must(w.svc.Close(w.ctx, w.chair, w.rows.Challenge))
	w.want(open(w.chair, two...), calround.ErrExists, "after the one")
	w.want(w.svc.Close(w.ctx, w.chair, w.rows.Challenge), calround.ErrNotOpen, "closed twice")
	w.want(w.svc.Cancel(w.ctx, w.chair, w.rows.Challenge, "Too late."), calround.ErrNotOpen, "cancelled when closed")
}

func TestARoundComesBeforeTheFirstReview(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 1)
	w.assignAll()
	w.must(w.judge(w.jurors[0], w.entries[0]))
	_, err := w.svc.Open(w.ctx, w.chair, w.rows.Challenge, []uuid.UUID{w.entries[0].Entry, w.entries[1].Entry})
	w.want(err, calround.ErrBegun, "after a review")
	if o := w.overview(w.chair); o.Obstacle != "begun" || len(o.Allowed) != 0 {
		t.Errorf("%+v", o)
	}
}

// The suggestion spares entries that many jurors could not score; a conflicted chair is offered only what
// he or she may see.
func TestTheSuggestionAvoidsConflicts(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 4, 3)
	w.conflict(w.jurors[0], w.entries[0])
	w.conflict(w.jurors[1], w.entries[0])
	w.conflict(w.jurors[1], w.entries[1])
	got := ""
	for _, c := range w.overview(w.chair).Choices {
		got += c.Entry.Reference + map[bool]string{true: "!", false: ""}[c.Suggested] + " "
	}
	want := w.entries[0].Reference + " " + w.entries[1].Reference + " " + w.entries[2].Reference + "! " + w.entries[3].Reference + "! "
	if got != want {
		t.Errorf("suggested %s, want %s", got, want)
	}
	blind := w.conflict(w.chair, w.entries[2])
	for _, c := range w.overview(blind).Choices {
		if c.Entry.EntryID == w.entries[2].Entry {
			t.Error("offered to a chair who must not see it")
		}
	}
	_, err := w.svc.Open(w.ctx, blind, w.rows.Challenge, []uuid.UUID{w.entries[2].Entry, w.entries[3].Entry})
	w.want(err, fault.ErrInvalid, "picked by a chair who must not see it")
}

// Cancelling keeps the reason, frees the jurors and makes place for another round.
func TestACancelledRoundKeepsItsReason(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3, 1)
	w.assignAll()
	w.open()
	w.handIn(w.jurors[0], w.draft(1, 1, 1), w.entries[0], w.entries[1])
	w.want(w.svc.Cancel(w.ctx, w.chair, w.rows.Challenge, " "), fault.ErrInvalid, "no reason")
	w.want(w.svc.Cancel(w.ctx, w.jurors[0], w.rows.Challenge, "No."), fault.ErrNotFound, "a juror")
	w.must(w.svc.Cancel(w.ctx, w.chair, w.rows.Challenge, "The wrong two were picked."))
	if d := w.read(w.jurors[0]); d.Round.State() != calround.Cancelled || d.Round.Reason != "The wrong two were picked." || len(d.Items) != 0 || d.Spread != nil {
		t.Errorf("cancelled %+v", d)
	}
	w.open()
	if o := w.overview(w.chair); len(o.Past) != 1 || o.Past[0].Reason == "" || o.Round.State() != calround.Open || o.Jurors[0].HandedAt != nil || o.Jurors[0].Begun != 0 {
		t.Errorf("another round %+v", o)
	}
	w.must(w.svc.Cancel(w.ctx, w.chair, w.rows.Challenge, "Not needed after all."))
	w.must(w.judge(w.jurors[0], w.entries[2]))
}

// The scores are not locked over an open round.
func TestTheLockWaitsForTheRound(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3, 1)
	w.assignAll()
	w.open()
	w.handIn(w.jurors[0], w.draft(1, 1, 1), w.entries[0], w.entries[1])
	w.must(w.judge(w.jurors[0], w.entries[2]))
	_, err := w.jury.Lock(w.ctx, w.chair, w.rows.Challenge, true)
	w.want(err, jury.ErrCalibrating, "with an open round")
	w.must(w.svc.Close(w.ctx, w.chair, w.rows.Challenge))
	_, err = w.jury.Lock(w.ctx, w.chair, w.rows.Challenge, true)
	w.must(err)
}

// The record commits to what was handed in and names nobody.
func TestTheRecordOfAClosedRound(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 2)
	w.open()
	w.handIn(w.jurors[0], w.draft(1, 2, 3), w.entries[0], w.entries[1])
	w.must(w.svc.Close(w.ctx, w.chair, w.rows.Challenge))
	var payload, body, hash string
	w.must(w.db.Pool().QueryRow(w.ctx, `select convert_from(o.payload, 'UTF8'), k.body, encode(sha256(convert_to(k.body, 'UTF8')), 'base64') from calibrations k
		join record_leaves l on l.id = k.leaf_id and l.kind = 'calibration.closed' join record_openings o on o.leaf_id = l.id`).Scan(&payload, &body, &hash))
	var said struct {
		Counts bool
		Sheets int
		Scores string
	}
	w.must(json.Unmarshal([]byte(payload), &said))
	if said.Counts || said.Sheets != 2 || said.Scores != hash {
		t.Errorf("record %s, body's hash %s", payload, hash)
	}
	for _, secret := range []string{w.jurors[0].PersonID.String(), w.jurors[0].Name, w.entries[0].Entry.String()} {
		if strings.Contains(payload, secret) {
			t.Errorf("the record says %s: %s", secret, payload)
		}
	}
	if strings.Count(body, `"juror"`) != 2 || strings.Contains(body, w.jurors[0].PersonID.String()) {
		t.Errorf("body %s", body)
	}
}
