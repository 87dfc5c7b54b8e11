package app

import (
	"strings"

	"github.com/google/uuid"

	"fieldtrial/internal/httpapi/oapi/common"
)

// trespass tries, while entries come in, what people must not see and do.
func (w *world) trespass() {
	ctx := w.t.Context()
	e, other := w.entrants[0], w.entrants[1].owner
	file := e.entry.Files[0].Id
	absent := string(val(other.want(404).GetEntryWithResponse(ctx, uuid.New())).Body)
	for what, body := range map[string][]byte{
		"entry":          val(other.want(404).GetEntryWithResponse(ctx, e.entry.Id)).Body,
		"to the admin":   val(w.admin.want(404).GetEntryWithResponse(ctx, e.entry.Id)).Body,
		"to a juror":     val(w.juror.want(404).GetEntryWithResponse(ctx, e.entry.Id)).Body,
		"team":           val(other.want(404).GetTeamWithResponse(ctx, e.team.Id)).Body,
		"receipt":        val(other.want(404).GetReceiptWithResponse(ctx, e.entry.Id)).Body,
		"upload":         val(other.want(404).GetUploadWithResponse(ctx, file)).Body,
		"file":           val(other.want(404).LinkFileWithResponse(ctx, file, common.FileLinkForm{Disposition: "view"})).Body,
		"answers":        val(other.want(404).SaveAnswersWithResponse(ctx, e.entry.Id, common.AnswerBatch{Answers: answers(e.entry)})).Body,
		"withdrawal":     val(other.want(404).WithdrawEntryWithResponse(ctx, e.entry.Id, nil)).Body,
		"numbers":        val(other.want(404).ListChallengeEntriesWithResponse(ctx, w.kadai.Id, nil)).Body,
		"to a neighbour": val(w.santander.want(404).ListChallengeEntriesWithResponse(ctx, w.kadai.Id, nil)).Body,
		"indicators":     val(other.want(404).ListIndicatorsWithResponse(ctx)).Body,
		"outbox":         val(other.want(404).ListNoticesWithResponse(ctx, nil)).Body,
		"people":         val(other.want(404).ListPeopleWithResponse(ctx, nil)).Body,
		"jury":           val(other.want(404).GetJuryQueueWithResponse(ctx, w.kadai.Id)).Body,
		"progress":       val(other.want(404).GetJuryProgressWithResponse(ctx, w.kadai.Id)).Body,
		"decision":       val(w.admin.want(404).GetDecisionWithResponse(ctx, w.kadai.Id)).Body,
		"results":        val(w.nobody.want(404).GetResultsWithResponse(ctx, w.kadai.Slug)).Body,
	} {
		if string(body) != absent {
			w.t.Errorf("%s: what is foreign answers %s, what is absent %s", what, body, absent)
		}
	}
	val(w.nobody.want(401).GetEntryWithResponse(ctx, e.entry.Id))
	val(caller{w, "not a token"}.want(401).GetMeWithResponse(ctx))
	val(e.owner.want(404).CreateCityWithResponse(ctx, nil, common.NewCity{Candidate: ptr("yokosuka")}))
	val(w.chair.want(404).CreateInvitationWithResponse(ctx, nil, common.InvitationDraft{Email: "x@y.example", Language: "en", Role: "admin", ScopeKind: "installation"}))

	// an official sees numbers before the deadline, not contents
	list := val(w.fujisawa.want(200).ListChallengeEntriesWithResponse(ctx, w.kadai.Id, nil))
	n := list.JSON200.Numbers
	if !list.JSON200.Sealed || len(list.JSON200.Items) != 0 || n.Submitted != 3 || n.Withdrawn != 1 || n.Started != 0 || strings.Contains(string(list.Body), teams[0].Name) {
		w.t.Errorf("before the deadline the official sees %s", list.Body)
	}
	val(w.fujisawa.want(404).GetEntryWithResponse(ctx, e.entry.Id))
}

// sealed checks that nobody reads the scores of others before the lock.
func (w *world) sealed(ada caller) {
	ctx, id := w.t.Context(), w.kadai.Id
	val(w.fujisawa.want(409, "jury.sealed").GetRankingWithResponse(ctx, id))
	val(w.fujisawa.want(409, "jury.sealed").GetMatrixWithResponse(ctx, id))
	val(w.fujisawa.want(409, "jury.sealed").GetDecisionWithResponse(ctx, id))
	val(ada.want(404).GetMatrixWithResponse(ctx, id))
	val(ada.want(404).GetRankingWithResponse(ctx, id))
	val(w.entrants[0].owner.want(409, "award.not_released").GetEntryResultWithResponse(ctx, w.entrants[0].entry.Id))
	theirs := val(w.juror.want(200).GetJuryQueueWithResponse(ctx, id)).JSON200.Items[0].AssignmentId
	val(ada.want(404).GetAssignmentWithResponse(ctx, theirs))
	val(ada.want(404).SaveReviewWithResponse(ctx, theirs, &common.SaveReviewParams{IfMatch: tag(2)}, common.ReviewDraft{Language: "en", Scores: []common.ReviewScore{}}))
	val(w.fujisawa.want(403).LockScoresWithResponse(ctx, id, common.LockRequest{}))
}
