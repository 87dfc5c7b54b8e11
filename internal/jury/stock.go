package jury

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/record"
)

// Stocked is one assignment of a demonstration, with its review. Scores nil: not begun; At zero: a
// draft.
type Stocked struct {
	Entry    uuid.UUID
	Person   uuid.UUID // of a juror who has a seat
	Scores   map[string]int
	ToTeam   string
	ToJury   string
	Language lang.Tag
	At       time.Time
}

// Stock writes many assignments and reviews of a challenge at once, each submitted review with its
// place on record. Every juror has declared before. The caller holds the challenge with LockExclusive.
func Stock(tx database.Tx, actor authz.Actor, c contest.Challenge, at time.Time, given []Stocked) error {
	seats, err := stockSeats(tx, c)
	if err != nil {
		return err
	}
	criteria, err := contest.Rubric(tx.Context(), tx.Pgx(), c.ID)
	if err != nil {
		return err
	}
	s := stock{assigned: at, by: actor.PersonID}
	for _, g := range given {
		seat, ok := seats[g.Person]
		if !ok {
			return fmt.Errorf("jury: %s has no seat", g.Person)
		}
		if err := s.add(c, criteria, seat, g); err != nil {
			return err
		}
	}
	if err := s.write(tx, c); err != nil {
		return err
	}
	if err := contest.MarkAssigned(tx, c.ID, actor.PersonID, at); err != nil {
		return err
	}
	_, err = record.Put(tx, record.KindAssignment, c.RecordScope, c.ID, map[string]any{"challenge": c.ID, "mode": "demonstration", "added": len(given), "time": record.Stamp(at)})
	return err
}

// LockStock closes the scores of a demonstration.
func LockStock(tx database.Tx, actor authz.Actor, c contest.Challenge, at time.Time) error {
	all, err := roster(tx.Context(), tx.Pgx(), c.ID)
	if err != nil {
		return err
	}
	_, err = closeRound(tx, actor, c, idsOf(all), at, ready{})
	return err
}

func stockSeats(tx database.Tx, c contest.Challenge) (map[uuid.UUID]seat, error) {
	rows, err := tx.Pgx().Query(tx.Context(), `select id, person_id, pseudonym from seats where contest_id = $1 and active and person_id is not null`, c.ContestID)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[seat])
	if err != nil {
		return nil, err
	}
	out := map[uuid.UUID]seat{}
	for _, s := range list {
		out[s.Person] = s
		if _, err := tx.Pgx().Exec(tx.Context(), `insert into conflict_declarations (seat_id, challenge_id) values ($1, $2) on conflict do nothing`, s.ID, c.ID); err != nil {
			return nil, err
		}
	}
	return out, nil
}

type stock struct {
	assigned                       time.Time
	by                             uuid.UUID
	assignments, reviews, versions [][]any
	leaves                         []record.Leaf
}

func (s *stock) add(c contest.Challenge, criteria []contest.Criterion, by seat, g Stocked) error {
	assignment := uuid.Must(uuid.NewV7())
	s.assignments = append(s.assignments, []any{assignment, g.Entry, by.ID, s.by, s.assigned})
	if g.Scores == nil {
		return nil
	}
	sheet := score.Sheet{}
	for _, k := range criteria {
		if v, scored := g.Scores[k.Key]; scored {
			sheet[k.ID] = max(k.Lowest, min(k.Highest, v))
		}
	}
	scores, err := json.Marshal(sheet)
	if err != nil {
		return err
	}
	review, draft := uuid.Must(uuid.NewV7()), Draft{Scores: sheet, ToTeam: g.ToTeam, ToJury: g.ToJury, Language: g.Language}
	total := totalOf(criteria, sheet)
	if g.At.IsZero() || total == nil {
		s.reviews = append(s.reviews, []any{review, assignment, g.Entry, by.ID, string(scores), g.ToTeam, g.ToJury, string(g.Language), nil, nil, s.assigned})
		return nil
	}
	if err := complete(criteria, draft); err != nil {
		return err
	}
	payload, err := json.Marshal(map[string]any{
		"challenge": c.ID, "entry": g.Entry, "version": 1, "juror": mask(by.Pseudonym, g.Entry), "rubric": c.Version,
		"scores": recorded(criteria, sheet), "comment": commentHash(draft)})
	if err != nil {
		return err
	}
	s.leaves = append(s.leaves, record.Leaf{Kind: record.KindReviewSubmitted, Scope: c.RecordScope, Subject: review.String(), Payload: payload})
	s.reviews = append(s.reviews, []any{review, assignment, g.Entry, by.ID, string(scores), g.ToTeam, g.ToJury, string(g.Language), 1, g.At, g.At})
	s.versions = append(s.versions, []any{review, 1, string(scores), g.ToTeam, g.ToJury, string(g.Language), *total, int64(0), g.At})
	return nil
}

func (s *stock) write(tx database.Tx, c contest.Challenge) error {
	ids, err := record.AppendMany(tx, s.leaves)
	if err != nil {
		return err
	}
	for i := range s.versions {
		s.versions[i][7] = ids[i]
	}
	for _, t := range []struct {
		table   string
		columns []string
		rows    [][]any
	}{
		{"assignments", []string{"id", "entry_id", "seat_id", "created_by", "created_at"}, s.assignments},
		{"reviews", []string{"id", "assignment_id", "entry_id", "seat_id", "scores", "to_team", "to_jury", "language", "submitted_version", "submitted_at", "updated_at"}, s.reviews},
		{"review_versions", []string{"review_id", "version", "scores", "to_team", "to_jury", "language", "total", "leaf_id", "saved_at"}, s.versions},
	} {
		if _, err := tx.Pgx().CopyFrom(tx.Context(), pgx.Identifier{t.table}, t.columns, pgx.CopyFromRows(t.rows)); err != nil {
			return err
		}
	}
	return nil
}
