package app

import (
	"strings"
	"sync"
	"time"

	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/client"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/record"
)

const secret = "correct horse battery staple"

// entrant is a team with its owner and its entry to Fujisawa's challenge.
type entrant struct {
	email string
	owner caller
	team  common.Team
	entry common.Entry
}

var teams = []common.TeamForm{
	{Name: "空気ラボ", LatinName: ptr("Kuki Lab"), Kind: "startup", Country: "JP", City: ptr("藤沢市"), Source: ptr("F6S")},
	{Name: "Sombra Labs", Kind: "startup", Country: "ES"},
	{Name: "=SUM(A1:A9)", Kind: "university", Country: "FR"}, // a name that a spreadsheet would run
	{Name: "Retirada SL", Kind: "startup", Country: "ES"},
}

func (w *world) enter() {
	ctx := w.t.Context()
	for i, form := range teams {
		e := &entrant{email: []string{"kuki@lab.example", "hola@sombra.example", "lab@univ.example", "hola@retirada.example"}[i]}
		e.owner = w.register(e.email, form.Name, []common.Lang{"ja", "es", "en", "es"}[i])
		e.team = w.teamOf(e.owner, form)
		e.entry = w.begin(e.owner, e.team, w.kadai.Slug)
		w.entrants = append(w.entrants, e)
	}
	first := w.entrants[0]
	w.autosave(first)
	w.upload(first)
	w.submitTwice(first)
	w.receipt(first)
	for _, e := range w.entrants[1:] {
		e.entry = w.send(e.owner, e.entry)
	}
	again := w.send(w.entrants[1].owner, w.begin(w.entrants[1].owner, w.entrants[1].team, w.reto.Slug))
	if again.Status != "submitted" {
		w.t.Errorf("the second entry is %s", again.Status)
	}
	gone := val(w.entrants[3].owner.want(200).WithdrawEntryWithResponse(ctx, w.entrants[3].entry.Id, nil)).JSON200
	if gone.Status != "withdrawn" {
		w.t.Errorf("withdrawn: %s", gone.Status)
	}
	w.mail(w.entrants[3].email, gone.Reference)
}

// register makes an account, confirms it with the mail that comes, and signs in.
func (w *world) register(email, name string, l common.Lang) caller {
	ctx := w.t.Context()
	form := common.Registration{Email: email, Name: name, Password: secret, Language: l}
	val(w.nobody.want(204).RegisterWithResponse(ctx, form))
	token := w.secretIn(w.mail(email, w.url))
	val(w.nobody.want(204).ConfirmEmailWithResponse(ctx, common.MailedToken{Token: token}))
	return w.signIn(email, secret)
}

// teamOf asks for the same team twenty times at once, with one Idempotency-Key.
func (w *world) teamOf(owner caller, form common.TeamForm) common.Team {
	ctx := w.t.Context()
	plain := val(client.NewClientWithResponses(w.url+httpapi.Base, client.WithHTTPClient(signed{owner.token})))
	ids := sync.Map{}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			r, err := plain.CreateTeamWithResponse(ctx, &common.CreateTeamParams{IdempotencyKey: ptr("a team")}, form)
			if err == nil && r.JSON201 != nil {
				ids.Store(r.JSON201.Id, *r.JSON201)
				return
			}
			w.t.Errorf("team: %v %s", err, r.Body)
		})
	}
	all.Wait()
	mine := val(owner.want(200).ListMyTeamsWithResponse(ctx, nil)).JSON200.Items
	if len(mine) != 1 {
		w.t.Fatalf("%d teams", len(mine))
	}
	if _, same := ids.Load(mine[0].Id); !same {
		w.t.Error("the answers name another team")
	}
	val(owner.want(409, "request.key_reused").CreateTeamWithResponse(ctx, &common.CreateTeamParams{IdempotencyKey: ptr("a team")}, common.TeamForm{Name: "Other", Kind: "group", Country: "ES"}))
	return mine[0]
}

func (w *world) begin(owner caller, team common.Team, slug string) common.Entry {
	ctx := w.t.Context()
	start := common.EntryStart{TeamId: team.Id, Language: "en"}
	e := val(owner.want(201).StartEntryWithResponse(ctx, slug, &common.StartEntryParams{IdempotencyKey: ptr("start " + slug)}, start)).JSON201
	val(owner.want(409, "entry.one_per_team").StartEntryWithResponse(ctx, slug, nil, start))
	return *e
}

// answers fills every field of the form that is not a file.
func answers(e common.Entry) []common.AnswerDraft {
	out := []common.AnswerDraft{}
	for _, f := range e.Fields {
		a := common.AnswerDraft{FieldId: f.Id}
		switch f.Kind {
		case "short", "long":
			a.Value = "街灯に **小さなセンサー** を付けます。" // the same in each
		case "choice":
			a.Value = f.Options[1].Key
		case "link":
			a.Value = "https://example.org/"
		default:
			continue
		}
		out = append(out, a)
	}
	return out
}

