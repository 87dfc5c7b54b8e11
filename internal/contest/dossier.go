package contest

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/city"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// Dossier is everything that is known of a challenge: what its page shows and what its authors
// work on.
type Dossier struct {
	Challenge
	Edition  Edition
	Hosts    []city.City // the lead first
	Texts    Texts
	Tags     []string
	OwnDates OwnDates
	Testbeds []city.Testbed
	Rubric   []Criterion
	Form     []Field
	Acts     []Act
	// TermsKey names one of TermsTemplates; empty until it is chosen.
	TermsKey    string
	Agency      string // that published an imported challenge first; empty elsewhere
	SourceURL   string // its page there
	Eligibility []Question
	PublishAt   *time.Time // an approved challenge publishes itself then
	sentBy      uuid.UUID
	Now         time.Time // the database's clock when it was read
}

// OwnDates are the dates that a challenge sets for itself; nil takes the contest's.
type OwnDates struct{ Opens, Closes, JudgingEnds, Results *time.Time }

// Act is one recorded act of the approval.
type Act struct {
	Kind   string // sent, returned, approved, published
	At     time.Time
	By     string // name of the account, empty when it is gone
	Reason string
}

// Public reads a published challenge for anybody.
func (s *Service) Public(ctx context.Context, slug string) (Dossier, error) {
	id, err := IDBySlug(ctx, s.db.Pool(), slug)
	if err != nil {
		return Dossier{}, err
	}
	d, err := readDossier(ctx, s.db.Pool(), id)
	if err == nil && d.PublishedAt == nil {
		err = fault.ErrNotFound
	}
	return d, err
}

// Dossier reads a challenge for those who work on it.
func (s *Service) Dossier(ctx context.Context, actor authz.Actor, id uuid.UUID) (Dossier, error) {
	d, err := readDossier(ctx, s.db.Pool(), id)
	if err != nil {
		return Dossier{}, err
	}
	return d, actor.Require(authz.SeeChallengeDraft, d.Scope())
}

func readDossier(ctx context.Context, q database.Queryer, id uuid.UUID) (Dossier, error) {
	var d Dossier
	var err error
	step := func(f func() error) {
		if err == nil {
			err = f()
		}
	}
	step(func() error { d.Challenge, err = Load(ctx, q, id); return err })
	step(func() error { return d.readRest(ctx, q) })
	step(func() error { d.Edition, err = editionByID(ctx, q, d.ContestID); return err })
	step(func() error { d.Texts, err = readTexts(ctx, q, id); return err })
	step(func() error { d.Rubric, err = Rubric(ctx, q, id); return err })
	step(func() error { d.Form, err = Form(ctx, q, id); return err })
	step(func() error {
		known, err := city.ByIDs(ctx, q, d.Cities)
		for _, c := range d.Cities {
			d.Hosts = append(d.Hosts, known[c])
		}
		return err
	})
	return d, err
}

func (d *Dossier) readRest(ctx context.Context, q database.Queryer) error {
	var tags, acts, questions []byte
	var testbeds []uuid.UUID
	var sentBy *uuid.UUID
	err := q.QueryRow(ctx, `
		select c.tags, c.opens_at, c.closes_at, c.judging_ends_at, c.results_at, c.submitted_by, clock_timestamp(), coalesce(c.terms_template, ''), c.publish_at, c.agency, c.source_url,
		       coalesce((select jsonb_agg(jsonb_build_object('ID', e.id, 'Key', e.key, 'Text', e.question, 'Explanation', e.explanation,
		                        'Expected', e.expected, 'Blocking', e.blocking) order by e.position)
		                 from eligibility_questions e where e.challenge_id = c.id), '[]'),
		       coalesce((select array_agg(ct.testbed_id) from challenge_testbeds ct where ct.challenge_id = c.id), '{}'),
		       coalesce((select jsonb_agg(jsonb_build_object('Kind', a.kind, 'At', a.at, 'By', coalesce(p.name, ''), 'Reason', a.reason) order by a.at)
		                 from (values ('sent', c.submitted_at, c.submitted_by, ''), ('returned', c.returned_at, c.returned_by, c.return_reason),
		                              ('approved', c.approved_at, c.approved_by, ''), ('published', c.published_at, c.published_by, ''))
		                      as a(kind, at, by, reason) left join people p on p.id = a.by where a.at is not null), '[]')
		from challenges c where c.id = $1`, d.ID).Scan(&tags, &d.OwnDates.Opens, &d.OwnDates.Closes, &d.OwnDates.JudgingEnds,
		&d.OwnDates.Results, &sentBy, &d.Now, &d.TermsKey, &d.PublishAt, &d.Agency, &d.SourceURL, &questions, &testbeds, &acts)
	if err != nil {
		return err
	}
	if sentBy != nil {
		d.sentBy = *sentBy
	}
	if err := json.Unmarshal(tags, &d.Tags); err != nil {
		return err
	}
	if err := json.Unmarshal(acts, &d.Acts); err != nil {
		return err
	}
	if err := json.Unmarshal(questions, &d.Eligibility); err != nil {
		return err
	}
	d.Testbeds, err = city.Testbeds(ctx, q, testbeds)
	return err
}

// State says where the authoring stands.
func (d Dossier) State() State {
	switch {
	case d.PublishedAt != nil:
		return StatePublished
	case d.ApprovedAt != nil:
		return StateApproved
	case d.SubmittedAt != nil:
		return StateSent
	}
	for _, a := range d.Acts {
		if a.Kind == "returned" {
			return StateReturned
		}
	}
	return StateDraft
}

// Allowed lists what the actor may do with the challenge as it is now.
func (d Dossier) Allowed(actor authz.Actor) []authz.Action {
	actions := []authz.Action{authz.SeeChallengeDraft, authz.TranslateChallenge}
	switch d.State() {
	case StateDraft, StateReturned:
		actions = append(actions, authz.EditChallenge, authz.SendChallenge)
	case StateSent:
		actions = append(actions, authz.ReturnChallenge)
		if actor.PersonID != d.sentBy {
			actions = append(actions, authz.ApproveChallenge)
		}
	case StateApproved:
		actions = append(actions, authz.ReturnChallenge, authz.PublishChallenge)
	}
	return actor.Allowed(d.Scope(), actions...)
}
