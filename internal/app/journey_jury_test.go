package app

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"fieldtrial/internal/httpapi/oapi/common"
)

// accept takes an invitation as an act: opening it accepts nothing.
func (w *world) accept(email, name string) caller {
	ctx := w.t.Context()
	token := w.secretIn(w.mail(email, "/invitation#"))
	look := val(w.nobody.want(200).LookAtInvitationWithResponse(ctx, common.MailedToken{Token: token})).JSON200
	if look.State != "open" || look.HasAccount || look.Email != email {
		w.t.Errorf("invitation %+v", look)
	}
	r := val(w.nobody.want(200).AcceptInvitationWithResponse(ctx, common.InvitationAcceptance{Token: token, Name: &name, Password: ptr(secret)})).JSON200
	return caller{w, r.Session.AccessToken}
}

func (w *world) invite(by caller, email string, role common.Role, kind common.ScopeKind, scope common.Id, l common.Lang) {
	val(by.want(201).CreateInvitationWithResponse(w.t.Context(), nil, common.InvitationDraft{Email: email, Language: l, Role: role, ScopeKind: kind, ScopeId: &scope}))
}

func (w *world) judge() {
	ctx, id := w.t.Context(), w.kadai.Id
	w.invite(w.admin, "ada@jury.example", "juror", "contest", w.contest.Id, "en")
	w.invite(w.chair, "jiro@jury.example", "juror", "contest", w.contest.Id, "ja")
	ada, jiro := w.accept("ada@jury.example", "Jury member A"), w.accept("jiro@jury.example", "Jury member B")
	val(ada.want(409, "challenge.still_open").ListJuryOrganisationsWithResponse(ctx, id))
	val(w.chair.want(409, "challenge.still_open").AssignJurorsWithResponse(ctx, id, nil, common.AssignRequest{Mode: "all"}))

	w.owner(`update challenges set opens_at = clock_timestamp() - interval '8 days', closes_at = clock_timestamp(),
		judging_ends_at = clock_timestamp() + interval '14 days', results_at = clock_timestamp() + interval '21 days' where id = $1`, id)
	e := w.entrants[0]
	val(e.owner.want(409, "entry.deadline_passed").SubmitEntryWithResponse(ctx, e.entry.Id, nil))
	val(e.owner.want(409, "entry.deadline_passed").SaveAnswersWithResponse(ctx, e.entry.Id, common.AnswerBatch{Answers: answers(e.entry)[:1]}))
	list := val(w.fujisawa.want(200).ListChallengeEntriesWithResponse(ctx, id, nil)).JSON200
	if list.Sealed || len(list.Items) != 3 || list.Numbers.Withdrawn != 1 {
		w.t.Errorf("after the deadline the official sees %+v", list)
	}

	even := val(w.chair.want(200).AssignJurorsWithResponse(ctx, id, nil, common.AssignRequest{Mode: "even", K: ptr(2), Preview: true})).JSON200
	if even.Applied || even.Added != 6 || len(even.Loads) != 3 || slices.ContainsFunc(even.Loads, func(l common.AssignLoad) bool { return l.After != 2 }) {
		w.t.Errorf("evenly by two: %+v", even)
	}
	all := val(w.chair.want(200).AssignJurorsWithResponse(ctx, id, &common.AssignJurorsParams{IdempotencyKey: ptr("all")}, common.AssignRequest{Mode: "all"})).JSON200
	if !all.Applied || all.Added != 9 || all.Entries != 3 {
		w.t.Errorf("everyone everything: %+v", all)
	}
	w.mail("jiro@jury.example", "3")

	w.declare(ada)
	for _, juror := range []caller{w.juror, jiro} {
		val(juror.want(204).DeclareConflictsWithResponse(ctx, id, common.JuryDeclaration{TeamIds: []uuid.UUID{}}))
	}
	w.score(w.juror, map[int]int{0: 5, 1: 3, 2: 2})
	w.score(jiro, map[int]int{0: 5, 1: 4, 2: 1})
	w.score(ada, map[int]int{0: 4, 2: 3})
	w.changeScore(ada)
	w.sealed(ada)
}

