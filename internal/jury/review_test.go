package jury_test

import (
	"encoding/json"
	"errors"
	"math"
	"sync"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/testkit"
)

func TestADraftMayBePartialAndASubmissionMayNot(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, 1)
	w.assignAll()
	w.declareAll()
	j, desk := w.jurors[0], w.desk(w.jurors[0], w.entries[0])
	partial := jury.Draft{Scores: score.Sheet{w.rows.Criteria["impact"]: 4}, Language: "ja"}
	r, err := w.svc.SaveReview(w.ctx, j, desk, 0, partial)
	w.must(err)
	if r.Version != 1 || r.State != jury.Drafted || r.Total != nil || r.Language != "ja" {
		t.Errorf("saved %+v", r)
	}
	if again, err := w.svc.SaveReview(w.ctx, j, desk, 0, partial); err != nil || again.Version != 1 {
		t.Errorf("the same draft again: %+v %v", again, err)
	}
	_, err = w.svc.SaveReview(w.ctx, j, desk, 0, w.draft(1, 1, 1))
	w.want(err, fault.ErrStale, "over an older version")
	_, err = w.svc.SubmitReview(w.ctx, j, desk, 1)
	got := fields(err)
	if got["/scores/"+w.rows.Criteria["fit"].String()] != "required" || got["/scores/"+w.rows.Criteria["team"].String()] != "required" ||
		got["/toTeam"] != "required" || len(got) != 3 {
		t.Errorf("submitting a part: %v", got)
	}
	short := w.draft(4, 3, 2)
	short.ToTeam = "Nice, but too short" // 19 characters
	r, err = w.svc.SaveReview(w.ctx, j, desk, 1, short)
	w.must(err)
	_, err = w.svc.SubmitReview(w.ctx, j, desk, r.Version)
	if got := fields(err); got["/toTeam"] != "too_short" || len(got) != 1 {
		t.Errorf("a short comment: %v", got)
	}
	short.ToTeam = "提案の狙いと実証の手順がはっきりしています。"
	r, err = w.svc.SaveReview(w.ctx, j, desk, r.Version, short)
	w.must(err)
	_, err = w.svc.SubmitReview(w.ctx, j, desk, r.Version-1)
	w.want(err, fault.ErrStale, "submitting another version than saved")
	r, err = w.svc.SubmitReview(w.ctx, j, desk, r.Version)
	w.must(err)
	if r.State != jury.Submitted || r.SubmittedAt == nil || math.Abs(*r.Total-(40+18+8)) > 1e-9 {
		t.Errorf("submitted %+v", r)
	}
	outside := w.draft(6, -1, 2)
	_, err = w.svc.SaveReview(w.ctx, j, desk, r.Version, outside)
	if got := fields(err); got["/scores/"+w.rows.Criteria["impact"].String()] != "too_large" || got["/scores/"+w.rows.Criteria["fit"].String()] != "too_small" {
		t.Errorf("outside the scale: %v", got)
	}
}

func fields(err error) map[string]string {
	out := map[string]string{}
	var f *fault.Error
	if errors.As(err, &f) {
		for _, x := range f.Fields {
			out[x.Pointer] = x.Code
		}
	}
	return out
}

func TestASubmittedReviewMayChangeUntilTheLockAndVersionsAreKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, 1)
	w.assignAll()
	w.declareAll()
	j, e := w.jurors[0], w.entries[0]
	desk := w.desk(j, e)
	first := w.judge(j, e, 5, 5, 5)
	r, err := w.svc.SaveReview(w.ctx, j, desk, first.Version, w.draft(1, 1, 1))
	w.must(err)
	if r.State != jury.Changed {
		t.Errorf("edited after submission: %s", r.State)
	}
	standing := func() float64 {
		r, err := w.svc.Ranking(w.ctx, w.chair, w.rows.Challenge)
		w.must(err)
		return r.Rows[0].Mean
	}
	if m := standing(); m != 100 {
		t.Errorf("what is not submitted counts: mean %v", m)
	}
	if _, err := w.svc.SubmitReview(w.ctx, j, desk, r.Version); err != nil {
		t.Fatal(err)
	}
	if _, err := w.svc.SubmitReview(w.ctx, j, desk, r.Version); err != nil {
		t.Errorf("the same submission again: %v", err)
	}
	if m := standing(); m != 20 {
		t.Errorf("mean %v after the change, want 20", m)
	}
	if n := w.count(`select count(*) from review_versions`); n != 2 {
		t.Errorf("%d versions kept, want 2", n)
	}
	if n := w.leaves("review.submitted"); n != 2 {
		t.Errorf("%d leaves, want 2", n)
	}
	var payload []byte
	w.must(w.db.Pool().QueryRow(w.ctx, `select o.payload from record_openings o join record_leaves l on l.id = o.leaf_id
		where l.kind = 'review.submitted' order by l.id limit 1`).Scan(&payload))
	var p struct {
		Entry, Juror, Comment string
		Rubric                int
		Scores                map[string]int
	}
	w.must(json.Unmarshal(payload, &p))
	if p.Entry != e.Entry.String() || p.Scores["impact"] != 5 || p.Rubric != 1 || len(p.Comment) != 44 || p.Juror == "" || p.Juror == j.PersonID.String() {
		t.Errorf("payload %s", payload)
	}
	for _, sql := range []string{`update review_versions set total = 100`, `delete from review_versions`} {
		if _, err := w.db.Pool().Exec(w.ctx, sql); err == nil {
			t.Errorf("the runtime role may %s", sql)
		}
	}
}

func TestTwoTabsDoNotOverwriteEachOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, 1)
	w.assignAll()
	w.declareAll()
	j, desk := w.jurors[0], w.desk(w.jurors[0], w.entries[0])
	errs := make([]error, 8)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() { _, errs[i] = w.svc.SaveReview(w.ctx, j, desk, 0, w.draft(i%6, i/6, 2)) })
	}
	wg.Wait()
	saved := 0
	for _, err := range errs {
		if err == nil {
			saved++
		} else {
			w.want(err, fault.ErrStale, "the slower tab")
		}
	}
	if saved != 1 {
		t.Errorf("%d first saves, want 1", saved)
	}
}

func TestBlindJudgingHidesWhoseEntryItIs(t *testing.T) {
	t.Parallel()
	for _, blind := range []bool{false, true} {
		opts := []testkit.ChallengeOption{}
		name, file := "Team01", "pitch.pdf"
		if blind {
			opts = append(opts, testkit.Blind())
			name, file = "", ""
		}
		w := newWorld(t, 1, 1, opts...)
		w.assignAll()
		w.declareAll()
		a, err := w.svc.Assignment(w.ctx, w.jurors[0], w.desk(w.jurors[0], w.entries[0]))
		w.must(err)
		q, err := w.svc.Queue(w.ctx, w.jurors[0], w.rows.Challenge)
		w.must(err)
		if a.Content.Team.Name != name || a.Content.Files[0].Name != file || q.Items[0].Entry.TeamName != name || (a.Content.Team.ID == uuid.Nil) != blind {
			t.Errorf("blind %v: %+v, %+v", blind, a.Content, q.Items)
		}
		if a.Title != "The plan of Team01" || len(a.Content.Answers) != 3 || a.Content.Files[0].State != "clean" {
			t.Errorf("blind %v: content %+v", blind, a.Content)
		}
	}
}
