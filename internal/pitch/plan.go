package pitch

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/record"
)

// Plan is what the host says about a pitch round before the challenge opens. Invited is how many entries
// come into it at most, Share its part of the final total in per cent.
type Plan struct {
	Held     bool
	Invited  int
	Share    int
	Criteria []contest.Criterion
	Version  int // 0: nothing was said
}

// usual is offered before anything was said.
var usual = Plan{Invited: 5, Share: 40, Criteria: []contest.Criterion{}}

// Planned is the plan for those who make it.
type Planned struct {
	Plan
	Challenge contest.Challenge
	Fixed     bool // the challenge has opened
	Allowed   []authz.Action
}

func loadPlan(ctx context.Context, q database.Queryer, challenge uuid.UUID) (Plan, error) {
	p := usual
	err := q.QueryRow(ctx, `select held, invited, share, version from pitch_plans where challenge_id = $1`, challenge).
		Scan(&p.Held, &p.Invited, &p.Share, &p.Version)
	if database.NotFound(err) {
		return p, nil
	}
	if err != nil {
		return p, err
	}
	p.Criteria, err = loadCriteria(ctx, q, challenge)
	return p, err
}

func loadCriteria(ctx context.Context, q database.Queryer, challenge uuid.UUID) ([]contest.Criterion, error) {
	rows, err := q.Query(ctx, `select id, key, weight, lowest, highest, name, description, anchors, may_not_apply
		from pitch_criteria where challenge_id = $1 order by position`, challenge)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []contest.Criterion{}
	for rows.Next() {
		var c contest.Criterion
		if err := rows.Scan(&c.ID, &c.Key, &c.Weight, &c.Lowest, &c.Highest, &c.Name, &c.Description, &c.Anchors, &c.MayNotApply); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

// fixed reports whether the rules stand: from opening on.
func fixed(c contest.Challenge, now time.Time) bool {
	return c.PublishedAt != nil && !now.Before(c.Dates.Opens)
}

// Rules gives the plan of a published challenge to everybody.
func (s *Service) Rules(ctx context.Context, slug string) (Plan, error) {
	q := s.db.Pool()
	id, err := contest.IDBySlug(ctx, q, slug)
	if err != nil {
		return Plan{}, err
	}
	c, err := contest.Load(ctx, q, id)
	if err == nil && c.PublishedAt == nil {
		err = fault.ErrNotFound
	}
	if err != nil {
		return Plan{}, err
	}
	p, err := loadPlan(ctx, q, id)
	if !p.Held {
		p.Criteria = []contest.Criterion{} // what is said no more is no rule
	}
	return p, err
}

// Plan reads the plan for the host.
func (s *Service) Plan(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (Planned, error) {
	q := s.db.Pool()
	c, err := contest.Load(ctx, q, challenge)
	if err != nil {
		return Planned{}, err
	}
	if err := actor.Require(authz.SeeChallengeDraft, c.Scope()); err != nil {
		return Planned{}, err
	}
	out := Planned{Challenge: c, Allowed: []authz.Action{}}
	if out.Plan, err = loadPlan(ctx, q, challenge); err != nil {
		return out, err
	}
	now, err := s.db.Now(ctx)
	if out.Fixed = fixed(c, now); !out.Fixed {
		out.Allowed = actor.Allowed(c.Scope(), authz.EditChallenge)
	}
	return out, err
}

// SavePlan says whether there is a pitch round and by what rules, over the version that was read. It can
// be said until the challenge opens, by the database's clock, and stands on record each time.
func (s *Service) SavePlan(ctx context.Context, actor authz.Actor, challenge uuid.UUID, version int, p Plan) (Planned, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := contest.LockExclusive(tx, challenge)
		if err != nil {
			return err
		}
		if err := actor.Require(authz.EditChallenge, c.Scope()); err != nil {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		if fixed(c, now) {
			return ErrFixed
		}
		before, err := loadPlan(ctx, tx.Pgx(), challenge)
		switch {
		case err != nil:
			return err
		case before.Version != version:
			return fault.ErrStale
		}
		if err := p.check(c.Language); err != nil {
			return err
		}
		return p.say(tx, c, now)
	})
	if err != nil {
		return Planned{}, err
	}
	return s.Plan(ctx, actor, challenge)
}

// check asks of a round that is held what publishing asks of the rubric.
func (p Plan) check(language lang.Tag) error {
	var v fault.Check
	v.That(p.Invited >= 1, "/invited", "too_small", "min", 1)
	v.That(p.Invited <= 50, "/invited", "too_large", "max", 50)
	v.That(p.Share >= 1, "/share", "too_small", "min", 1)
	v.That(p.Share <= 100, "/share", "too_large", "max", 100)
	v.That(!p.Held || len(p.Criteria) > 0, "/criteria", "required")
	sum, keys := 0, map[string]bool{}
	for i, c := range p.Criteria {
		at := fmt.Sprintf("/criteria/%d", i)
		sum += c.Weight
		v.That(!keys[c.Key], at+"/key", "taken")
		keys[c.Key] = true
		v.That(c.Lowest < c.Highest, at+"/highest", "order")
		v.That(c.Lowest >= c.Highest || len(c.Anchors) <= c.Highest-c.Lowest+1, at+"/anchors", "too_many")
		short(&v, c.Name, at+"/name", 120)
		short(&v, c.Description, at+"/description", 1000)
		for n, a := range c.Anchors {
			short(&v, a, fmt.Sprintf("%s/anchors/%d", at, n), 400)
		}
		if !p.Held {
			continue
		}
		v.That(c.Weight > 0, at+"/weight", "too_small", "min", 1)
		v.That(c.Name[language] != "", at+"/name", "required")
		for n := range max(0, c.Highest-c.Lowest+1) {
			v.That(n < len(c.Anchors) && c.Anchors[n][language] != "", fmt.Sprintf("%s/anchors/%d", at, n), "required", "score", c.Lowest+n)
		}
	}
	v.That(!p.Held || len(p.Criteria) == 0 || sum == 100, "/criteria", "weights_sum", "sum", sum)
	return v.Err()
}

func short(v *fault.Check, t lang.Text, pointer string, most int) {
	for l, s := range t {
		v.That(utf8.RuneCountInString(s) <= most, pointer+"/"+string(l), "too_long", "max", most)
	}
}

// say stores the plan and puts it on record.
func (p Plan) say(tx database.Tx, c contest.Challenge, now time.Time) error {
	if err := p.store(tx, c.ID); err != nil {
		return err
	}
	_, err := record.Put(tx, record.KindPitchRules, c.RecordScope, c.ID, map[string]any{"challenge": c.ID, "held": p.Held, "invited": p.Invited,
		"share": p.Share, "rubric": rubric(p.Criteria), "time": record.Stamp(now)})
	return err
}

func (p Plan) store(tx database.Tx, challenge uuid.UUID) error {
	if _, err := tx.Pgx().Exec(tx.Context(), `insert into pitch_plans (challenge_id, held, invited, share) values ($1,$2,$3,$4)
		on conflict (challenge_id) do update set held = $2, invited = $3, share = $4, version = pitch_plans.version + 1`,
		challenge, p.Held, p.Invited, p.Share); err != nil {
		return err
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `delete from pitch_criteria where challenge_id = $1`, challenge); err != nil {
		return err
	}
	for i, c := range p.Criteria {
		if c.Anchors == nil {
			c.Anchors = []lang.Text{}
		}
		if _, err := tx.Pgx().Exec(tx.Context(), `insert into pitch_criteria (id, challenge_id, key, position, weight, lowest, highest, name, description, anchors, may_not_apply)
			values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`, uuid.Must(uuid.NewV7()), challenge, c.Key, i+1, c.Weight, c.Lowest, c.Highest,
			c.Name, c.Description, c.Anchors, c.MayNotApply); err != nil {
			return err
		}
	}
	return nil
}
