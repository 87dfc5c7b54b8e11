package contest

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// RulesDraft is the next version while it is being written.
type RulesDraft struct {
	Amendment Amendment
	Reason    lang.Text
	Version   int // 0: there is none yet
	UpdatedAt time.Time
	UpdatedBy string
}

// RulesDesk is what officials see of a challenge's rules.
type RulesDesk struct {
	Dossier
	Versions []Version  // oldest first
	Draft    RulesDraft // Version 0: none
	After    Rules      // what would stand if the draft were published now
	Changes  []RulesChange
	Missing  []fault.Field // what keeps the draft from being published
	Entries  int           // entries whose teams would be told
	Actions  []authz.Action
}

// RulesDesk reads versions and draft for those who work on the challenge.
func (s *Service) RulesDesk(ctx context.Context, actor authz.Actor, id uuid.UUID) (RulesDesk, error) {
	d, err := s.Dossier(ctx, actor, id)
	if err != nil {
		return RulesDesk{}, err
	}
	out := RulesDesk{Dossier: d, Missing: []fault.Field{}}
	if out.Versions, _, err = versions(ctx, s.db.Pool(), d); err != nil {
		return out, err
	}
	if out.Draft, err = readDraft(ctx, s.db.Pool(), id, ""); err != nil {
		return out, err
	}
	if err := s.db.Pool().QueryRow(ctx, `select count(*) from entries where challenge_id = $1 and state <> 'withdrawn'`, id).Scan(&out.Entries); err != nil {
		return out, err
	}
	after := out.Draft.Amendment.over(d)
	out.After = after.Rules()
	out.Changes = changesBetween(d.Rules(), out.After)
	for _, err := range []error{checkReason(out.Draft.Reason, d.Language), out.Draft.Amendment.check(d, d.Now)} {
		if f, ok := fault.As(err); ok && out.Draft.Version > 0 {
			out.Missing = append(out.Missing, f.Fields...)
		}
	}
	if d.PublishedAt != nil && d.ReleasedAt == nil {
		out.Actions = actor.Allowed(d.Scope(), authz.AmendRules)
	}
	return out, nil
}

func readDraft(ctx context.Context, q database.Queryer, id uuid.UUID, lock string) (RulesDraft, error) {
	var r RulesDraft
	var body []byte
	err := q.QueryRow(ctx, `select d.body, d.reason, d.version, d.updated_at, coalesce(p.name, '')
		from rules_drafts d left join people p on p.id = d.updated_by where d.challenge_id = $1`+lock, id).
		Scan(&body, &r.Reason, &r.Version, &r.UpdatedAt, &r.UpdatedBy)
	if database.NotFound(err) {
		return RulesDraft{}, nil
	}
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(body, &r.Amendment)
}

// SaveRulesDraft replaces the draft that was read at a version, 0 where there was none. What is not
// complete yet may be kept; publishing asks for it.
func (s *Service) SaveRulesDraft(ctx context.Context, actor authz.Actor, id uuid.UUID, version int, a Amendment, reason lang.Text) (RulesDesk, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := s.amending(tx, actor, id)
		if err != nil {
			return err
		}
		var v fault.Check
		for l, text := range reason {
			v.That(utf8.RuneCountInString(text) <= maxReason, "/reason/"+string(l), "too_long", "max", maxReason)
		}
		if a.Text != nil {
			for k, text := range a.Text.Sections {
				v.That(utf8.RuneCountInString(text) <= 20000, fmt.Sprintf("/text/sections/%s", k), "too_long", "max", 20000)
			}
		}
		if err := v.Err(); err != nil {
			return err
		}
		if err := checkRubric(a.Criteria); err != nil {
			return err
		}
		old, err := readDraft(ctx, tx.Pgx(), id, "")
		if err != nil {
			return err
		}
		if old.Version != version {
			return fault.ErrStale
		}
		a.Form = old.Amendment.Form // drafted on a page of its own
		body, err := json.Marshal(a)
		if err != nil {
			return err
		}
		n, err := nextDraft(tx, c.ID)
		if err != nil {
			return err
		}
		_, err = tx.Pgx().Exec(ctx, `insert into rules_drafts (challenge_id, body, reason, updated_by, version) values ($1, $2, $3, $4, $5)
			on conflict (challenge_id) do update set body = excluded.body, reason = excluded.reason, updated_by = excluded.updated_by,
			updated_at = clock_timestamp(), version = excluded.version`, c.ID, body, written(reason), person(actor.PersonID), n)
		return err
	})
	if err != nil {
		return RulesDesk{}, err
	}
	return s.RulesDesk(ctx, actor, id)
}

// nextDraft counts a change of what is drafted for a challenge. The number is the draft's version.
func nextDraft(tx database.Tx, id uuid.UUID) (n int, err error) {
	err = tx.Pgx().QueryRow(tx.Context(), `update challenges set draft_serial = draft_serial + 1 where id = $1 returning draft_serial`, id).Scan(&n)
	return n, err
}

// DropRulesDraft throws the draft away that was read at a version.
func (s *Service) DropRulesDraft(ctx context.Context, actor authz.Actor, id uuid.UUID, version int) error {
	return s.db.InTx(ctx, func(tx database.Tx) error {
		if _, err := s.amending(tx, actor, id); err != nil {
			return err
		}
		draft, err := readDraft(ctx, tx.Pgx(), id, "")
		switch {
		case err != nil || draft.Version == 0:
			return err
		case draft.Version != version:
			return fault.ErrStale
		}
		if draft.Amendment.Form != nil {
			if err := formDrafted(tx, id); err != nil {
				return err
			}
		}
		_, err = tx.Pgx().Exec(ctx, `delete from rules_drafts where challenge_id = $1`, id)
		return err
	})
}

// PublishRules publishes the draft that was read at a version as the next version of the rules.
func (s *Service) PublishRules(ctx context.Context, actor authz.Actor, id uuid.UUID, version int) (RulesDesk, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		if _, err := s.amending(tx, actor, id); err != nil {
			return err
		}
		tx.Remember(id.String())
		draft, err := readDraft(ctx, tx.Pgx(), id, "")
		switch {
		case err != nil:
			return err
		case draft.Version == 0:
			return ErrNoDraft
		case draft.Version != version:
			return fault.ErrStale
		}
		if _, err := Amend(tx, id, draft.Reason, actor.PersonID, func(d Dossier, now time.Time) error {
			return draft.Amendment.apply(tx, d, actor.PersonID, now)
		}); err != nil {
			return err
		}
		_, err = tx.Pgx().Exec(ctx, `delete from rules_drafts where challenge_id = $1`, id)
		return err
	})
	if _, replay := database.Replayed(err); replay {
		err = nil
	}
	if err != nil {
		return RulesDesk{}, err
	}
	return s.RulesDesk(ctx, actor, id)
}

// amending locks a published challenge for somebody who may change its rules.
func (s *Service) amending(tx database.Tx, actor authz.Actor, id uuid.UUID) (Challenge, error) {
	c, err := LockExclusive(tx, id)
	if err != nil {
		return c, err
	}
	if err := actor.Require(authz.AmendRules, c.Scope()); err != nil {
		return c, err
	}
	switch {
	case c.PublishedAt == nil:
		return c, ErrNotPublished
	case c.ReleasedAt != nil:
		return c, ErrResultsOut
	}
	return c, nil
}