// declare makes a juror declare a conflict with the second team, before which there is nothing to
// read and after which that team is gone for her.
func (w *world) declare(ada caller) {
	ctx, id := w.t.Context(), w.kadai.Id
	duty := val(ada.want(200).GetJuryWithResponse(ctx)).JSON200.Items
	mine := duty[slices.IndexFunc(duty, func(d common.JuryDuty) bool { return d.ChallengeId == id })]
	if mine.State != "declare" || mine.Assigned != 3 {
		w.t.Errorf("before the declaration: %+v", mine)
	}
	val(ada.want(409, "jury.declare_first").GetJuryQueueWithResponse(ctx, id))
	val(ada.want(409, "jury.declare_first").GetAssignmentWithResponse(ctx, *mine.NextAssignmentId))
	orgs := val(ada.want(200).ListJuryOrganisationsWithResponse(ctx, id)).JSON200
	if len(orgs.Items) != 3 || orgs.Declared {
		w.t.Errorf("organisations %+v", orgs)
	}
	second := w.entrants[1]
	val(ada.want(204).DeclareConflictsWithResponse(ctx, id, common.JuryDeclaration{TeamIds: []uuid.UUID{second.team.Id}}))
	queue := val(ada.want(200).GetJuryQueueWithResponse(ctx, id))
	if len(queue.JSON200.Items) != 2 || strings.Contains(string(queue.Body), second.entry.Reference) || strings.Contains(string(queue.Body), second.team.Name) {
		w.t.Errorf("queue after a conflict: %s", queue.Body)
	}
	if left := val(ada.want(200).ListJuryOrganisationsWithResponse(ctx, id)).JSON200; len(left.Items) != 2 {
		w.t.Errorf("%d organisations after a conflict", len(left.Items))
	}
	if again := val(w.chair.want(200).AssignJurorsWithResponse(ctx, id, nil, common.AssignRequest{Mode: "all"})).JSON200; again.Added != 0 {
		w.t.Errorf("assigned again over a conflict: %+v", again)
	}
	for _, m := range val(w.chair.want(200).GetJuryProgressWithResponse(ctx, id)).JSON200.Jurors {
		if m.Name == "Jury member A" && (m.Conflicts != 1 || m.Assigned != 2 || !m.Declared) {
			w.t.Errorf("progress %+v", m)
		}
	}
}

func comment(value int) string {
	return fmt.Sprintf("The idea is clear and fits the street. What is missing is a plan for rain sensors in winter. (%d)", value)
}

func (w *world) draft(q *common.JuryQueue, value int) common.ReviewDraft {
	d := common.ReviewDraft{Language: "en", ToTeam: comment(value), ToJury: "Between us."}
	for _, c := range q.Criteria {
		d.Scores = append(d.Scores, common.ReviewScore{CriterionId: c.Id, Score: new(value)})
	}
	return d
}

// score gives each entrant's entry one value in every criterion.
func (w *world) score(juror caller, values map[int]int) {
	ctx := w.t.Context()
	queue := val(juror.want(200).GetJuryQueueWithResponse(ctx, w.kadai.Id)).JSON200
	if len(queue.Items) != len(values) || len(queue.Criteria) != 5 || queue.Criteria[0].Weight != 35 {
		w.t.Fatalf("queue %+v", queue)
	}
	for i, value := range values {
		e := w.entrants[i]
		item := queue.Items[slices.IndexFunc(queue.Items, func(x common.JuryQueueItem) bool { return x.Reference == e.entry.Reference })]
		desk := val(juror.want(200).GetAssignmentWithResponse(ctx, item.AssignmentId)).JSON200
		if desk.Review.Version != 0 || len(desk.Files) == 0 || len(desk.Answers) != 9 {
			w.t.Errorf("desk %+v", desk)
		}
		link := val(juror.want(200).LinkJuryFileWithResponse(ctx, item.AssignmentId, desk.Files[0].Id, nil)).JSON200
		if !strings.HasPrefix(link.Url, "/") {
			w.t.Errorf("file link %+v", link)
		}
		d := w.draft(queue, value)
		partly := d
		partly.Scores = d.Scores[:2]
		r := val(juror.want(200).SaveReviewWithResponse(ctx, item.AssignmentId, &common.SaveReviewParams{IfMatch: tag(0)}, partly)).JSON200
		val(juror.want(422, "request.invalid").SubmitReviewWithResponse(ctx, item.AssignmentId, &common.SubmitReviewParams{IfMatch: tag(r.Version)}))
		val(juror.want(412).SaveReviewWithResponse(ctx, item.AssignmentId, &common.SaveReviewParams{IfMatch: tag(r.Version + 7)}, d))
		r = val(juror.want(200).SaveReviewWithResponse(ctx, item.AssignmentId, &common.SaveReviewParams{IfMatch: tag(r.Version)}, d)).JSON200
		r = val(juror.want(200).SubmitReviewWithResponse(ctx, item.AssignmentId, &common.SubmitReviewParams{IfMatch: tag(r.Version)})).JSON200
		if r.State != "submitted" || r.Total == nil || *r.Total != float64(value*20) {
			w.t.Errorf("review %+v", r)
		}
	}
}

// changeScore raises one criterion of the first entry before the lock.
func (w *world) changeScore(juror caller) {
	ctx := w.t.Context()
	queue := val(juror.want(200).GetJuryQueueWithResponse(ctx, w.kadai.Id)).JSON200
	at := slices.IndexFunc(queue.Items, func(x common.JuryQueueItem) bool { return x.Reference == w.entrants[0].entry.Reference })
	d := w.draft(queue, 4)
	d.Scores[0].Score = new(5)
	a := queue.Items[at].AssignmentId
	v := val(juror.want(200).GetAssignmentWithResponse(ctx, a)).JSON200.Review.Version
	r := val(juror.want(200).SaveReviewWithResponse(ctx, a, &common.SaveReviewParams{IfMatch: tag(v)}, d)).JSON200
	if r.State != "changed" {
		w.t.Errorf("changed: %+v", r)
	}
	r = val(juror.want(200).SubmitReviewWithResponse(ctx, a, &common.SubmitReviewParams{IfMatch: tag(r.Version)})).JSON200
	if r.State != "submitted" || *r.Total != 87 { // 80 and 35 % of 20
		w.t.Errorf("submitted again: %+v", r)
	}
}
