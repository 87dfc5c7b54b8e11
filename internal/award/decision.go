package award

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/pitch"
)

// Row is one entry in the jury's order, with what the host makes of it.
type Row struct {
	jury.StandingRow
	Choice      *Choice         // nil: not decided yet
	Recommended *Recommendation // nil: the jury has not met
	NeedsReason bool
	Testbeds    []lang.Text // that the entry would take, most wanted first, as submitted
}

// Decision is the draft, and after Decide the decision itself.
type Decision struct {
	Challenge contest.Challenge
	Phase     contest.Phase
	Version   int
	Language  lang.Tag      // of reasons and feedback
	Order     contest.Order // what decided the jury's order; raw where nothing could be calibrated
	Lottery   bool          // entries are tied and the lottery is not drawn yet
	Rows      []Row
	Slots     []Slot
	Prizes    []Prize
	Notices   int // that wait for the release
	Allowed   []authz.Action
}

// Decision reads the decision of a challenge for those who may see the ranking, after the lock.
func (s *Service) Decision(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (Decision, error) {
	q := s.db.Pool()
	c, err := contest.Load(ctx, q, challenge)
	if err != nil {
		return Decision{}, err
	}
	if err := actor.Require(authz.SeeRanking, c.Scope()); err != nil {
		return Decision{}, err
	}
	if c.LockedAt == nil {
		return Decision{}, jury.ErrSealed
	}
	d, err := readDecision(ctx, q, actor, c)
	if err != nil {
		return d, err
	}
	if err := q.QueryRow(ctx, `select count(*) from notices where batch = $1 and state = 'held' and`+authz.NotExcluded("subject_id", "$2"), batchOf(c.ID), actor.PersonID).Scan(&d.Notices); err != nil {
		return d, err
	}
	now, err := s.db.Now(ctx)
	if err != nil {
		return d, err
	}
	d.Phase = c.Phase(now)
	d.Allowed, err = allowed(ctx, q, actor, c)
	return d, err
}

func allowed(ctx context.Context, q database.Queryer, actor authz.Actor, c contest.Challenge) ([]authz.Action, error) {
	switch {
	case c.ReleasedAt != nil:
		return []authz.Action{}, nil
	case c.DecidedAt != nil:
		return actor.Allowed(c.Scope(), authz.ReleaseResults), nil
	}
	blind, err := recused(ctx, q, actor, c.ID)
	if err != nil || blind {
		return []authz.Action{}, err
	}
	return actor.Allowed(c.Scope(), authz.Decide), nil
}

// readDecision reads the rows that the actor may see.
func readDecision(ctx context.Context, q database.Queryer, actor authz.Actor, c contest.Challenge) (Decision, error) {
	d := Decision{Challenge: c, Language: c.Language, Rows: []Row{}}
	stand, err := pitch.Stand(ctx, q, actor, c)
	if err != nil {
		return d, err
	}
	if err := stand.Note(ctx, q, actor); err != nil {
		return d, err
	}
	d.Order, d.Lottery = contest.ByRaw, stand.Open()
	if stand.Fit != nil {
		d.Order = stand.Order
	}
	if d.Version, err = versionOf(ctx, q, c.ID); err != nil {
		return d, err
	}
	o, err := readOffer(ctx, q, c)
	if err != nil {
		return d, err
	}
	d.Slots, d.Prizes = o.Slots, o.Prizes
	choices, language, err := readChoices(ctx, q, c.ID)
	if err != nil {
		return d, err
	}
	d.Language = language.Or(c.Language)
	wanted, err := wishes(ctx, q, c.ID)
	if err != nil {
		return d, err
	}
	advice, err := recommendations(ctx, q, c.ID)
	if err != nil {
		return d, err
	}
	for _, r := range stand.Rows {
		row := Row{StandingRow: r, Testbeds: wanted[r.Entry]}
		if x, decided := choices[r.Entry]; decided {
			row.Choice = &x
		}
		if x, met := advice[r.Entry]; met {
			row.Recommended = &x
		}
		d.Rows = append(d.Rows, row)
	}
	for i, needs := range unexplained(d.Rows) {
		d.Rows[i].NeedsReason = needs
	}
	return d, nil
}

func readChoices(ctx context.Context, q database.Queryer, challenge uuid.UUID) (map[uuid.UUID]Choice, lang.Tag, error) {
	rows, err := q.Query(ctx, `select entry_id, outcome, coalesce(place, 0), reason, feedback, prize_id, slot_id, language
		from decisions where challenge_id = $1`, challenge)
	if err != nil {
		return nil, "", err
	}
	defer rows.Close()
	out := map[uuid.UUID]Choice{}
	var language lang.Tag
	for rows.Next() {
		var x Choice
		if err := rows.Scan(&x.Entry, &x.Outcome, &x.Place, &x.Reason, &x.Feedback, &x.Prize, &x.Slot, &language); err != nil {
			return nil, "", err
		}
		out[x.Entry] = x
	}
	return out, language, rows.Err()
}

// wishes are the testbeds that entries asked for, in the order in which they want them.
func wishes(ctx context.Context, q database.Queryer, challenge uuid.UUID) (map[uuid.UUID][]lang.Text, error) {
	rows, err := q.Query(ctx, `select e.id, b.value -> 'name' from entries e join submissions s on s.id = e.last_submission_id
		cross join lateral jsonb_array_elements(s.testbeds) with ordinality as b(value, n)
		where e.challenge_id = $1 order by e.id, b.n`, challenge)
	if err != nil {
		return nil, err
	}
	out := map[uuid.UUID][]lang.Text{}
	var id uuid.UUID
	var name lang.Text
	_, err = pgx.ForEachRow(rows, []any{&id, &name}, func() error {
		out[id] = append(out[id], name)
		name = nil
		return nil
	})
	return out, err
}
