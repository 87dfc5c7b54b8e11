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

// row is an entry as stored, with what its team is called.
type row struct {
	ID         uuid.UUID
	Challenge  uuid.UUID
	Reference  string
	Language   lang.Tag
	State      State
	ChangedAt  time.Time
	Version    int
	Team       TeamMark
	Submission *Submission // the last one

	extension *Extension         // of the team; nil where it has none
	frozen    map[uuid.UUID]bool // fields whose moment has passed, where lockToEdit found them
	reopened  map[uuid.UUID]bool // the only fields that may change, where lockToEdit found a correction; nil: all
}

// TeamMark is a team as an entry names it.
type TeamMark struct {
	ID        uuid.UUID
	Name      string
	LatinName string
	Kind      string
	Country   string
}

// Submission is one sending of an entry. By is the sender's name, empty where the account is gone.
type Submission struct {
	ID     uuid.UUID
	Number int
	At     time.Time
	By     string
	Leaf   int64 // private id of the leaf on record
	Kind   SubmissionKind
}

// unsent says that something was edited after the last submission.
func (r row) unsent() bool {
	return r.State == StateSubmitted && r.Submission != nil && r.ChangedAt.After(r.Submission.At)
}

// scope is where the entry lies. Exclusions bite through Entry.
func (r row) scope(c contest.Challenge) authz.Scope {
	s := c.Scope()
	s.Team, s.Entry = r.Team.ID, r.ID
	return s
}

const selectEntry = `
	select e.id, e.challenge_id, e.reference, e.language, e.state, e.changed_at, e.version,
	       t.id, t.name, t.latin_name, t.kind, t.country,
	       s.id, s.number, s.submitted_at, coalesce(p.name, ''), s.leaf_id, s.kind, x.until, x.reason, x.language
	from entries e join teams t on t.id = e.team_id
	left join submissions s on s.id = e.last_submission_id
	left join people p on p.id = s.submitted_by
	left join lateral (select until, reason, language from extensions z
		where z.challenge_id = e.challenge_id and z.team_id = e.team_id order by until desc limit 1) x on true
	where e.id = $1`

func read(ctx context.Context, q database.Queryer, id uuid.UUID) (row, error) {
	return scanEntry(q.QueryRow(ctx, selectEntry, id))
}

func scanEntry(from pgx.Row) (row, error) {
	var r row
	var sid *uuid.UUID
	var number *int
	var at *time.Time
	var by string
	var leaf *int64
	var kind, reason, language *string
	var until *time.Time
	err := from.Scan(&r.ID, &r.Challenge, &r.Reference, &r.Language, &r.State, &r.ChangedAt, &r.Version,
		&r.Team.ID, &r.Team.Name, &r.Team.LatinName, &r.Team.Kind, &r.Team.Country, &sid, &number, &at, &by, &leaf,
		&kind, &until, &reason, &language)
	if database.NotFound(err) {
		return row{}, fault.ErrNotFound
	}
	if err == nil && sid != nil {
		r.Submission = &Submission{ID: *sid, Number: *number, At: *at, By: by, Leaf: *leaf, Kind: SubmissionKind(*kind)}
	}
	if err == nil && until != nil {
		r.extension = &Extension{Until: *until, Reason: *reason, Language: *language}
	}
	return r, err
}

// lock takes the challenge FOR SHARE and then the entry FOR UPDATE, always in this order: nothing
// deadlocks, and the deadline cannot move until the transaction ends. now is read after both.
func lock(tx database.Tx, id uuid.UUID) (contest.Challenge, row, time.Time, error) {
	fail := func(err error) (contest.Challenge, row, time.Time, error) {
		return contest.Challenge{}, row{}, time.Time{}, err
	}
	var challenge uuid.UUID // of an entry that is there it never changes
	var late bool
	err := tx.Pgx().QueryRow(tx.Context(), `select e.challenge_id, greatest(
			coalesce(c.closes_at, k.closes_at) + coalesce(c.grace_minutes, k.grace_minutes) * interval '1 minute',
			(select max(x.until) from extensions x where x.challenge_id = c.id and x.team_id = e.team_id)) <= clock_timestamp()
		from entries e join challenges c on c.id = e.challenge_id join contests k on k.id = c.contest_id
		where e.id = $1`, id).Scan(&challenge, &late)
	if database.NotFound(err) {
		return fail(fault.ErrNotFound)
	}
	if err != nil {
		return fail(err)
	}
	c, err := lockInTime(tx, challenge, late)
	if err != nil {
		return fail(err)
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `select from entries where id = $1 for update`, id); err != nil {
		return fail(err)
	}
	r, err := read(tx.Context(), tx.Pgx(), id) // a statement of its own, so that it sees what the lock waited for
	if err != nil {
		return fail(err)
	}
	now, err := tx.Now()
	if err != nil {
		return fail(err)
	}
	return c, r, now, nil
}

