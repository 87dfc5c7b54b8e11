package calround_test

import (
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/calround"
	"fieldtrial/internal/database"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/testkit"
)

// Until the sheets are handed in, the cockpit takes no score of any entry.
func TestTheCockpitWaitsForTheSheets(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3, 2)
	w.assignAll()
	j := w.jurors[0]
	drafted, err := w.jury.SaveReview(w.ctx, j, w.desk(j, w.entries[2]), 0, w.draft(3, 3, 3))
	w.must(err)
	w.open()
	_, err = w.jury.SaveReview(w.ctx, j, w.desk(j, w.entries[2]), drafted.Version, w.draft(4, 4, 4))
	w.want(err, jury.ErrCalibrateFirst, "saving")
	_, err = w.jury.SubmitReview(w.ctx, j, w.desk(j, w.entries[2]), drafted.Version)
	w.want(err, jury.ErrCalibrateFirst, "submitting")
	w.handIn(j, w.draft(1, 1, 1), w.entries[0], w.entries[1])
	_, err = w.jury.SubmitReview(w.ctx, j, w.desk(j, w.entries[2]), drafted.Version)
	w.must(err)
	w.want(w.judge(w.jurors[1], w.entries[2]), jury.ErrCalibrateFirst, "another juror")
	w.must(w.svc.Close(w.ctx, w.chair, w.rows.Challenge))
	w.must(w.judge(w.jurors[1], w.entries[2]))
}

// Who is in conflict with one of the two scores the other only, and meets nothing of the first; who is in
// conflict with both owes nothing.
func TestAConflictedJurorScoresTheOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3, 3)
	w.assignAll()
	one := w.conflict(w.jurors[0], w.entries[0])
	both := w.conflict(w.conflict(w.jurors[1], w.entries[0]), w.entries[1])
	w.open()
	if n := w.count(`select count(*) from notices where kind = 'calibration-opened'`); n != 2 {
		t.Errorf("%d were told", n)
	}
	if d := w.read(one); len(d.Items) != 1 || d.Items[0].Entry.EntryID != w.entries[1].Entry {
		t.Errorf("in conflict with one: %+v", d.Items)
	}
	_, err := w.save(one, w.entries[0], 0, w.draft(5, 5, 5))
	w.want(err, fault.ErrNotFound, "scoring it")
	_, err = w.svc.FileLink(w.ctx, one, w.rows.Challenge, w.entries[0].Entry, w.entries[0].File, entry.Inline)
	w.want(err, fault.ErrNotFound, "its file")
	w.handIn(w.jurors[2], w.draft(5, 5, 5), w.entries[0], w.entries[1])
	w.handIn(one, w.draft(1, 1, 1), w.entries[1])
	if d := w.read(one); len(d.Spread) != 1 || d.Spread[0].Entry.EntryID != w.entries[1].Entry || d.Spread[0].Sheets != 2 {
		t.Errorf("spread %+v", d.Spread)
	}
	if d := w.read(both); len(d.Items) != 0 || d.Spread != nil {
		t.Errorf("in conflict with both: %+v", d)
	}
	w.want(w.svc.HandIn(w.ctx, both, w.rows.Challenge, nil), calround.ErrNotYou, "handing in nothing")
	w.must(w.judge(both, w.entries[2]))
	o := w.overview(w.chair)
	if o.Jurors[0].Of != 1 || o.Jurors[0].HandedAt == nil || o.Jurors[1].Of != 0 || o.Jurors[1].HandedAt != nil || o.Jurors[2].Of != 2 {
		t.Errorf("progress %+v", o.Jurors)
	}
	blind := w.conflict(w.chair, w.entries[0])
	o = w.overview(blind)
	if len(o.Entries) != 1 || len(o.Spread) != 1 || o.Spread[0].Entry.EntryID != w.entries[1].Entry || o.Jurors[2].Of != 1 {
		t.Errorf("a conflicted chair sees %+v", o)
	}
}

// A conflict found while reading takes the entry away, and its sheet out of what others see.
func TestSteppingBackInTheRound(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 2)
	w.open()
	j := w.jurors[0]
	_, err := w.save(j, w.entries[0], 0, w.draft(5, 5, 5))
	w.must(err)
	w.want(w.svc.Recuse(w.ctx, j, w.rows.Challenge, w.entries[0].Entry, ""), fault.ErrInvalid, "no reason")
	w.must(w.svc.Recuse(w.ctx, j, w.rows.Challenge, w.entries[0].Entry, "I advised them."))
	j = testkit.Actor(w, w.db, j.PersonID, j.SessionID)
	w.handIn(j, w.draft(2, 2, 2), w.entries[1])
	w.must(w.svc.Close(w.ctx, w.chair, w.rows.Challenge))
	if d := w.read(w.jurors[1]); d.Spread[0].Sheets != 0 || d.Spread[1].Sheets != 1 {
		t.Errorf("spread %+v", d.Spread)
	}
}

