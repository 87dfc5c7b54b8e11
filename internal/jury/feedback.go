package jury

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/lang"
)

// Comment is what one juror wrote to the team.
type Comment struct {
	Text     string
	Language lang.Tag
}

// Feedback is what a team gets back from the jury: means and comments, and nothing that tells who
// gave which.
type Feedback struct {
	Reviews  int
	Mean     *float64 // 0 to 100; nil without reviews
	Counts   *float64 // the calibrated score, where that was chosen to decide and could be computed
	Criteria []contest.Criterion
	Means    []float64 // by criterion, 0 to 100; nil without reviews
	Comments []Comment
}

// FeedbackOf sums up the reviews that count of one entry. Comments come in the order of a hash, so
// that their order tells neither who wrote them nor when. The caller has checked who asks, and
// that the results are out.
func FeedbackOf(ctx context.Context, q database.Queryer, challenge contest.Challenge, entryID uuid.UUID) (Feedback, error) {
	out := Feedback{Comments: []Comment{}}
	var err error
	if out.Criteria, err = contest.Rubric(ctx, q, challenge.ID); err != nil {
		return out, err
	}
	rows, err := q.Query(ctx, `
		select v.total::float8, v.scores, v.to_team, v.language from reviews r
		join review_versions v on v.review_id = r.id and v.version = r.submitted_version
		join assignments a on a.id = r.assignment_id and a.ended_at is null
		where r.entry_id = $1 order by sha256(uuid_send(r.id) || uuid_send(r.entry_id))`, entryID)
	if err != nil {
		return out, err
	}
	defer rows.Close()
	reviews := []score.Review{}
	for rows.Next() {
		r := score.Review{Entry: entryID}
		var c Comment
		var scores []byte
		if err := rows.Scan(&r.Total, &scores, &c.Text, &c.Language); err != nil {
			return out, err
		}
		if err := json.Unmarshal(scores, &r.Scores); err != nil {
			return out, err
		}
		reviews = append(reviews, r)
		out.Comments = append(out.Comments, c)
	}
	if err := rows.Err(); err != nil || len(reviews) == 0 {
		return out, err
	}
	row := score.Summarise(arithmetic(out.Criteria), []uuid.UUID{entryID}, reviews).Rows[0]
	out.Reviews, out.Mean, out.Means = row.Reviews, &row.Mean, row.Criteria
	out.Counts, err = calibratedScore(ctx, q, challenge, entryID)
	return out, err
}

// calibratedScore reads what the last lock gave an entry, where the calibrated order decides: its own line
// alone, as the ranking of a large contest has megabytes and every team asks.
func calibratedScore(ctx context.Context, q database.Queryer, c contest.Challenge, entryID uuid.UUID) (value *float64, err error) {
	if c.Order != contest.ByCalibrated {
		return nil, nil
	}
	err = q.QueryRow(ctx, `
		select jsonb_path_query_first(k.body::jsonb, '$.entries[*] ? (@.entry == $id).calibrated', jsonb_build_object('id', $2::uuid))::float8
		from rounds r left join rankings k on k.challenge_id = r.challenge_id and k.number = r.number
		where r.challenge_id = $1 order by r.number desc limit 1`, c.ID, entryID).Scan(&value)
	if database.NotFound(err) {
		return nil, nil
	}
	return value, err
}

// Unlocked counts the reviews of a locked challenge that were opened again and not locked since.
func Unlocked(ctx context.Context, q database.Queryer, c contest.Challenge) (n int, err error) {
	err = q.QueryRow(ctx, `select count(*) from reviews r join entries e on e.id = r.entry_id
		where e.challenge_id = $1 and r.locked_at is null`, c.ID).Scan(&n)
	return n, err
}
