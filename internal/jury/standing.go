package jury

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/jury/score"
)

// minReviews is how many reviews an entry needs to be ranked: two, or one where the contest asks
// for one review an entry.
func minReviews(c contest.Challenge) int { return min(2, c.ReviewsPerEntry) }

// Standing is the jury's order of the entries that the reader may see.
type Standing struct {
	Challenge  contest.Challenge
	MinReviews int
	Criteria   []contest.Criterion
	PooledSD   *float64
	Seed       string // of the lottery, hexadecimal; "" before it is drawn
	Rows       []StandingRow
}

// StandingRow is one entry's place.
type StandingRow struct {
	score.Row
	Summary Candidate
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

// Stand computes the order over the submitted reviews. Entries that the actor must not see are
// absent, and ranks count without them: no gap tells where they stand. The caller has checked that
// the actor may see scores.
func Stand(ctx context.Context, q database.Queryer, actor authz.Actor, c contest.Challenge) (Standing, error) {
	out := Standing{Challenge: c, MinReviews: minReviews(c), Rows: []StandingRow{}}
	all, err := roster(ctx, q, c.ID)
	if err != nil {
		return out, err
	}
	seen := visible(actor, all)
	if out.Criteria, err = contest.Rubric(ctx, q, c.ID); err != nil {
		return out, err
	}
	reviews, err := counted(ctx, q, idsOf(seen))
	if err != nil {
		return out, err
	}
	seed, err := lotterySeed(ctx, q, c.ID)
	if err != nil {
		return out, err
	}
	out.Seed = hex.EncodeToString(seed)
	ranking := score.Rank(arithmetic(out.Criteria), idsOf(seen), reviews, out.MinReviews, seed)
	out.PooledSD = ranking.PooledSD
	summaries := byEntry(seen)
	for _, r := range ranking.Rows {
		out.Rows = append(out.Rows, StandingRow{r, summaries[r.Entry]})
	}
	return out, nil
}

// counted reads the version that counts of each review of these entries. Who recused later does
// not count.
func counted(ctx context.Context, q database.Queryer, entries []uuid.UUID) ([]score.Review, error) {
	rows, err := q.Query(ctx, `
		select r.entry_id, v.total::float8, v.scores from reviews r
		join review_versions v on v.review_id = r.id and v.version = r.submitted_version
		join assignments a on a.id = r.assignment_id and a.ended_at is null
		where r.entry_id = any($1) order by r.id`, entries)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []score.Review{}
	for rows.Next() {
		var r score.Review
		var scores []byte
		if err := rows.Scan(&r.Entry, &r.Total, &scores); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(scores, &r.Scores); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
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

// Ranking is Stand for those who may see it: after the lock, and before it for a chair who does
// not judge.
func (s *Service) Ranking(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (Standing, error) {
	c, sealed, err := s.scoresFor(ctx, actor, challenge)
	if err != nil {
		return Standing{}, err
	}
	if sealed {
		return Standing{}, ErrSealed
	}
	return Stand(ctx, s.db.Pool(), actor, c)
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
