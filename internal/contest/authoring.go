package contest

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
)

// Authoring is a challenge as its authors and reviewers work on it.
type Authoring struct {
	Dossier
	Parts        []PartState
	Edits        []EditRequest
	Changes      []PartChange // since it was last sent; while it waits, since it was sent before that
	ChangesSince *time.Time   // nil when it was not sent before
	Round        int          // how often it was sent
	PublishBy    string       // who set PublishAt
	ClonedFrom   string       // title of the challenge it was started from
	Writers      []string     // names of who wrote the original text

	MayRequestEdits bool
	MayMarkEdits    bool
}

// Complete counts the sections without anything missing.
func (a Authoring) Complete() int {
	n := 0
	for _, p := range a.Parts {
		if len(p.Missing) == 0 {
			n++
		}
	}
	return n
}

// Authoring reads a challenge with its sections, requested edits and changes.
func (s *Service) Authoring(ctx context.Context, actor authz.Actor, id uuid.UUID) (Authoring, error) {
	d, err := s.Dossier(ctx, actor, id)
	if err != nil {
		return Authoring{}, err
	}
	q := s.db.Pool()
	a := Authoring{Dossier: d, Parts: d.PartStates(), MayRequestEdits: d.mayRequestEdits(actor)}
	a.MayMarkEdits = d.SubmittedAt == nil && d.PublishedAt == nil && actor.May(authz.EditChallenge, d.Scope())
	if d.State() == StatePublished { // nothing is missing in what stands
		for i := range a.Parts {
			a.Parts[i].Missing = nil
		}
	}
	if a.Edits, err = editsOf(ctx, q, id); err != nil {
		return a, err
	}
	if err := a.readPeople(ctx, q); err != nil {
		return a, err
	}
	return a, a.compare(ctx, q)
}

func (a *Authoring) readPeople(ctx context.Context, q database.Queryer) error {
	return q.QueryRow(ctx, `select coalesce((select name from people where id = c.publish_at_by), ''),
		coalesce((select t.title from challenges o join challenge_texts t on t.challenge_id = o.id and t.language = o.language where o.id = c.cloned_from), ''),
		coalesce((select array_agg(distinct p.name) from people p where p.id in (c.created_by, c.submitted_by,
		          (select t.updated_by from challenge_texts t where t.challenge_id = c.id and t.language = c.language))), '{}')
		from challenges c where c.id = $1`, a.ID).Scan(&a.PublishBy, &a.ClonedFrom, &a.Writers)
}

// compare lays the sections beside the last sending that is not the one that waits now.
func (a *Authoring) compare(ctx context.Context, q database.Queryer) error {
	var sections []byte
	skip := 0
	if a.SubmittedAt != nil {
		skip = 1
	}
	err := q.QueryRow(ctx, `select (select count(*) from challenge_sendings where challenge_id = $1), sent_at, sections
		from challenge_sendings where challenge_id = $1 order by round desc offset $2 limit 1`, a.ID, skip).Scan(&a.Round, &a.ChangesSince, &sections)
	if database.NotFound(err) {
		a.Round = skip
		return nil
	}
	if err != nil {
		return err
	}
	before := map[Part]string{}
	if err := json.Unmarshal(sections, &before); err != nil {
		return err
	}
	after := a.PartTexts()
	for _, p := range Parts {
		if before[p] != after[p] {
			a.Changes = append(a.Changes, PartChange{p, before[p], after[p]})
		}
	}
	return nil
}