// Others' scores show themselves to who has handed in, and to all once the round is closed; without names.
func TestTheSpreadIsSeenAfterHandingIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 4)
	w.open()
	w.handIn(w.jurors[0], w.draft(5, 0, 2), w.entries[0], w.entries[1])
	w.handIn(w.jurors[1], w.draft(1, 0, 2), w.entries[0], w.entries[1])
	if _, err := w.save(w.jurors[2], w.entries[0], 0, w.draft(4, 4, 4)); err != nil { // not handed in: nobody sees it
		t.Fatal(err)
	}
	judging := w.seated("Chair who judges", authz.Chair, authz.Juror)
	w.must(w.jury.Declare(w.ctx, judging, w.rows.Challenge, nil))
	if d := w.read(w.jurors[2]); d.Spread != nil || d.HandedAt != nil {
		t.Errorf("before handing in %+v", d.Spread)
	}
	if w.overview(judging).Spread != nil {
		t.Error("a chair who judges sees it before handing in")
	}
	if w.overview(testkit.Person(t, w.db, "An Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: w.rows.City})).Spread != nil {
		t.Error("an official sees it")
	}
	if len(w.overview(w.chair).Spread) != 2 {
		t.Error("a chair who does not judge does not see it")
	}
	w.handIn(judging, w.draft(2, 0, 2), w.entries[0], w.entries[1])
	if len(w.overview(judging).Spread) != 2 {
		t.Error("a chair who has handed in does not see it")
	}
	s := w.read(w.jurors[0]).Spread[0]
	c := s.Criteria[0]
	if s.Sheets != 3 || c.Counts[1] != 1 || c.Counts[2] != 1 || c.Counts[5] != 1 || c.Counts[4] != 0 || *c.Median != 2 || *c.Own != 5 ||
		len(s.Totals) != 3 || *s.Own != s.Totals[2] || *s.Median != s.Totals[1] {
		t.Errorf("spread %+v", s)
	}
	if n := w.count(`select count(*) from seen where person_id = $1 and kind = 'review'`, w.jurors[0].PersonID); n != 2 {
		t.Errorf("%d looks are noted", n)
	}
	w.must(w.svc.Close(w.ctx, w.chair, w.rows.Challenge))
	if d := w.read(w.jurors[2]); d.Spread[0].Sheets != 3 || d.Spread[0].Own != nil || d.Items[0].Paper != nil {
		t.Errorf("after closing %+v", d)
	}
	late := w.seated("Comes later", authz.Chair)
	w.must(w.jury.Declare(w.ctx, late, w.rows.Challenge, nil))
	if d := w.read(late); len(d.Items) != 0 || d.Spread != nil {
		t.Errorf("who is no juror: %+v", d)
	}
}

// What is handed in is complete, as it was read, and final.
func TestHandingInIsFinal(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3, 1)
	w.open()
	j := w.jurors[0]
	in := func(a, b int) error {
		return w.svc.HandIn(w.ctx, j, w.rows.Challenge, []calround.Own{{Entry: w.entries[0].Entry, Version: a}, {Entry: w.entries[1].Entry, Version: b}})
	}
	w.want(in(0, 0), fault.ErrInvalid, "nothing scored")
	partial := w.draft(1, 1, 1)
	delete(partial.Scores, w.rows.Criteria["fit"])
	partial.ToTeam = ""
	_, err := w.save(j, w.entries[0], 0, partial)
	w.must(err)
	_, err = w.save(j, w.entries[1], 0, partial)
	w.must(err)
	found, _ := fault.As(in(1, 1))
	if found == nil || len(found.Fields) != 2 || found.Fields[0].Pointer != "/entries/"+w.entries[0].Entry.String()+"/scores/"+w.rows.Criteria["fit"].String() {
		t.Errorf("incomplete: %+v", found)
	}
	whole := w.draft(1, 1, 1)
	whole.ToTeam = "" // asked for only where it counts
	_, err = w.save(j, w.entries[0], 0, whole)
	w.want(err, fault.ErrStale, "over an older version")
	s, err := w.save(j, w.entries[0], 1, whole)
	w.must(err)
	again, err := w.save(j, w.entries[0], 1, whole)
	w.must(err)
	if s.Version != 2 || again.Version != 2 {
		t.Errorf("versions %d and %d", s.Version, again.Version)
	}
	wild := w.draft(9, 1, 1)
	_, err = w.save(j, w.entries[1], 1, wild)
	w.want(err, fault.ErrInvalid, "beyond the scale")
	_, err = w.save(j, w.entries[1], 1, whole)
	w.must(err)
	w.want(in(1, 2), fault.ErrStale, "not as it was read")
	_, err = w.save(j, w.entries[2], 0, whole)
	w.want(err, fault.ErrNotFound, "an entry that is not in it")
	w.must(in(2, 2))
	w.must(in(2, 2)) // again: nothing changes
	_, err = w.save(j, w.entries[0], 2, w.draft(5, 5, 5))
	w.want(err, calround.ErrHanded, "after handing in")
	if _, err := w.db.Pool().Exec(w.ctx, `delete from calibration_handed`); err == nil {
		t.Error("the runtime role takes a handing in back")
	}
}

