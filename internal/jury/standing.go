package jury

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/seen"
)

// minReviews is how many reviews an entry needs to be ranked: two, or one where the contest asks
// for one review an entry.
func minReviews(c contest.Challenge) int { return min(2, c.ReviewsPerEntry) }

// Standing is the jury's order of the entries that the reader may see.
type Standing struct {
	Assessment
	Challenge contest.Challenge
	Criteria  []contest.Criterion
	Seed      string // of the lottery, hexadecimal; "" before it is drawn
	Rows      []StandingRow
}

// StandingRow is one entry's place. RawRank and CalibratedRank say where either number alone would
// put it; entries with the same number share the better rank. 0: not ranked.
type StandingRow struct {
	Assessed
	Summary        Candidate
	RawRank        int
	CalibratedRank int
}

// Open reports whether entries share a rank because the lottery is not drawn yet.
func (s Standing) Open() bool {
	for _, r := range s.Rows {
		if r.Tie == score.Open {
			return true
		}
	}
	return false
}

// Stand gives the order: as stored with the last lock, or before that over the submitted reviews.
// Entries that the actor must not see are absent, and ranks count without them: no gap tells where
// they stand. The caller has checked that the actor may see scores.
func Stand(ctx context.Context, q database.Queryer, actor authz.Actor, c contest.Challenge) (Standing, error) {
	out := Standing{Challenge: c, Rows: []StandingRow{}}
	all, err := roster(ctx, q, c.ID)
	if err != nil {
		return out, err
	}
	for i := range all {
		all[i] = unnamed(actor, c, all[i])
	}
	if out.Criteria, err = contest.Rubric(ctx, q, c.ID); err != nil {
		return out, err
	}
	seed, err := lotterySeed(ctx, q, c.ID)
	if err != nil {
		return out, err
	}
	out.Seed = hex.EncodeToString(seed)
	whole, draws, err := lockedRanking(ctx, q, c)
	if database.NotFound(err) {
		whole, err = assessed(ctx, q, c, out.Criteria, idsOf(all), draws)
	}
	if err != nil {
		return out, err
	}
	out.Assessment = whole.without(actor.Excluded, draws)
	out.order(visible(actor, all), seed)
	return out, nil
}

// order puts the entries in order and gives each its ranks. An entry that left after the lock has no
// row; one that came back has no reviews.
func (s *Standing) order(entries []Candidate, seed []byte) {
	by, summaries := map[uuid.UUID]Assessed{}, byEntry(entries)
	for _, e := range s.Entries {
		by[e.Entry] = e
	}
	var rows, raw, calibrated []score.Row
	for _, x := range entries {
		e := by[x.EntryID]
		e.Entry = x.EntryID
		rows = append(rows, e.Row)
		raw = append(raw, score.Row{Entry: e.Entry, Reviews: e.Reviews, Official: e.Mean})
		if e.Calibrated != nil {
			calibrated = append(calibrated, score.Row{Entry: e.Entry, Reviews: e.Reviews, Official: *e.Calibrated})
		}
	}
	score.Rank(rows, s.Least, seed)
	byRaw, byCalibrated := ranks(raw, s.Least), ranks(calibrated, s.Least)
	for _, r := range rows {
		e := by[r.Entry]
		e.Row = r
		s.Rows = append(s.Rows, StandingRow{Assessed: e, Summary: summaries[r.Entry], RawRank: byRaw[r.Entry], CalibratedRank: byCalibrated[r.Entry]})
	}
}

func ranks(rows []score.Row, least int) map[uuid.UUID]int {
	score.Rank(rows, least, nil)
	out := make(map[uuid.UUID]int, len(rows))
	for _, r := range rows {
		out[r.Entry] = r.Rank
	}
	return out
}

// lotterySeed is SHA-256(root of the last lock ‖ root of the first checkpoint that covers that
// lock's leaf): fixed by the lock, and by a public value that nobody knows before it. nil until
// that checkpoint is signed.
func lotterySeed(ctx context.Context, q database.Queryer, challenge uuid.UUID) ([]byte, error) {
	var lock, after []byte
	err := q.QueryRow(ctx, `
		select r.root, (select c.root from record_order o join record_checkpoints c on c.size > o.leaf_index
			where o.leaf_id = r.leaf_id order by c.size limit 1)
		from rounds r where r.challenge_id = $1 order by r.number desc limit 1`, challenge).Scan(&lock, &after)
	if database.NotFound(err) || (err == nil && after == nil) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(append(lock, after...))
	return sum[:], nil
}

// Note keeps that the actor was shown where each of these entries stands.
func (s Standing) Note(ctx context.Context, q database.Queryer, actor authz.Actor) error {
	return seen.Note(ctx, q, actor, s.Challenge.Scope(), seen.Ranking, nil, s.entries()...)
}

func (s Standing) entries() []uuid.UUID {
	out := make([]uuid.UUID, len(s.Rows))
	for i, r := range s.Rows {
		out[i] = r.Entry
	}
	return out
}

// Ranking is a standing with the jurors that its assessment speaks of.
type Ranking struct {
	Standing
	Panel []MatrixJuror
}

// Ranking is Stand for those who may see it: after the lock, and before it for a chair who does
// not judge.
func (s *Service) Ranking(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (Ranking, error) {
	c, sealed, err := s.scoresFor(ctx, actor, challenge)
	if err != nil {
		return Ranking{}, err
	}
	if sealed {
		return Ranking{}, ErrSealed
	}
	out := Ranking{}
	if out.Standing, err = Stand(ctx, s.db.Pool(), actor, c); err != nil {
		return out, err
	}
	if err := out.Note(ctx, s.db.Pool(), actor); err != nil {
		return out, err
	}
	jurors, err := members(ctx, s.db.Pool(), c, out.entries())
	out.Panel = labelled(jurors, mayName(actor, c))
	return out, err
}

// scoresFor loads a challenge for somebody who asks for scores, and says whether they are still
// sealed for that person.
func (s *Service) scoresFor(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (contest.Challenge, bool, error) {
	c, err := contest.Load(ctx, s.db.Pool(), challenge)
	if err != nil {
		return c, false, err
	}
	if err := actor.Require(authz.SeeRanking, c.Scope()); err != nil {
		return c, false, err
	}
	if c.LockedAt != nil {
		return c, false, nil
	}
	if !actor.Has(authz.Chair, c.Scope()) {
		return c, true, nil
	}
	var judges bool
	err = s.db.Pool().QueryRow(ctx, `select exists (select from assignments a join seats s on s.id = a.seat_id
		join entries e on e.id = a.entry_id where s.person_id = $1 and e.challenge_id = $2 and a.ended_at is null)`,
		actor.PersonID, challenge).Scan(&judges)
	return c, judges, err
}
