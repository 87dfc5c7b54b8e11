package jury_test

import (
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/testkit"
)

func (w *world) seat(a authz.Actor) (id uuid.UUID) {
	w.Helper()
	w.must(w.db.Pool().QueryRow(w.ctx, `select id from seats where person_id = $1`, a.PersonID).Scan(&id))
	return id
}

func (w *world) preview(req jury.AssignRequest) jury.Allotment {
	w.Helper()
	req.Preview = true
	p, err := w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, req)
	w.must(err)
	return p
}

// reads says whether a juror has an entry now.
func (w *world) reads(j authz.Actor, e testkit.EntryRows) bool {
	w.Helper()
	return w.count(`select count(*) from assignments where seat_id = $1 and entry_id = $2 and ended_at is null`, w.seat(j), e.Entry) == 1
}

func TestPinsForbidsAndWishesHold(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 4, 3)
	wish := func(j authz.Actor, e testkit.EntryRows, kind jury.WishKind) error {
		return w.svc.SetWish(w.ctx, w.chair, w.rows.Challenge, jury.Wish{Seat: w.seat(j), Entry: e.Entry, Kind: kind})
	}
	w.must(wish(w.jurors[0], w.entries[0], jury.Pin))
	w.must(wish(w.jurors[1], w.entries[0], jury.Forbid))
	w.must(wish(w.jurors[2], w.entries[1], jury.Prefer))
	w.must(wish(w.jurors[2], w.entries[3], jury.Forbid))
	w.must(wish(w.jurors[2], w.entries[3], jury.NoWish))
	w.want(w.svc.SetWish(w.ctx, w.jurors[0], w.rows.Challenge, jury.Wish{Seat: w.seat(w.jurors[0]), Entry: w.entries[0].Entry, Kind: jury.Pin}),
		fault.ErrNotFound, "a juror who pins")
	w.want(wish(w.jurors[0], testkit.EntryRows{Entry: uuid.New()}, jury.Pin), fault.ErrNotFound, "an entry of nowhere")
	setup, err := w.svc.Setup(w.ctx, w.chair, w.rows.Challenge)
	w.must(err)
	if len(setup.Wishes) != 3 || len(setup.Entries) != 4 || len(setup.Jurors) != 4 || len(setup.Topics) != 1 {
		t.Errorf("%d wishes, %d entries, %d seats, %d topics", len(setup.Wishes), len(setup.Entries), len(setup.Jurors), len(setup.Topics))
	}
	_, err = w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.Even, K: 1})
	w.must(err)
	if !w.reads(w.jurors[0], w.entries[0]) || w.reads(w.jurors[1], w.entries[0]) || !w.reads(w.jurors[2], w.entries[1]) {
		t.Error("a pin, a forbid or a wish was not heeded")
	}
	w.must(w.svc.Declare(w.ctx, w.jurors[1], w.rows.Challenge, []uuid.UUID{w.entries[3].Team}))
	w.must(wish(w.jurors[1], w.entries[3], jury.Pin))
	if p := w.preview(jury.AssignRequest{Mode: jury.Even, K: 3}); len(p.Refused) != 1 || p.Refused[0].Name != "Juror 02" || p.Refused[0].Entry.Reference != "E-Team04" {
		t.Errorf("a pin against a conflict: %+v", p.Refused)
	}
	setup, err = w.svc.Setup(w.ctx, w.again(w.chair), w.rows.Challenge)
	w.must(err)
	if len(setup.Wishes) != 4 {
		t.Errorf("%d wishes", len(setup.Wishes))
	}
}

