package entry

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/seen"
)

// View is an entry as one actor may see it.
type View struct {
	ID         uuid.UUID
	Reference  string
	Challenge  contest.Challenge
	Cities     []CityMark // the lead first
	Phase      contest.Phase
	Team       TeamMark
	Language   lang.Tag
	Status     Status
	Next       Next
	Version    int
	Unsent     bool // edited since the last submission
	OnceSigned bool // the actor's address is not confirmed yet
	Form       []contest.Field
	FormNow    int // version of the form
	FormSeen   int // the one the team saw last
	Dropped    []DroppedAnswer
	Sections   []Section
	Answers    []Answer
	Files      []File // with earlier versions and, for the team, what was submitted and taken out since
	Window     Window // until when this team may send, and its files may follow
	Missing    []fault.Field
	Submission *Submission
	ChangedAt  time.Time
	Now        time.Time
	Allowed    []authz.Action
	Official   Official // empty but for the team
	Stage      *Stage   // nil but for the team
}

// Get reads an entry: its team sees the draft as it stands, and the people who run the challenge
// see, after the deadline, what was submitted.
func (s *Service) Get(ctx context.Context, actor authz.Actor, id uuid.UUID) (View, error) {
	q := s.db.Pool()
	r, err := read(ctx, q, id)
	if err != nil {
		return View{}, err
	}
	c, err := contest.Load(ctx, q, r.Challenge)
	if err != nil {
		return View{}, err
	}
	now, err := s.db.Now(ctx)
	if err != nil {
		return View{}, err
	}
	scope := r.scope(c)
	own := actor.May(authz.SeeEntry, scope)
	if !own {
		if err := actor.Require(authz.SeeSubmitted, scope); err != nil || r.Submission == nil || c.BlindTo(actor) {
			return View{}, hidden(actor)
		}
		sealed, err := Sealed(ctx, q, c, now)
		if err != nil {
			return View{}, err
		}
		if sealed {
			return View{}, hidden(actor)
		}
		if err := seen.Note(ctx, q, actor, scope, seen.Entry, nil, id); err != nil {
			return View{}, err
		}
	}
	form, err := contest.Form(ctx, q, c.ID)
	if err != nil {
		return View{}, err
	}
	dropped, err := contest.DroppedFields(ctx, q, c.ID)
	if err != nil {
		return View{}, err
	}
	stands, list, _, err := standing(ctx, q, id)
	if err != nil {
		return View{}, err
	}
	w := r.window(c)
	var cities []CityMark
	if err := q.QueryRow(ctx, `select `+selectCities+` from challenges c where c.id = $1`, c.ID).Scan(&cities); err != nil {
		return View{}, err
	}
	v := View{
		ID: id, Reference: r.Reference, Challenge: c, Cities: cities, Phase: c.Phase(now), Team: r.Team, Language: r.Language,
		Version: r.Version, Form: form, Submission: r.Submission, ChangedAt: r.ChangedAt, Now: now, Window: w,
	}
	if v.FormSeen, v.FormNow, err = formSeen(ctx, q, id); err != nil {
		return View{}, err
	}
	if own {
		v.Unsent, v.Answers = r.unsent(), list
		if v.Files, err = listed(ctx, q, r); err != nil {
			return View{}, err
		}
		v.OnceSigned = !actor.Confirmed
		if v.Missing, err = lacking(ctx, q, c.ID, id, form, stands); err != nil {
			return View{}, err
		}
		v.Allowed = allowed(actor, scope, r, w.phase(c, now))
		if stands, err = s.official(ctx, actor, scope, &v, stands); err != nil {
			return View{}, err
		}
	} else if stands, err = s.asSent(ctx, &v, form, dropped); err != nil {
		return View{}, err
	}
	v.Sections, v.Dropped = sections(form, stands), droppedAnswers(dropped, stands)
	dates := c.Dates
	dates.Closes = w.Last()
	phase := w.phase(c, now)
	v.Status = statusOf(r.State, v.Unsent, phase)
	v.Next = nextOf(v.Status, phase, dates)
	if own {
		known, err := toldOf(ctx, q, []uuid.UUID{id})
		if err != nil {
			return View{}, err
		}
		stage := place{now, v.Status, v.Phase, c.Dates, w.Last(), known[id]}.stage()
		v.Stage = &stage
	}
	return v, nil
}

// hidden is the one answer for an entry that the actor may not see and for one that is not there.
func hidden(actor authz.Actor) error {
	if !actor.SignedIn() {
		return fault.ErrSignIn
	}
	return fault.ErrNotFound
}

// asSent puts the last submission in the place of the draft.
func (s *Service) asSent(ctx context.Context, v *View, form, dropped []contest.Field) (Standing, error) {
	sent, err := s.sentStanding(ctx, v.Submission.ID, slices.Concat(form, dropped))
	if err != nil {
		return Standing{}, err
	}
	for _, f := range form {
		if value, ok := sent.Answers[f.ID]; ok {
			v.Answers = append(v.Answers, Answer{FieldID: f.ID, Value: value, UpdatedAt: v.Submission.At})
		}
		v.Files = append(v.Files, sent.Files[f.ID]...)
	}
	v.ChangedAt = v.Submission.At
	return sent, nil
}

func (s *Service) sentStanding(ctx context.Context, submission uuid.UUID, form []contest.Field) (Standing, error) {
	sent, err := sentContent(ctx, s.db.Pool(), submission)
	if err != nil {
		return Standing{}, err
	}
	ids := make([]uuid.UUID, 0, len(sent.Files))
	for _, f := range sent.Files {
		ids = append(ids, f.ID)
	}
	files, err := filesByID(ctx, s.db.Pool(), ids)
	if err != nil {
		return Standing{}, err
	}
	out := Standing{Answers: map[uuid.UUID]string{}, Files: map[uuid.UUID][]File{}}
	for _, f := range form {
		if v, ok := sent.Answers[f.Key]; ok {
			out.Answers[f.ID] = v
		}
	}
	for _, f := range files {
		out.Files[f.Field] = append(out.Files[f.Field], f)
	}
	return out, nil
}

// allowed is what the actor may do with the entry as it is now, for allowedActions.
func allowed(actor authz.Actor, scope authz.Scope, r row, p contest.Phase) []authz.Action {
	list := []authz.Action{authz.SeeEntry}
	if p == contest.Open {
		if r.State != StateWithdrawn {
			list = append(list, authz.EditEntry, authz.SubmitEntry)
		}
		if r.State != StateDraft {
			list = append(list, authz.WithdrawEntry)
		}
	}
	if r.Submission != nil {
		list = append(list, authz.SeeReceipt)
	}
	return actor.Allowed(scope, list...)
}
