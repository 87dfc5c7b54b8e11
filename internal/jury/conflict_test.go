package jury_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/testkit"
)

func TestBeforeTheDeadlineThereIsNothingToSee(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 1, testkit.Closes(time.Hour))
	j := w.jurors[0]
	duties, err := w.svc.Overview(w.ctx, j)
	w.must(err)
	if len(duties) != 1 || duties[0].State != jury.Upcoming {
		t.Errorf("overview %+v", duties)
	}
	_, err = w.svc.Organisations(w.ctx, j, w.rows.Challenge)
	w.want(err, contest.ErrStillOpen, "organisations")
	w.want(w.svc.Declare(w.ctx, j, w.rows.Challenge, nil), contest.ErrStillOpen, "declare")
	_, err = w.svc.Queue(w.ctx, j, w.rows.Challenge)
	w.want(err, contest.ErrStillOpen, "queue")
	_, err = w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.All})
	w.want(err, contest.ErrStillOpen, "assign")
	_, err = w.svc.Lock(w.ctx, w.chair, w.rows.Challenge, true)
	w.want(err, contest.ErrStillOpen, "lock")
}

func TestConflictsComeBeforeContent(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3, 2)
	w.assignAll()
	j := w.jurors[0]
	desk := w.desk(j, w.entries[0])
	_, err := w.svc.Queue(w.ctx, j, w.rows.Challenge)
	w.want(err, jury.ErrDeclareFirst, "queue")
	_, err = w.svc.Assignment(w.ctx, j, desk)
	w.want(err, jury.ErrDeclareFirst, "assignment")
	_, err = w.svc.FileLink(w.ctx, j, desk, w.entries[0].File, entry.Inline)
	w.want(err, jury.ErrDeclareFirst, "file")
	_, err = w.svc.SaveReview(w.ctx, j, desk, 0, w.draft(1, 1, 1))
	w.want(err, jury.ErrDeclareFirst, "review")

	orgs, err := w.svc.Organisations(w.ctx, j, w.rows.Challenge)
	w.must(err)
	if len(orgs.Items) != 3 || orgs.Declared || orgs.Items[0].Name != "Team01" {
		t.Errorf("organisations %+v", orgs)
	}
	w.want(w.svc.Declare(w.ctx, j, w.rows.Challenge, []uuid.UUID{uuid.New()}), fault.ErrInvalid, "a team that did not enter")
	w.must(w.svc.Declare(w.ctx, j, w.rows.Challenge, []uuid.UUID{w.entries[0].Team}))
	queue, err := w.svc.Queue(w.ctx, w.again(j), w.rows.Challenge)
	w.must(err)
	if len(queue.Items) != 2 {
		t.Errorf("%d in the queue, want 2", len(queue.Items))
	}
	if kept := queue.KeepUntil.Sub(queue.Challenge.Dates.Results); kept <= 0 || kept%(24*time.Hour) != 0 {
		t.Errorf("what is taken along is kept %s beyond the results, want the days of the standstill", kept)
	}
}

func TestWhoIsInConflictIsBlindEverywhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3, 2)
	w.assignAll()
	w.declareAll()
	j, e := w.jurors[0], w.entries[1]
	desk := w.desk(j, e)
	w.judge(j, e, 5, 5, 5)
	w.must(w.svc.Declare(w.ctx, j, w.rows.Challenge, []uuid.UUID{e.Team}))
	j = w.again(j)

	_, err := w.svc.Assignment(w.ctx, j, desk)
	w.want(err, fault.ErrNotFound, "assignment")
	_, err = w.svc.FileLink(w.ctx, j, desk, e.File, entry.Inline)
	w.want(err, fault.ErrNotFound, "file")
	_, err = w.svc.SaveReview(w.ctx, j, desk, 1, w.draft(1, 1, 1))
	w.want(err, fault.ErrNotFound, "save")
	_, err = w.svc.SubmitReview(w.ctx, j, desk, 1)
	w.want(err, fault.ErrNotFound, "submit")
	w.want(w.svc.Recuse(w.ctx, j, desk, "again"), fault.ErrNotFound, "recuse again")
	duties, err := w.svc.Overview(w.ctx, j)
	w.must(err)
	if d := duties[0]; d.Assigned != 2 || d.Submitted != 0 {
		t.Errorf("counts %+v", d)
	}
	orgs, err := w.svc.Organisations(w.ctx, j, w.rows.Challenge)
	w.must(err)
	if len(orgs.Items) != 2 {
		t.Errorf("%d organisations, want 2", len(orgs.Items))
	}
	if n := w.leaves("recusal"); n != 1 {
		t.Errorf("%d recusals on record", n)
	}
	again, err := w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.All})
	w.must(err)
	if again.Added != 0 {
		t.Error("a pair in conflict was assigned again")
	}
	if _, err := w.svc.Lock(w.ctx, w.chair, w.rows.Challenge, true); err == nil {
		t.Error("the review of somebody in conflict was counted")
	} else {
		w.want(err, jury.ErrNoReviews, "lock")
	}
}

