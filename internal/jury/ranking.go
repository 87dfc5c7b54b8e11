package jury

import (
	"context"
	"crypto/sha256"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/jury/calibrate"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/record"
)

// assessed computes the assessment of these entries over the reviews that count now.
func assessed(ctx context.Context, q database.Queryer, c contest.Challenge, criteria []contest.Criterion, entries []uuid.UUID, seed [32]byte) (Assessment, error) {
	b, _, err := gather(ctx, q, c, criteria, entries, seed)
	if err != nil {
		return Assessment{}, err
	}
	return assess(b), nil
}

// gather reads what an assessment of these entries is made from, and a hash of all of it.
func gather(ctx context.Context, q database.Queryer, c contest.Challenge, criteria []contest.Criterion, entries []uuid.UUID, seed [32]byte) (b basis, key [32]byte, err error) {
	reviews, err := counted(ctx, q, entries)
	if err != nil {
		return b, key, err
	}
	slots, err := places(ctx, q, c.ID)
	if err != nil {
		return b, key, err
	}
	b = basis{order: c.Order, places: slots, least: minReviews(c), seed: seed, fit: calibrate.Fit,
		summary: score.Summarise(arithmetic(criteria), entries, reviews), reviews: make([]Counted, len(reviews))}
	for k, r := range reviews {
		b.reviews[k] = Counted{Entry: r.Entry, Seat: r.Juror, Total: r.Total}
	}
	whole, err := json.Marshal([]any{b.order, b.places, b.least, seed, criteria, entries, reviews})
	return b, sha256.Sum256(whole), err
}

// counted reads the version that counts of each review of these entries. Who recused later does
// not count.
func counted(ctx context.Context, q database.Queryer, entries []uuid.UUID) ([]score.Review, error) {
	rows, err := q.Query(ctx, `
		select r.entry_id, r.seat_id, v.total::float8, v.scores from reviews r
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
		if err := rows.Scan(&r.Entry, &r.Juror, &r.Total, &scores); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(scores, &r.Scores); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// places is how many stays in testbeds the challenge has to give, and 1 where it gives none: then the
// question is who comes first.
func places(ctx context.Context, q database.Queryer, challenge uuid.UUID) (n int, err error) {
	err = q.QueryRow(ctx, `select greatest(1, coalesce(sum(t.capacity), 0)) from challenge_testbeds ct
		join testbeds t on t.id = ct.testbed_id join slots s on s.testbed_id = t.id where ct.challenge_id = $1`, challenge).Scan(&n)
	return n, err
}

// ready is what a lock would come to, of what the key stands for.
type ready struct {
	key  [32]byte
	body []byte
}

func readyOf(b basis, key [32]byte) (ready, error) {
	body, err := json.Marshal(assess(b))
	return ready{key, body}, err
}

// prepare computes what a lock would come to before the challenge is held: fit, draws and the refits
// without each juror take seconds in the largest contests. Nothing where there is nothing to lock.
func (s *Service) prepare(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (ready, error) {
	q := s.db.Pool()
	c, err := contest.Load(ctx, q, challenge)
	if err != nil {
		return ready{}, err
	}
	if err := actor.Require(authz.LockScores, c.Scope()); err != nil {
		return ready{}, err
	}
	all, err := roster(ctx, q, c.ID)
	if err != nil {
		return ready{}, err
	}
	given, err := commitments(ctx, q, idsOf(all))
	if err != nil || len(given) == 0 {
		return ready{}, err
	}
	criteria, err := contest.Rubric(ctx, q, c.ID)
	if err != nil {
		return ready{}, err
	}
	b, key, err := gather(ctx, q, c, criteria, idsOf(all), record.RoundRoot(given))
	if err != nil {
		return ready{}, err
	}
	return readyOf(b, key)
}

// rankLocked stores what a lock comes to, and gives the SHA-256 of what was stored: what was made ready
// where nothing changed since, or computed anew.
func rankLocked(tx database.Tx, c contest.Challenge, number int, entries []uuid.UUID, seed [32]byte, early ready) (hash [32]byte, err error) {
	criteria, err := contest.Rubric(tx.Context(), tx.Pgx(), c.ID)
	if err != nil {
		return hash, err
	}
	b, key, err := gather(tx.Context(), tx.Pgx(), c, criteria, entries, seed)
	if err == nil && key != early.key {
		early, err = readyOf(b, key)
	}
	if err != nil {
		return hash, err
	}
	hash = sha256.Sum256(early.body)
	_, err = tx.Pgx().Exec(tx.Context(), `insert into rankings (challenge_id, number, body, hash) values ($1,$2,$3,$4)`,
		c.ID, number, string(early.body), hash[:])
	return hash, err
}

// lockedRanking reads what the last lock came to, and the seed of its draws: the lock's root. Before the
// first lock, and where a lock is older than rankings, there is none; then the seed is made of the
// challenge's id.
func lockedRanking(ctx context.Context, q database.Queryer, c contest.Challenge) (a Assessment, seed [32]byte, err error) {
	seed = sha256.Sum256(c.ID[:])
	var root []byte
	var body *string
	err = q.QueryRow(ctx, `select r.root, k.body from rounds r
		left join rankings k on k.challenge_id = r.challenge_id and k.number = r.number
		where r.challenge_id = $1 order by r.number desc limit 1`, c.ID).Scan(&root, &body)
	if err != nil {
		return a, seed, err
	}
	copy(seed[:], root)
	if body == nil {
		return a, seed, pgx.ErrNoRows
	}
	err = json.Unmarshal([]byte(*body), &a)
	a.decide()
	return a, seed, err
}