// lockInTime leaves the lock out for those who are late anyway, beyond grace and extension: a shared lock passes by a waiting
// exclusive one, so a rush of late tries would keep the deadline itself from going on record. A
// deadline that was moved in between is seen, and then the lock is taken.
func lockInTime(tx database.Tx, challenge uuid.UUID, late bool) (contest.Challenge, error) {
	if late {
		c, err := contest.Load(tx.Context(), tx.Pgx(), challenge)
		if err != nil {
			return c, err
		}
		if now, err := tx.Now(); err != nil || c.AfterDeadline(now) {
			return c, err
		}
	}
	return contest.LockShared(tx, challenge)
}

// lockToEdit is lock for a change of answers or files.
func lockToEdit(tx database.Tx, actor authz.Actor, id uuid.UUID) (contest.Challenge, row, error) {
	c, r, now, err := lock(tx, id)
	if err != nil {
		return c, r, err
	}
	if err := actor.Require(authz.EditEntry, r.scope(c)); err != nil {
		return c, r, err
	}
	return c, r, mayEdit(tx.Context(), tx.Pgx(), c, &r, now)
}

// mayEdit is the one place that says whether answers and files of an entry may change at a moment.
// Where only a correction has it open, it notes the reopened fields in r, which then admits no other.
func mayEdit(ctx context.Context, q database.Queryer, c contest.Challenge, r *row, now time.Time) error {
	if _, err := r.window(c).takes(c, now); err != nil {
		fields, _, failed := Reopened(ctx, q, r.ID)
		if failed != nil {
			return failed
		}
		if fields == nil {
			return err
		}
		r.reopened = fields
	}
	if r.State == StateWithdrawn {
		return ErrWithdrawn
	}
	var err error
	r.frozen, err = frozenFields(ctx, q, c.ID)
	return err
}

// touch notes that an answer or a file changed.
func touch(tx database.Tx, id uuid.UUID) error {
	_, err := tx.Pgx().Exec(tx.Context(), `update entries set changed_at = clock_timestamp(), version = version + 1 where id = $1`, id)
	return err
}

// Answer is one answer as it stands.
type Answer struct {
	FieldID   uuid.UUID
	Value     string
	Version   int
	UpdatedAt time.Time
	UpdatedBy string
	Earlier   int // texts that it had before and that are kept
}

const selectAnswer = `select a.field_id, a.value, a.version, a.updated_at, coalesce(p.name, ''),
	(select count(*) from answer_versions v where v.entry_id = a.entry_id and v.field_id = a.field_id)
	from answers a left join people p on p.id = a.updated_by `

func answers(ctx context.Context, q database.Queryer, entry uuid.UUID) ([]Answer, error) {
	rows, err := q.Query(ctx, selectAnswer+`where a.entry_id = $1`, entry)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Answer])
}

// standing reads an entry's content as it stands, and the moment.
func standing(ctx context.Context, q database.Queryer, entry uuid.UUID) (Standing, []Answer, []File, error) {
	list, err := answers(ctx, q, entry)
	if err != nil {
		return Standing{}, nil, nil, err
	}
	files, err := filesOf(ctx, q, entry)
	if err != nil {
		return Standing{}, nil, nil, err
	}
	s := Standing{Answers: map[uuid.UUID]string{}, Files: map[uuid.UUID][]File{}}
	if err := q.QueryRow(ctx, `select clock_timestamp()`).Scan(&s.Now); err != nil {
		return Standing{}, nil, nil, err
	}
	for _, a := range list {
		s.Answers[a.FieldID] = a.Value
	}
	for _, f := range files {
		s.Files[f.Field] = append(s.Files[f.Field], f)
	}
	return s, list, files, nil
}
