package pitch

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/pitch/final"
	"fieldtrial/internal/record"
)

// Lock closes the round over the version that was read: from then on the database refuses to change a
// score. Sheets that are incomplete never count; those and pitches that nobody scored must be accepted.
func (s *Service) Lock(ctx context.Context, actor authz.Actor, challenge uuid.UUID, version int, acceptMissing bool) (Round, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, p, err := s.lead(tx, actor, challenge)
		if err != nil {
			return err
		}
		r, err := loadRound(ctx, tx.Pgx(), c.ID)
		switch {
		case err != nil:
			return err
		case !r.named():
			return ErrNotNamed
		case r.LockedAt != nil:
			return ErrLocked
		case r.Version != version:
			return fault.ErrStale
		}
		all, err := sheets(ctx, tx.Pgx(), c.ID, p.Criteria)
		if err != nil {
			return err
		}
		stand, err := jury.Stand(ctx, tx.Pgx(), authz.System, c)
		if err != nil {
			return err
		}
		silent, partial := 0, 0
		body := final.Result{Challenge: c.ID, Share: p.Share, Order: string(stand.Order), Entries: []Pitched{}}
		for _, row := range stand.Rows {
			h, listed := all[row.Entry]
			if !listed {
				continue
			}
			body.Entries = append(body.Entries, final.Of(row.Entry, row.Official, p.Share, h.complete))
			if actor.Excluded[row.Entry] {
				continue // who is recused learns nothing of it, not by a count either
			}
			partial += h.partial
			if len(h.complete) == 0 {
				silent++
			}
		}
		if silent+partial > 0 && !acceptMissing {
			return ErrMissing.With("entries", silent).With("sheets", partial)
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		return seal(tx, actor, c, p, body, now)
	})
	if err != nil {
		return Round{}, err
	}
	return s.Round(ctx, actor, challenge)
}

// given are the sheets of one pitch.
type given struct {
	complete []final.Sheet
	partial  int // begun and not complete
}

// sheets reads what counts of each invited entry: complete sheets of jurors who are not recused from it.
func sheets(ctx context.Context, q database.Queryer, challenge uuid.UUID, criteria []contest.Criterion) (map[uuid.UUID]given, error) {
	rows, err := q.Query(ctx, `select p.entry_id, s.seat_id, coalesce(s.scores, '{}') from pitch_entries p
		left join (pitch_scores s join seats k on k.id = s.seat_id) on s.entry_id = p.entry_id
		  and `+authz.NotExcluded("s.entry_id", "k.person_id")+`
		where p.challenge_id = $1 and p.invited order by p.jury_rank, p.entry_id, s.seat_id`, challenge)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[uuid.UUID]given{}
	for rows.Next() {
		var entry uuid.UUID
		var seat *uuid.UUID
		var body []byte
		if err := rows.Scan(&entry, &seat, &body); err != nil {
			return nil, err
		}
		var sheet score.Sheet
		if err := json.Unmarshal(body, &sheet); err != nil {
			return nil, err
		}
		x := out[entry]
		if x.complete == nil {
			x.complete = []final.Sheet{}
		}
		total, complete := score.Total(jury.Arithmetic(criteria), sheet)
		switch {
		case seat != nil && complete:
			x.complete = append(x.complete, final.Sheet{Seat: *seat, Scores: byKey(criteria, sheet), Total: total})
		case seat != nil && len(sheet) > 0:
			x.partial++
		}
		out[entry] = x
	}
	return out, rows.Err()
}

// byKey writes a sheet as it goes on record: by the keys of the criteria, nil where one does not apply.
func byKey(criteria []contest.Criterion, sheet score.Sheet) map[string]*int {
	out := make(map[string]*int, len(criteria))
	for _, c := range criteria {
		out[c.Key] = nil
		if s := sheet[c.ID]; s != score.NotApplicable {
			out[c.Key] = &s
		}
	}
	return out
}

// seal stores the result, puts its hash on record, and locks.
func seal(tx database.Tx, actor authz.Actor, c contest.Challenge, p Plan, r final.Result, now time.Time) error {
	body, err := json.Marshal(r)
	if err != nil {
		return err
	}
	hash := sha256.Sum256(body)
	leaf, err := record.Put(tx, record.KindPitchLocked, c.RecordScope, c.ID, map[string]any{"challenge": c.ID, "order": r.Order, "share": p.Share,
		"rubric": rubric(p.Criteria), "entries": len(r.Entries), "result": base64.StdEncoding.EncodeToString(hash[:]), "time": record.Stamp(now)})
	if err != nil {
		return err
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `insert into pitch_results (challenge_id, body, hash, leaf_id) values ($1,$2,$3,$4)`,
		c.ID, string(body), hash[:], leaf); err != nil {
		return err
	}
	_, err = tx.Pgx().Exec(tx.Context(), `update pitch_rounds set locked_at = $2, locked_by = $3, version = version + 1 where challenge_id = $1`,
		c.ID, now, actor.PersonID)
	return err
}
