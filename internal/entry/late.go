package entry

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// ErrGraceFrozen refuses to change the grace of what is published: it is part of the rules.
var ErrGraceFrozen = fault.New(fault.Conflict, "late.grace_frozen", "The challenge is published. Its grace changes by a new version of the rules.")

// Late is what happens around the deadline of a challenge, for the people who run it.
type Late struct {
	Challenge  contest.Challenge
	Contest    int  // minutes of grace of the contest
	Own        *int // minutes of the challenge, where it overrides them
	ExtendBy   time.Time
	Extensions []Granted
	Sent       []LateEntry // after the deadline; empty while the entries are sealed
	Waiting    []Waiting   // files whose bytes have not come; empty while the entries are sealed
	Now        time.Time
	Allowed    []authz.Action
}

// Granted is an extension with whom it was given to, by whom and when.
type Granted struct {
	Entry     uuid.UUID
	Reference string
	Team      string
	Until     time.Time
	Reason    string
	Language  lang.Tag
	By        string // empty where the account is gone
	At        time.Time
}

// LateEntry is an entry whose last submission came after the deadline.
type LateEntry struct {
	Entry     uuid.UUID
	Reference string
	Team      string
	Kind      SubmissionKind
	At        time.Time
}

// Waiting is a file that was submitted by its hash and is not here, or not what it claims to be.
type Waiting struct {
	Entry     uuid.UUID
	Reference string
	Team      string
	File      string
	Size      int64
	State     FileState // uploading, missing or refused
	Until     time.Time
}

// Late gives the late policy of a challenge, its extensions, and what came or is to come late. What
// the actor is excluded from is left out.
func (s *Service) Late(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (Late, error) {
	q := s.db.Pool()
	c, err := contest.Load(ctx, q, challenge)
	if err != nil {
		return Late{}, err
	}
	if err := actor.Require(authz.SeeNumbers, c.Scope()); err != nil {
		return Late{}, err
	}
	l := Late{Challenge: c, ExtendBy: c.Dates.Closes.Add(extendWithin), Sent: []LateEntry{}, Waiting: []Waiting{},
		Allowed: actor.Allowed(c.Scope(), authz.EditChallenge, authz.ExtendEntry)}
	if l.Now, err = s.db.Now(ctx); err != nil {
		return l, err
	}
	if err := q.QueryRow(ctx, `select k.grace_minutes, c.grace_minutes from challenges c join contests k on k.id = c.contest_id
		where c.id = $1`, challenge).Scan(&l.Contest, &l.Own); err != nil {
		return l, err
	}
	if c.BlindTo(actor) { // everything below names teams
		l.Extensions = []Granted{}
		return l, nil
	}
	if l.Extensions, err = extensions(ctx, q, actor, challenge); err != nil {
		return l, err
	}
	sealed, err := Sealed(ctx, q, c, l.Now)
	if err != nil || sealed || !actor.May(authz.SeeSubmitted, c.Scope()) {
		return l, err
	}
	if l.Sent, err = sentLate(ctx, q, actor, challenge); err != nil {
		return l, err
	}
	l.Waiting, err = waiting(ctx, q, actor, c)
	return l, err
}

func extensions(ctx context.Context, q database.Queryer, actor authz.Actor, challenge uuid.UUID) ([]Granted, error) {
	rows, err := q.Query(ctx, `
		select e.id, e.reference, t.name, x.until, x.reason, x.language, coalesce(p.name, ''), x.granted_at
		from extensions x join teams t on t.id = x.team_id
		join entries e on e.challenge_id = x.challenge_id and e.team_id = x.team_id
		left join people p on p.id = x.granted_by
		where x.challenge_id = $1 and`+authz.NotExcluded("e.id", "$2")+` order by x.granted_at desc`, challenge, actor.PersonID)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Granted])
}

func sentLate(ctx context.Context, q database.Queryer, actor authz.Actor, challenge uuid.UUID) ([]LateEntry, error) {
	rows, err := q.Query(ctx, `
		select e.id, e.reference, t.name, s.kind, s.submitted_at
		from entries e join teams t on t.id = e.team_id join submissions s on s.id = e.last_submission_id
		where e.challenge_id = $1 and e.state = 'submitted' and s.kind in ('grace','extension') and`+authz.NotExcluded("e.id", "$2")+`
		order by s.submitted_at`, challenge, actor.PersonID)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[LateEntry])
}

func waiting(ctx context.Context, q database.Queryer, actor authz.Actor, c contest.Challenge) ([]Waiting, error) {
	rows, err := q.Query(ctx, `
		select e.id, e.reference, t.name, f.name, f.size, f.state,
		       greatest($3::timestamptz, (select max(x.until) from extensions x where x.challenge_id = e.challenge_id and x.team_id = e.team_id)) + $4::interval
		from entries e join teams t on t.id = e.team_id join submissions s on s.id = e.last_submission_id
		cross join lateral jsonb_array_elements(s.files) as sent
		join files f on f.id = (sent ->> 'id')::uuid
		where e.challenge_id = $1 and e.state = 'submitted' and (sent ->> 'awaited')::boolean
		  and f.state in ('uploading','missing','refused') and`+authz.NotExcluded("e.id", "$2")+`
		order by length(e.reference), e.reference, f.name`, c.ID, actor.PersonID, c.Dates.Closes.Add(c.Grace), c.BytesGrace)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Waiting])
}

// SetGrace sets the challenge's own minutes of grace, nil for those of its contest. It is a rule, so
// once the challenge is published it changes by a version of them (contest.Amendment). version is the challenge's that was read.
func (s *Service) SetGrace(ctx context.Context, actor authz.Actor, challenge uuid.UUID, version int, minutes *int) (Late, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := contest.LockExclusive(tx, challenge)
		if err != nil {
			return err
		}
		if err := actor.Require(authz.EditChallenge, c.Scope()); err != nil {
			return err
		}
		var check fault.Check
		check.That(minutes == nil || *minutes >= 0, "/graceMinutes", "too_small", "min", 0)
		check.That(minutes == nil || *minutes <= contest.MaxGrace, "/graceMinutes", "too_large", "max", contest.MaxGrace)
		if err := check.Err(); err != nil {
			return err
		}
		if c.PublishedAt != nil {
			return ErrGraceFrozen
		}
		if c.Version != version {
			return fault.ErrStale
		}
		_, err = tx.Pgx().Exec(ctx, `update challenges set grace_minutes = $2, version = version + 1, updated_at = clock_timestamp() where id = $1`, challenge, minutes)
		return err
	})
	if err := done(err); err != nil {
		return Late{}, err
	}
	return s.Late(ctx, actor, challenge)
}