// A juror who has not declared reads nothing; one who dropped out is not asked.
func TestWhoIsAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 2)
	w.open()
	fresh := w.seated("Not declared", authz.Juror)
	_, err := w.svc.Desk(w.ctx, fresh, w.rows.Challenge)
	w.want(err, jury.ErrDeclareFirst, "before declaring")
	var seat uuid.UUID
	w.must(w.db.Pool().QueryRow(w.ctx, `select id from seats where person_id = $1`, w.jurors[1].PersonID).Scan(&seat))
	_, err = w.jury.DropOut(w.ctx, w.chair, w.rows.Challenge, seat, false)
	w.must(err)
	if d := w.read(w.jurors[1]); len(d.Items) != 0 {
		t.Errorf("dropped out: %+v", d.Items)
	}
	d := w.read(w.jurors[0])
	if len(d.Items) != 2 || d.Items[0].Paper == nil || d.Items[0].Paper.Title == "" || len(d.Items[0].Paper.Content.Files) != 1 {
		t.Errorf("asked: %+v", d.Items)
	}
	if _, err := w.svc.FileLink(w.ctx, w.jurors[0], w.rows.Challenge, w.entries[0].Entry, w.entries[0].File, entry.Inline); err != nil {
		t.Errorf("a file: %v", err)
	}
	if n := w.count(`select count(*) from seen where person_id = $1 and kind = 'entry'`, w.jurors[0].PersonID); n != 2 {
		t.Errorf("%d looks are noted", n)
	}
}

// By default nothing of a round reaches the reviews, unless a juror copies it into a draft of the own.
func TestARoundThatDoesNotCount(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3, 2)
	w.assignAll()
	w.open()
	j := w.jurors[0]
	_, err := w.svc.Copy(w.ctx, j, w.rows.Challenge, w.entries[0].Entry)
	w.want(err, calround.ErrNoCopy, "before handing in")
	w.handIn(j, w.draft(1, 2, 3), w.entries[0], w.entries[1])
	w.must(w.svc.Close(w.ctx, w.chair, w.rows.Challenge))
	if n := w.count(`select count(*) from reviews`) + w.count(`select count(*) from record_leaves where kind = 'review.submitted'`); n != 0 {
		t.Errorf("%d reviews came of it", n)
	}
	id, err := w.svc.Copy(w.ctx, j, w.rows.Challenge, w.entries[0].Entry)
	w.must(err)
	a, err := w.jury.Assignment(w.ctx, j, id)
	w.must(err)
	if id != w.desk(j, w.entries[0]) || a.Review.State != jury.Drafted || a.Review.Scores[w.rows.Criteria["team"]] != 3 {
		t.Errorf("copied %+v", a.Review)
	}
	_, err = w.jury.SaveReview(w.ctx, j, id, 1, w.draft(4, 4, 4))
	w.must(err)
	_, err = w.svc.Copy(w.ctx, j, w.rows.Challenge, w.entries[0].Entry)
	w.want(err, fault.ErrStale, "over what is written")
	_, err = w.svc.Copy(w.ctx, w.jurors[1], w.rows.Challenge, w.entries[0].Entry)
	w.want(err, calround.ErrNoCopy, "who handed in nothing")
}

