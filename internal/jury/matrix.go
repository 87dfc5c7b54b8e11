package jury

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/seen"
)

// Cell is one juror's work on one entry. Total, Left and Review are given where the actor may see them.
type Cell struct {
	Seat     uuid.UUID
	State    string // none, conflict, abstained, todo, draft, submitted
	Total    *float64
	Left     int        // criteria that the juror said do not apply: the others carry their weight in the total
	Review   *uuid.UUID // where the actor may open it again
	Reopened bool
}

// MatrixJuror heads a column. Name is for the chair and the auditor.
type MatrixJuror struct {
	Seat  uuid.UUID
	Label int
	Name  string
}

// MatrixRow is one entry with a cell for each juror.
type MatrixRow struct {
	Entry Candidate
	Cells []Cell
}

// Matrix is jurors by entries.
type Matrix struct {
	Sealed bool // the scores of others are hidden from the actor
	Jurors []MatrixJuror
	Rows   []MatrixRow
}

type cellKey struct{ entry, seat uuid.UUID }

// Matrix shows who scored what. Before the lock a chair who judges sees how far others are, not
// their scores; officials see nothing of it.
func (s *Service) Matrix(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (Matrix, error) {
	q := s.db.Pool()
	c, sealed, err := s.scoresFor(ctx, actor, challenge)
	if err != nil {
		return Matrix{}, err
	}
	chair := actor.Has(authz.Chair, c.Scope())
	if sealed && !chair {
		return Matrix{}, ErrSealed
	}
	all, err := roster(ctx, q, c.ID)
	if err != nil {
		return Matrix{}, err
	}
	shown := visible(actor, all)
	jurors, err := members(ctx, q, c, idsOf(shown))
	if err != nil {
		return Matrix{}, err
	}
	cells, err := s.cells(ctx, idsOf(shown))
	if err != nil {
		return Matrix{}, err
	}
	if !sealed {
		if err := seen.Note(ctx, q, actor, c.Scope(), seen.Review, nil, idsOf(shown)...); err != nil {
			return Matrix{}, err
		}
	}
	named := mayName(actor, c)
	may := chair && c.LockedAt != nil && c.DecidedAt == nil
	out := Matrix{Sealed: sealed, Jurors: []MatrixJuror{}, Rows: []MatrixRow{}}
	out.Jurors = labelled(jurors, named)
	for _, e := range shown {
		row := MatrixRow{Entry: unnamed(actor, c, e), Cells: []Cell{}}
		for _, j := range out.Jurors {
			cell, given := cells[cellKey{e.EntryID, j.Seat}]
			if !given {
				cell.State = "none"
			}
			cell.Seat = j.Seat
			if sealed {
				cell.Total, cell.Left = nil, 0
			}
			cell.Reopened = cell.Reopened && c.LockedAt != nil
			if !may {
				cell.Review = nil
			}
			row.Cells = append(row.Cells, cell)
		}
		out.Rows = append(out.Rows, row)
	}
	return out, nil
}

// labelled numbers the jurors, with their names for those who may read them.
func labelled(jurors []Member, named bool) []MatrixJuror {
	out := []MatrixJuror{}
	for _, m := range jurors {
		if !m.Juror && m.Assigned == 0 {
			continue // a chair who only presides
		}
		j := MatrixJuror{Seat: m.Seat, Label: len(out) + 1}
		if named {
			j.Name = m.Name
		}
		out = append(out, j)
	}
	return out
}

// mayName tells who reads jurors' names beside their scores.
func mayName(actor authz.Actor, c contest.Challenge) bool {
	return actor.Has(authz.Chair, c.Scope()) || actor.Has(authz.Auditor, c.Scope())
}

func (s *Service) cells(ctx context.Context, entries []uuid.UUID) (map[cellKey]Cell, error) {
	rows, err := s.db.Pool().Query(ctx, `
		select a.entry_id, a.seat_id,
		       case when a.ended_at is null and r.id is null then 'todo' when a.ended_at is null and r.submitted_version is null then 'draft'
		            when a.ended_at is null then 'submitted' when exists (select from exclusions x join seats s on s.person_id = x.person_id
		              where x.entry_id = a.entry_id and s.id = a.seat_id) then 'conflict' when a.ended_why = 'abstained' then 'abstained' else 'none' end,
		       v.total::float8, (select count(*) from jsonb_each(v.scores) s where s.value = 'null'), r.id, r.id is not null and r.locked_at is null
		from assignments a left join reviews r on r.assignment_id = a.id and a.ended_at is null
		left join review_versions v on v.review_id = r.id and v.version = r.submitted_version
		where a.entry_id = any($1)
		union all
		select x.entry_id, s.id, 'conflict', null, 0, null, false from exclusions x
		join entries e on e.id = x.entry_id join challenges c on c.id = e.challenge_id
		join seats s on s.person_id = x.person_id and s.contest_id = c.contest_id
		where x.entry_id = any($1) and not exists (select from assignments a where a.entry_id = x.entry_id and a.seat_id = s.id)`, entries)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[cellKey]Cell{}
	for rows.Next() {
		var k cellKey
		var c Cell
		if err := rows.Scan(&k.entry, &k.seat, &c.State, &c.Total, &c.Left, &c.Review, &c.Reopened); err != nil {
			return nil, err
		}
		out[k] = c
	}
	return out, rows.Err()
}
