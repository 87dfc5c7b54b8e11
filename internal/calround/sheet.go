package calround

import (
	"context"
	"encoding/json"
	"errors"
	"maps"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/score"
)

// Sheet is what a juror scored of one entry in a round. Version 0: nothing saved yet. Its draft has no
// comment to the jury.
type Sheet struct {
	jury.Draft
	Version int
}

// handedSheet is a sheet that was handed in, with whose it is.
type handedSheet struct {
	Sheet
	jury.Place
	Entry uuid.UUID
}

// Own is a sheet of the actor's as it was read, to hand in just that.
type Own struct {
	Entry   uuid.UUID
	Version int
}

const sheetColumns = `h.entry_id, h.scores, h.to_team, h.language, h.version`

func scanSheet(scan func(...any) error, more ...any) (handedSheet, error) {
	h := handedSheet{Sheet: Sheet{Draft: jury.Draft{Scores: score.Sheet{}}}}
	var scores []byte
	if err := scan(append([]any{&h.Entry, &scores, &h.ToTeam, &h.Language, &h.Version}, more...)...); err != nil {
		return h, err
	}
	return h, json.Unmarshal(scores, &h.Scores)
}

// sheetsOf reads a seat's own sheets of a round by entry.
func sheetsOf(ctx context.Context, q database.Queryer, round, seat uuid.UUID) (map[uuid.UUID]Sheet, error) {
	rows, err := q.Query(ctx, `select `+sheetColumns+` from calibration_sheets h where h.calibration_id = $1 and h.seat_id = $2`, round, seat)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[uuid.UUID]Sheet{}
	for rows.Next() {
		h, err := scanSheet(rows.Scan)
		if err != nil {
			return nil, err
		}
		out[h.Entry] = h.Sheet
	}
	return out, rows.Err()
}

// handed reads what was handed in of these entries of a round. What a juror scored who turned out to be
// in conflict with the entry is not among it.
func handed(ctx context.Context, q database.Queryer, r Round, entries []uuid.UUID) ([]handedSheet, error) {
	rows, err := q.Query(ctx, `select `+sheetColumns+`, s.id, coalesce(s.person_id, '00000000-0000-0000-0000-000000000000'), s.pseudonym
		from calibration_sheets h join calibration_handed d on d.calibration_id = h.calibration_id and d.seat_id = h.seat_id
		join seats s on s.id = h.seat_id
		where h.calibration_id = $1 and h.entry_id = any($2) and `+authz.NotExcluded("h.entry_id", "s.person_id")+`
		order by h.entry_id, h.seat_id`, r.ID, entries)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []handedSheet{}
	for rows.Next() {
		var p jury.Place
		h, err := scanSheet(rows.Scan, &p.ID, &p.Person, &p.Pseudonym)
		if err != nil {
			return nil, err
		}
		h.Place = p
		out = append(out, h)
	}
	return out, rows.Err()
}

// Save keeps a sheet over the version it was typed over. Scores may be missing. The same again changes
// nothing.
func (s *Service) Save(ctx context.Context, actor authz.Actor, challenge, entryID uuid.UUID, version int, draft jury.Draft) (Sheet, error) {
	out := Sheet{Draft: draft, Version: version + 1}
	out.ToJury = ""
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		t, err := s.sitDown(tx, actor, challenge, entryID)
		if err != nil {
			return err
		}
		if err := jury.CheckDraft(t.criteria, draft); err != nil {
			return err
		}
		before, err := sheetsOf(ctx, tx.Pgx(), t.round.ID, t.place.ID)
		if err != nil {
			return err
		}
		was := before[entryID]
		switch {
		case was.Version > 0 && same(was.Draft, out.Draft):
			out = was
			return nil
		case was.Version != version:
			return fault.ErrStale
		}
		scores, err := json.Marshal(draft.Scores)
		if err != nil {
			return err
		}
		_, err = tx.Pgx().Exec(ctx, `insert into calibration_sheets (calibration_id, entry_id, seat_id, scores, to_team, language) values ($1,$2,$3,$4,$5,$6)
			on conflict (calibration_id, entry_id, seat_id) do update set scores = excluded.scores, to_team = excluded.to_team,
				language = excluded.language, version = calibration_sheets.version + 1, updated_at = clock_timestamp()`,
			t.round.ID, entryID, t.place.ID, scores, draft.ToTeam, string(draft.Language))
		return err
	})
	return out, err
}

func same(a, b jury.Draft) bool {
	return a.ToTeam == b.ToTeam && a.Language == b.Language && maps.Equal(a.Scores, b.Scores)
}

// HandIn hands in the actor's sheets as they were read: all that the actor has to score, complete. It is
// not taken back, for from then on the actor sees what others handed in. Again it changes nothing.
func (s *Service) HandIn(ctx context.Context, actor authz.Actor, challenge uuid.UUID, read []Own) error {
	return s.db.InTx(ctx, func(tx database.Tx) error {
		t, err := s.sitDown(tx, actor, challenge, uuid.Nil)
		if errors.Is(err, ErrHanded) {
			return nil
		}
		if err != nil {
			return err
		}
		sheets, err := sheetsOf(ctx, tx.Pgx(), t.round.ID, t.place.ID)
		if err != nil {
			return err
		}
		versions := map[uuid.UUID]int{}
		for _, o := range read {
			versions[o.Entry] = o.Version
		}
		var check fault.Check
		for _, e := range t.entries {
			if sheets[e.EntryID].Version != versions[e.EntryID] {
				return fault.ErrStale
			}
			lacks(&check, t, e.EntryID, sheets[e.EntryID])
		}
		if err := check.Err(); err != nil {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		_, err = tx.Pgx().Exec(ctx, `insert into calibration_handed (calibration_id, seat_id, handed_at) values ($1, $2, $3)`, t.round.ID, t.place.ID, now)
		return err
	})
}

// lacks tells at each field what a sheet needs before it can be handed in: every score, and the comment
// to the team where it is to become a review.
func lacks(check *fault.Check, t table, entryID uuid.UUID, h Sheet) {
	err := jury.CheckComplete(t.criteria, h.Draft)
	found, ok := fault.As(err)
	if !ok {
		return
	}
	for _, f := range found.Fields {
		if f.Pointer == "/toTeam" && !t.round.Counts {
			continue
		}
		params := []any{}
		for k, v := range f.Params {
			params = append(params, k, v)
		}
		check.That(false, "/entries/"+entryID.String()+f.Pointer, f.Code, params...)
	}
}

// table is where a juror scores: the open round, and what of it is the juror's.
type table struct {
	challenge contest.Challenge
	round     Round
	place     jury.Place
	entries   []jury.Candidate
	criteria  []contest.Criterion
}

// sitDown holds the challenge for a juror who writes in its open round; entryID, where given, is one that
// the juror has to score. What is not the juror's is not found.
func (s *Service) sitDown(tx database.Tx, actor authz.Actor, challenge, entryID uuid.UUID) (table, error) {
	c, err := contest.LockShared(tx, challenge)
	if err != nil {
		return table{}, err
	}
	now, err := tx.Now()
	if err != nil {
		return table{}, err
	}
	t, me, err := s.tableOf(tx.Context(), tx.Pgx(), actor, c, now)
	if err == nil && t.round.State() != Open {
		err = ErrNotOpen
	}
	if err == nil {
		err = t.mine(entryID)
	}
	if err == nil && me.HandedAt != nil {
		err = ErrHanded
	}
	if err == nil {
		t.criteria, err = contest.Rubric(tx.Context(), tx.Pgx(), c.ID)
	}
	return t, err
}