func TestAChairInConflictSeesOneEntryLess(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3, 3)
	w.must(w.svc.Declare(w.ctx, w.chair, w.rows.Challenge, []uuid.UUID{w.entries[0].Team}))
	w.chair = w.again(w.chair)
	plan, err := w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.All})
	w.must(err)
	if plan.Entries != 2 || plan.Added != 6 || plan.Loads[0].After != 2 {
		t.Errorf("plan %+v", plan)
	}
	if n := w.count(`select count(*) from assignments where entry_id = $1`, w.entries[0].Entry); n != 3 {
		t.Errorf("the hidden entry has %d jurors, want 3", n)
	}
	w.declareAll()
	for _, j := range w.jurors {
		for i, e := range w.entries {
			w.judge(j, e, 5-i, 5-i, 5-i)
		}
	}
	p, err := w.svc.Progress(w.ctx, w.chair, w.rows.Challenge)
	w.must(err)
	if p.Entries != 2 || p.Jurors[0].Assigned != 2 || p.Jurors[0].Submitted != 2 {
		t.Errorf("progress %+v", p.Jurors[0])
	}
	m, err := w.svc.Matrix(w.ctx, w.chair, w.rows.Challenge)
	w.must(err)
	r, err := w.svc.Ranking(w.ctx, w.chair, w.rows.Challenge)
	w.must(err)
	if len(m.Rows) != 2 || len(r.Rows) != 2 || r.Rows[0].Rank != 1 || r.Rows[1].Rank != 2 || r.Rows[0].Entry != w.entries[1].Entry {
		t.Errorf("matrix %d rows, ranking %+v", len(m.Rows), r.Rows)
	}
	_, err = w.svc.Lock(w.ctx, w.chair, w.rows.Challenge, false)
	w.must(err)
	var hidden uuid.UUID
	w.must(w.db.Pool().QueryRow(w.ctx, `select id from reviews where entry_id = $1 limit 1`, w.entries[0].Entry).Scan(&hidden))
	w.want(w.svc.Reopen(w.ctx, w.chair, hidden, "why"), fault.ErrNotFound, "reopen")
}

func TestAMemberOfATeamNeverJudgesIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2, 1)
	j := w.jurors[0]
	testkit.Exec(t, w.db, `insert into grants (id, person_id, role, scope_kind, scope_id) values ($1, $2, 'team_viewer', 'team', $3)`,
		testkit.NewID(), j.PersonID, w.entries[0].Team)
	j = w.again(j)
	w.assignAll()
	if n := w.count(`select count(*) from assignments where entry_id = $1`, w.entries[0].Entry); n != 0 {
		t.Error("assigned to a member of the team")
	}
	orgs, err := w.svc.Organisations(w.ctx, j, w.rows.Challenge)
	w.must(err)
	if !orgs.Items[0].Own || orgs.Items[1].Own {
		t.Errorf("own teams %+v", orgs.Items)
	}
	w.must(w.svc.Declare(w.ctx, j, w.rows.Challenge, nil))
	if !w.again(j).Excluded[w.entries[0].Entry] {
		t.Error("not excluded from the own team's entry")
	}
}

func TestRecusalFreesTheSeatAndCountsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, 3)
	_, err := w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.Even, K: 2, Seed: "00"})
	w.must(err)
	w.declareAll()
	for _, j := range w.jurors {
		if w.count(`select count(*) from assignments a join seats s on s.id = a.seat_id where s.person_id = $1`, j.PersonID) == 0 {
			continue
		}
		w.want(w.svc.Recuse(w.ctx, j, w.desk(j, w.entries[0]), "  "), fault.ErrInvalid, "without a reason")
		w.must(w.svc.Recuse(w.ctx, j, w.desk(j, w.entries[0]), "I advise this team."))
		break
	}
	again, err := w.svc.Assign(w.ctx, w.chair, w.rows.Challenge, jury.AssignRequest{Mode: jury.Even, K: 2})
	w.must(err)
	if again.Added != 1 || len(again.Unmet) != 0 {
		t.Errorf("topping up %+v", again)
	}
}

func TestStrangersFindNoJury(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, 1)
	w.assignAll()
	w.declareAll()
	desk := w.desk(w.jurors[0], w.entries[0])
	other := w.seated("Another Juror", authz.Juror)
	w.must(w.svc.Declare(w.ctx, other, w.rows.Challenge, nil))
	admin := testkit.Person(t, w.db, "An Admin", authz.Grant{Role: authz.Admin, Kind: authz.Installation})
	owner := w.entries[0].Owner
	for name, a := range map[string]authz.Actor{"another juror": other, "an admin": admin, "the team": owner, "an official": w.official} {
		_, err := w.svc.Assignment(w.ctx, a, desk)
		w.want(err, fault.ErrNotFound, name+" reads an assignment")
		_, err = w.svc.SaveReview(w.ctx, a, desk, 0, w.draft(1, 1, 1))
		w.want(err, fault.ErrNotFound, name+" scores")
		_, err = w.svc.FileLink(w.ctx, a, desk, w.entries[0].File, entry.Inline)
		w.want(err, fault.ErrNotFound, name+" opens a file")
	}
	for name, a := range map[string]authz.Actor{"an admin": admin, "the team": owner, "an official": w.official} {
		_, err := w.svc.Organisations(w.ctx, a, w.rows.Challenge)
		w.want(err, fault.ErrNotFound, name+" lists organisations")
	}
	for name, a := range map[string]authz.Actor{"a juror": other, "the team": owner} {
		_, err := w.svc.Progress(w.ctx, a, w.rows.Challenge)
		w.want(err, fault.ErrNotFound, name+" sees progress")
		_, err = w.svc.Assign(w.ctx, a, w.rows.Challenge, jury.AssignRequest{Mode: jury.All})
		w.want(err, fault.ErrNotFound, name+" assigns")
		_, err = w.svc.Ranking(w.ctx, a, w.rows.Challenge)
		w.want(err, fault.ErrNotFound, name+" ranks")
		_, err = w.svc.Lock(w.ctx, a, w.rows.Challenge, true)
		w.want(err, fault.ErrNotFound, name+" locks")
	}
	for name, a := range map[string]authz.Actor{"an admin": admin, "an official": w.official} {
		_, err := w.svc.Assign(w.ctx, a, w.rows.Challenge, jury.AssignRequest{Mode: jury.All})
		w.want(err, fault.ErrForbidden, name+" assigns")
		_, err = w.svc.Lock(w.ctx, a, w.rows.Challenge, true)
		w.want(err, fault.ErrForbidden, name+" locks")
	}
	_, err := w.svc.FileLink(w.ctx, w.jurors[0], desk, uuid.New(), entry.Inline)
	w.want(err, fault.ErrNotFound, "a file of another entry")
	link, err := w.svc.FileLink(w.ctx, w.jurors[0], desk, w.entries[0].File, entry.Inline)
	if err != nil || link.URL == "" {
		t.Errorf("own file: %v", err)
	}
}