// Where it counts, what was handed in becomes the jurors' reviews with the closing, and not before.
func TestARoundThatCounts(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3, 3)
	testkit.Exec(t, w.db, `update challenges set calibration_counts = true where id = $1`, w.rows.Challenge)
	w.open()
	j, gone := w.jurors[0], w.jurors[1]
	silent := w.draft(1, 2, 3)
	silent.ToTeam = ""
	_, err := w.save(j, w.entries[0], 0, silent)
	w.must(err)
	_, err = w.save(j, w.entries[1], 0, silent)
	w.must(err)
	own := []calround.Own{{Entry: w.entries[0].Entry, Version: 1}, {Entry: w.entries[1].Entry, Version: 1}}
	w.want(w.svc.HandIn(w.ctx, j, w.rows.Challenge, own), fault.ErrInvalid, "without a comment to the team")
	for i, e := range w.entries[:2] {
		s, err := w.save(j, e, 1, w.draft(1, 2, 3))
		w.must(err)
		own[i].Version = s.Version
	}
	w.must(w.svc.HandIn(w.ctx, j, w.rows.Challenge, own))
	w.handIn(gone, w.draft(5, 5, 5), w.entries[0], w.entries[1])
	w.conflict(gone, w.entries[0]) // found after handing in
	_, err = w.save(w.jurors[2], w.entries[0], 0, w.draft(4, 4, 4))
	w.must(err)

	w.assignOne(j, w.entries[0])
	_, err = w.jury.SaveReview(w.ctx, j, w.desk(j, w.entries[0]), 0, w.draft(4, 4, 4))
	w.want(err, jury.ErrFollows, "a review of its entry meanwhile")
	if n := w.count(`select count(*) from reviews`); n != 0 {
		t.Errorf("%d reviews before the closing", n)
	}
	_, err = w.svc.Copy(w.ctx, j, w.rows.Challenge, w.entries[0].Entry)
	w.want(err, calround.ErrNoCopy, "a copy where it counts")

	w.must(w.svc.Close(w.ctx, w.chair, w.rows.Challenge))
	if n := w.count(`select count(*) from reviews where submitted_version is not null`); n != 3 {
		t.Errorf("%d reviews, want the juror's two and one of who stepped back", n)
	}
	if n := w.count(`select count(*) from record_leaves where kind = 'review.submitted'`); n != 3 {
		t.Errorf("%d on record", n)
	}
	for _, e := range w.entries[:2] {
		a, err := w.jury.Assignment(w.ctx, j, w.desk(j, e))
		w.must(err)
		if a.Review.State != jury.Submitted || a.Review.Scores[w.rows.Criteria["fit"]] != 2 || a.Review.ToTeam == "" {
			t.Errorf("review %+v", a.Review)
		}
	}
	changed, err := w.jury.SaveReview(w.ctx, j, w.desk(j, w.entries[0]), 1, w.draft(4, 4, 4))
	w.must(err)
	if changed.State != jury.Changed {
		t.Errorf("it is not open to change: %+v", changed)
	}
}

// A draft that was there gives way, but for its comment to the jury.
func TestADraftGivesWayToWhatCounts(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 1)
	testkit.Exec(t, w.db, `update challenges set calibration_counts = true where id = $1`, w.rows.Challenge)
	w.assignAll()
	j := w.jurors[0]
	before := w.draft(5, 5, 5)
	before.ToJury = "Ask them about power."
	_, err := w.jury.SaveReview(w.ctx, j, w.desk(j, w.entries[0]), 0, before)
	w.must(err)
	w.open()
	w.handIn(j, w.draft(1, 2, 3), w.entries[0], w.entries[1])
	w.must(w.svc.Close(w.ctx, w.chair, w.rows.Challenge))
	a, err := w.jury.Assignment(w.ctx, j, w.desk(j, w.entries[0]))
	w.must(err)
	if a.Review.State != jury.Submitted || a.Review.Version != 2 || a.Review.Scores[w.rows.Criteria["impact"]] != 1 || a.Review.ToJury != before.ToJury {
		t.Errorf("review %+v", a.Review)
	}
}

// assignOne gives one entry to one juror.
func (w *world) assignOne(j authz.Actor, e testkit.EntryRows) {
	w.Helper()
	w.must(w.db.InTx(w.ctx, func(tx database.Tx) error {
		_, err := tx.Pgx().Exec(w.ctx, `insert into assignments (id, entry_id, seat_id) select gen_random_uuid(), $1, id from seats where person_id = $2`, e.Entry, j.PersonID)
		return err
	}))
}
