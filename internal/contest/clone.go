package contest

import (
	"context"
	"maps"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/city"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Clone is a challenge to start from an earlier one.
type Clone struct {
	Source   uuid.UUID
	Contest  uuid.UUID
	LeadCity uuid.UUID
	Language lang.Tag // of the new authoritative version, one the source has a text in; the source's when empty
	Title    string   // the source's when empty
}

// StartFrom makes a draft from a challenge that is published or that the actor works on.
func (s *Service) StartFrom(ctx context.Context, actor authz.Actor, n Clone) (Dossier, error) {
	var id uuid.UUID
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		if err := actor.Require(authz.CreateChallenge, authz.Scope{Cities: []uuid.UUID{n.LeadCity}, Contest: n.Contest}); err != nil {
			return err
		}
		source, err := readDossier(ctx, tx.Pgx(), n.Source)
		if err != nil {
			return err
		}
		if source.PublishedAt == nil && !actor.May(authz.SeeChallengeDraft, source.Scope()) {
			return fault.ErrNotFound
		}
		if err := takesChallenges(tx, n.Contest); err != nil {
			return err
		}
		lead, err := city.ByID(ctx, tx.Pgx(), n.LeadCity)
		if err != nil {
			return err
		}
		if n.Language != "" && !source.Texts[n.Language].Written() {
			return fault.ErrInvalid.At("/language", "not_a_choice", nil)
		}
		id, err = copyInto(tx, source, Plan{
			Contest: n.Contest, Cities: []uuid.UUID{lead.ID}, Language: n.Language.Or(source.Language), By: actor.PersonID,
			Slug: slugFor(n.Title, lead.Slug), Texts: titled(source.Texts, n.Language.Or(source.Language), line(n.Title)),
		}, s.along)
		tx.Remember(id.String())
		return err
	})
	if was, replay := database.Replayed(err); replay {
		id, err = uuid.Parse(was)
	}
	if err != nil {
		return Dossier{}, err
	}
	return s.Dossier(ctx, actor, id)
}

// CloneInto copies a challenge into a contest as a draft of the same cities and gives its id: texts,
// tags, testbeds that are still open, rubric, form, terms, eligibility questions and resources, and what goes
// along. Dates, approval and entries stay behind. The caller has checked that by may do so.
func CloneInto(tx database.Tx, source, contestID, by uuid.UUID, along ...Along) (uuid.UUID, error) {
	d, err := readDossier(tx.Context(), tx.Pgx(), source)
	if err != nil {
		return uuid.Nil, err
	}
	return copyInto(tx, d, Plan{Contest: contestID, Cities: d.Cities, Language: d.Language, By: by, Slug: d.Slug, Texts: d.Texts}, along)
}

// takesChallenges says whether a contest can get one more draft.
func takesChallenges(tx database.Tx, id uuid.UUID) error {
	edition, err := editionByID(tx.Context(), tx.Pgx(), id)
	if err != nil {
		return err
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	if !now.Before(edition.Dates.Closes) || edition.ArchivedAt != nil {
		return ErrContestClosed
	}
	return nil
}

// titled gives a copy of the texts with another title in the authoritative language. The other
// languages keep theirs and so are out of date.
func titled(texts Texts, l lang.Tag, title string) Texts {
	out := maps.Clone(texts)
	if t, ok := out[l]; ok && title != "" {
		t.Title = title
		out[l] = t
	}
	return out
}

func copyInto(tx database.Tx, d Dossier, p Plan, along []Along) (uuid.UUID, error) {
	p.Tags = d.Tags
	for _, b := range d.Testbeds {
		if b.Open && shares(b.Cities, p.Cities) {
			p.Testbeds = append(p.Testbeds, b.ID)
		}
	}
	id, err := Insert(tx, p)
	if err != nil {
		return id, err
	}
	// Rows are copied with whatever columns they have by now; moments belong to the old challenge.
	for _, step := range []string{
		`delete from form_fields where challenge_id = $1 and $2 <> $1`,
		`insert into form_fields select (jsonb_populate_record(f, jsonb_build_object('id', gen_random_uuid(), 'challenge_id', $1::uuid, 'frozen_after', null))).*
			from form_fields f where f.challenge_id = $2`,
		`delete from criteria where challenge_id = $1 and $2 <> $1`,
		`insert into criteria select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'challenge_id', $1::uuid))).*
			from criteria c where c.challenge_id = $2`,
		`insert into eligibility_questions select (jsonb_populate_record(q, jsonb_build_object('id', gen_random_uuid(), 'challenge_id', $1::uuid))).*
			from eligibility_questions q where q.challenge_id = $2`,
		`insert into challenge_resources (id, challenge_id, kind, title, url, name, size, media_type, sha256, object_key, state, scanned, created_by)
			select gen_random_uuid(), $1, kind, title, url, name, size, media_type, sha256, object_key, state, scanned, created_by
			from challenge_resources where challenge_id = $2 and removed_at is null and state = 'ready' order by position`,
		`update challenges n set terms_template = o.terms_template, cloned_from = o.id from challenges o where n.id = $1 and o.id = $2`,
		// A translation that was out of date stays so, against the copy's versions.
		`update challenge_texts n set source_version = case when o.source_version < a.version then 0 else 1 end
			from challenge_texts o, challenge_texts a, challenges c
			where c.id = $1 and n.challenge_id = $1 and o.challenge_id = $2 and o.language = n.language
			  and a.challenge_id = $2 and a.language = c.language and n.language <> c.language`,
	} {
		if _, err := tx.Pgx().Exec(tx.Context(), step, id, d.ID); err != nil {
			return id, err
		}
	}
	for _, copies := range along {
		if err := copies(tx, d.ID, id); err != nil {
			return id, err
		}
	}
	return id, nil
}

func shares(a, b []uuid.UUID) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}