func TestLanguagesTagsAndLimitsOfJurorsDecide(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 4, 3)
	testkit.Exec(t, w.db, `update entries set language = 'ja' where id = $1`, w.entries[0].Entry)
	testkit.Exec(t, w.db, `update submissions set answers = jsonb_set(answers, '{stage}', '"idea"') where entry_id = $1`, w.entries[1].Entry)
	none, one := 0, 1
	edit := func(j authz.Actor, version int, e jury.SeatEdit) error {
		_, err := w.svc.EditSeat(w.ctx, w.chair, w.seat(j), version, e)
		return err
	}
	w.must(edit(w.jurors[0], 1, jury.SeatEdit{City: w.rows.City, Languages: []string{"ja", "en"}}))
	w.must(edit(w.jurors[1], 1, jury.SeatEdit{City: w.rows.City, Languages: []string{"en"}, Tags: []string{"stage/idea"}, Limit: &one}))
	w.must(edit(w.jurors[2], 1, jury.SeatEdit{Languages: []string{"en"}, Limit: &none}))
	w.want(edit(w.jurors[2], 1, jury.SeatEdit{}), fault.ErrStale, "an old version")
	w.want(edit(w.jurors[2], 2, jury.SeatEdit{Languages: []string{"xx"}}), fault.ErrInvalid, "a language that is none")
	_, err := w.svc.EditSeat(w.ctx, w.jurors[0], w.seat(w.jurors[0]), 2, jury.SeatEdit{})
	w.want(err, fault.ErrNotFound, "a juror who edits")
	p, err := w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.Even, K: 1, HostSeat: true})
	w.must(err)
	if !w.reads(w.jurors[0], w.entries[0]) || !w.reads(w.jurors[1], w.entries[1]) || len(p.Unmet) != 0 || !p.Proven {
		t.Errorf("neither language nor topic decided: %+v", p)
	}
	if p := w.preview(jury.AssignRequest{Mode: jury.Even, K: 2}); len(p.Unmet) != 3 || p.Unmet[0].Language != 2 || p.Unmet[1].Full != 2 {
		t.Errorf("limits: %+v", p.Unmet)
	}
	for _, l := range p.Loads {
		if l.Name == "Juror 02" && (l.Limit == nil || *l.Limit != 1 || l.After != 1) {
			t.Errorf("load %+v", l)
		}
	}
}

// A limit counts what the juror reads in the contest's other challenges.
func TestALimitIsForTheWholeContest(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3, 1)
	other := testkit.OpenChallenge(t, w.db, testkit.Named("other"), testkit.In(w.rows.ProgrammeRows), testkit.Opens(-1000), testkit.Closes(-1))
	elsewhere := testkit.Entered(t, w.db, other, "Elsewhere")
	two := 2
	_, err := w.svc.EditSeat(w.ctx, w.chair, w.seat(w.jurors[0]), 1, jury.SeatEdit{Limit: &two})
	w.must(err)
	testkit.Exec(t, w.db, `insert into assignments (id, entry_id, seat_id) values ($1, $2, $3)`, uuid.New(), elsewhere.Entry, w.seat(w.jurors[0]))
	if p := w.preview(jury.AssignRequest{Mode: jury.All}); p.Added != 1 || *p.Loads[0].Limit != 1 {
		t.Errorf("%d added, limit %v", p.Added, p.Loads[0].Limit)
	}
}

func TestAnImpossibleHostSeatIsNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 2)
	testkit.Exec(t, w.db, `update seats set city_id = null`)
	p := w.preview(jury.AssignRequest{Mode: jury.Even, K: 1, HostSeat: true})
	if p.Added != 2 || len(p.Waived) != 2 || p.Waived[0].Reference != "E-Team01" {
		t.Errorf("%d added, waived %+v", p.Added, p.Waived)
	}
	testkit.Exec(t, w.db, `update seats set city_id = $1 where id = $2`, w.rows.City, w.seat(w.jurors[0]))
	if p := w.preview(jury.AssignRequest{Mode: jury.Even, K: 1, HostSeat: true}); len(p.Waived) != 0 || p.Loads[0].After != 2 {
		t.Errorf("waived %+v, loads %+v", p.Waived, p.Loads)
	}
}

func TestUnconnectedPartsAreNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 4, 4)
	for i, e := range w.entries {
		for k, j := range w.jurors {
			if i/2 != k/2 {
				w.must(w.svc.SetWish(w.ctx, w.chair, w.rows.Challenge, jury.Wish{Seat: w.seat(j), Entry: e.Entry, Kind: jury.Forbid}))
			}
		}
	}
	p := w.preview(jury.AssignRequest{Mode: jury.Even, K: 2})
	if len(p.Parts) != 2 || p.Parts[0].Entries != 2 || len(p.Parts[0].Names) != 2 {
		t.Errorf("parts %+v", p.Parts)
	}
}

func TestTheSeedIsPublished(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 2)
	_, err := w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.Even, K: 1, Seed: "c0ffee"})
	w.must(err)
	made, err := w.svc.History(w.ctx, w.official, w.rows.Challenge)
	w.must(err)
	if len(made) != 1 || made[0].Seed != "c0ffee" || made[0].Added != 2 {
		t.Errorf("made %+v", made)
	}
	if w.count(`select count(*) from record_leaves l join record_openings o on o.leaf_id = l.id where l.kind = 'assignment' and convert_from(o.payload, 'utf8') like '%"seed":"c0ffee"%'`) != 1 {
		t.Error("the seed is not in the record")
	}
	_, err = w.svc.History(w.ctx, w.jurors[0], w.rows.Challenge)
	w.want(err, fault.ErrNotFound, "a juror who asks for the history")
}