// autosave writes as two members of a team in turn: who types over an old text loses nothing, and
// writes over nothing.
func (w *world) autosave(e *entrant) {
	ctx := w.t.Context()
	val(e.owner.want(200).InviteTeamMemberWithResponse(ctx, e.team.Id, nil, common.TeamInvitationForm{Email: "second@lab.example", Role: "team_editor", Language: ptr(common.LangJa)}))
	second := w.accept("second@lab.example", "同僚")
	saved := val(e.owner.want(200).SaveAnswersWithResponse(ctx, e.entry.Id, common.AnswerBatch{Answers: answers(e.entry)})).JSON200
	if len(saved.Conflicts) != 0 || len(saved.Saved) != 9 || saved.Saved[0].Version != 1 || len(saved.Missing) != 1 {
		w.t.Fatalf("saved %d, conflicts %+v, missing %+v", len(saved.Saved), saved.Conflicts, saved.Missing)
	}
	title, summary := saved.Saved[0].FieldId, saved.Saved[1].FieldId
	late := val(second.want(200).SaveAnswersWithResponse(ctx, e.entry.Id, common.AnswerBatch{Answers: []common.AnswerDraft{
		{FieldId: title, Value: "typed over nothing", Version: 0}, {FieldId: summary, Value: "よりよい概要", Version: 1}}})).JSON200
	if len(late.Conflicts) != 1 || late.Conflicts[0].FieldId != title || late.Conflicts[0].Value != answers(e.entry)[0].Value || len(late.Saved) != 1 || late.Saved[0].Version != 2 {
		w.t.Errorf("a second writer: %+v", late)
	}
	val(e.owner.want(422, "entry.incomplete").SubmitEntryWithResponse(ctx, e.entry.Id, nil))
}

// send fills and submits a small entry.
func (w *world) send(owner caller, e common.Entry) common.Entry {
	ctx := w.t.Context()
	val(owner.want(200).SaveAnswersWithResponse(ctx, e.Id, common.AnswerBatch{Answers: answers(e)}))
	w.put(owner, e, "pitch-document", "pitch.pdf", "application/pdf", pdf)
	return *val(owner.want(200).SubmitEntryWithResponse(ctx, e.Id, nil)).JSON200
}

func (w *world) submitTwice(e *entrant) {
	ctx := w.t.Context()
	sent := val(e.owner.want(200).SubmitEntryWithResponse(ctx, e.entry.Id, &common.SubmitEntryParams{IdempotencyKey: ptr("send 1")})).JSON200
	if sent.Status != "submitted" || sent.LastSubmission.Number != 1 || !strings.HasPrefix(sent.Reference, "FT-") || len(sent.Missing) != 0 {
		w.t.Fatalf("submitted: %s %+v %+v", sent.Status, sent.LastSubmission, sent.Missing)
	}
	edited := val(e.owner.want(200).SaveAnswersWithResponse(ctx, e.entry.Id, common.AnswerBatch{Answers: []common.AnswerDraft{{FieldId: sent.Fields[0].Id, Value: "街灯で測る空気", Version: 1}}})).JSON200
	now := val(e.owner.want(200).GetEntryWithResponse(ctx, e.entry.Id)).JSON200
	if !edited.ChangesNotSubmitted || now.Status != "changes_not_submitted" {
		w.t.Errorf("after an edit: %v %s", edited.ChangesNotSubmitted, now.Status)
	}
	sent = val(e.owner.want(200).SubmitEntryWithResponse(ctx, e.entry.Id, &common.SubmitEntryParams{IdempotencyKey: ptr("send 2")})).JSON200
	if sent.Status != "submitted" || sent.LastSubmission.Number != 2 {
		w.t.Errorf("again: %s %+v", sent.Status, sent.LastSubmission)
	}
	e.entry = *sent
	for _, to := range []string{e.email, "second@lab.example"} {
		if m := w.mail(to, sent.Reference); !strings.Contains(m.Subject, "応募を受け付けました") || !strings.Contains(m.Text, kadaiText.Title) {
			w.t.Errorf("%s: %s\n%s", to, m.Subject, m.Text)
		}
	}
	list := val(e.owner.want(200).ListMyEntriesWithResponse(ctx, nil)).JSON200
	if len(list.Items) != 1 || list.Items[0].Reference != sent.Reference || list.Items[0].Next.What != "closes" {
		w.t.Errorf("my entries %+v", list.Items)
	}
}

// receipt waits for the signed checkpoint and checks the receipt with the published key.
func (w *world) receipt(e *entrant) {
	ctx := w.t.Context()
	plain := val(client.NewClientWithResponses(w.url+httpapi.Base, client.WithHTTPClient(signed{e.owner.token})))
	var file []byte
	w.until("the receipt", time.Minute, func() bool {
		r := val(plain.GetReceiptWithResponse(ctx, e.entry.Id))
		file = r.Body
		return r.StatusCode() == 200
	})
	key := val(w.nobody.want(200).GetRecordKeyWithResponse(ctx)).JSON200
	proved, err := record.Verify(file, record.Options{Key: key.VerifierKey})
	if err != nil || proved.Kind != record.KindEntryReceived || !strings.Contains(string(proved.Payload), e.entry.Id.String()) {
		w.t.Errorf("receipt: %v %s %s", err, proved.Kind, proved.Payload)
	}
	if _, err := record.Verify([]byte(strings.Replace(string(file), e.entry.Id.String(), w.kadai.Id.String(), 1)), record.Options{Key: key.VerifierKey}); err == nil {
		w.t.Error("a receipt for another entry is sound")
	}
}
