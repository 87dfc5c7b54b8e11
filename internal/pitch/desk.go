package pitch

import (
	"context"
	"encoding/json"
	"maps"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/seen"
)

// Heard is one pitch at a juror's desk, with the juror's own scores. Total is nil while a criterion is
// missing: such a sheet does not count. Version 0: nothing kept yet.
type Heard struct {
	Entry   jury.Candidate
	At      time.Time
	Place   string
	Scores  score.Sheet
	Comment string
	Total   *float64
	Version int
}

// Desk is what a juror scores in a pitch round.
type Desk struct {
	Challenge contest.Challenge
	Criteria  []contest.Criterion
	Locked    bool
	Items     []Heard // in the order in which they pitch
}

// Desk lists the pitches of a challenge that the actor scores. Without a shortlist there are none.
func (s *Service) Desk(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (Desk, error) {
	q := s.db.Pool()
	c, err := contest.Load(ctx, q, challenge)
	if err != nil {
		return Desk{}, err
	}
	seat, err := jury.Seated(ctx, q, actor, c)
	if err != nil {
		return Desk{}, err
	}
	return desk(ctx, q, actor, c, seat.ID)
}

func desk(ctx context.Context, q database.Queryer, actor authz.Actor, c contest.Challenge, seat uuid.UUID) (Desk, error) {
	out := Desk{Challenge: c, Items: []Heard{}}
	r, err := loadRound(ctx, q, c.ID)
	if err != nil {
		return out, err
	}
	out.Locked = r.LockedAt != nil
	if out.Criteria, err = loadCriteria(ctx, q, c.ID); err != nil || !r.named() {
		return out, err
	}
	entries, err := jury.Roster(ctx, q, actor, c)
	if err != nil {
		return out, err
	}
	by := map[uuid.UUID]jury.Candidate{}
	for _, e := range entries {
		by[e.EntryID] = e
	}
	rows, err := q.Query(ctx, `select p.entry_id, p.at, p.place, coalesce(s.scores, '{}'), coalesce(s.comment, ''), coalesce(s.version, 0)
		from pitch_entries p left join pitch_scores s on s.entry_id = p.entry_id and s.seat_id = $2
		where p.challenge_id = $1 and p.invited and `+authz.NotExcluded("p.entry_id", "$3")+`
		order by p.at, p.jury_rank`, c.ID, seat, actor.PersonID)
	if err != nil {
		return out, err
	}
	defer rows.Close()
	for rows.Next() {
		var h Heard
		var id uuid.UUID
		var sheet []byte
		if err := rows.Scan(&id, &h.At, &h.Place, &sheet, &h.Comment, &h.Version); err != nil {
			return out, err
		}
		if err := json.Unmarshal(sheet, &h.Scores); err != nil {
			return out, err
		}
		h.Total = total(out.Criteria, h.Scores)
		e, counts := by[id]
		if !counts { // withdrawn or recused since
			continue
		}
		h.Entry = e
		out.Items = append(out.Items, h)
	}
	return out, rows.Err()
}

// total is what a sheet comes to; nil while a criterion is missing.
func total(criteria []contest.Criterion, sheet score.Sheet) *float64 {
	if x, complete := score.Total(jury.Arithmetic(criteria), sheet); complete {
		return &x
	}
	return nil
}

func (d Desk) item(entry uuid.UUID) (Heard, error) {
	for _, h := range d.Items {
		if h.Entry.EntryID == entry {
			return h, nil
		}
	}
	return Heard{}, fault.ErrNotFound
}

// Score keeps the actor's own sheet of one pitch over the version it was typed over, until the chair
// locks the round. Scores may be missing. The same again changes nothing.
func (s *Service) Score(ctx context.Context, actor authz.Actor, challenge, entry uuid.UUID, version int, sheet score.Sheet, comment string) (Heard, Desk, error) {
	var out Heard
	var d Desk
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := contest.LockShared(tx, challenge)
		if err != nil {
			return err
		}
		seat, err := jury.Seated(ctx, tx.Pgx(), actor, c)
		if err != nil {
			return err
		}
		r, err := loadRound(ctx, tx.Pgx(), c.ID)
		if err == nil && !r.named() {
			err = ErrNotNamed
		}
		if err != nil {
			return err
		}
		if d, err = desk(ctx, tx.Pgx(), actor, c, seat.ID); err != nil {
			return err
		}
		if out, err = d.item(entry); err != nil {
			return err
		}
		switch {
		case d.Locked:
			return ErrLocked
		case out.Version > 0 && out.Comment == comment && maps.Equal(out.Scores, sheet):
			return nil
		}
		var check fault.Check
		jury.CheckSheet(&check, d.Criteria, sheet)
		check.That(lang.Characters(comment) <= MaxComment, "/comment", "too_long", "max", MaxComment)
		if err := check.Err(); err != nil {
			return err
		}
		if err := keep(tx, c.ID, entry, seat.ID, version, sheet, comment); err != nil {
			return err
		}
		out.Scores, out.Comment, out.Version = sheet, comment, version+1
		out.Total = total(d.Criteria, sheet)
		return seen.Note(ctx, tx.Pgx(), actor, c.Scope(), seen.Review, nil, entry)
	})
	return out, d, err
}

func keep(tx database.Tx, challenge, entry, seat uuid.UUID, version int, sheet score.Sheet, comment string) error {
	body, err := json.Marshal(sheet)
	if err != nil {
		return err
	}
	if version == 0 {
		_, err = tx.Pgx().Exec(tx.Context(), `insert into pitch_scores (challenge_id, entry_id, seat_id, scores, comment) values ($1,$2,$3,$4,$5)`,
			challenge, entry, seat, body, comment)
		return err
	}
	tag, err := tx.Pgx().Exec(tx.Context(), `update pitch_scores set scores = $3, comment = $4, version = version + 1, updated_at = clock_timestamp()
		where entry_id = $1 and seat_id = $2 and version = $5`, entry, seat, body, comment, version)
	if err == nil && tag.RowsAffected() == 0 {
		err = fault.ErrStale
	}
	return err
}
