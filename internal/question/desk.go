package question

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
)

// State is what the officials' desk filters by.
type State string

// The states of a question at the desk. Pending ones are public and lack a translation.
const (
	Unanswered State = "unanswered"
	Answered   State = "answered"
	Pending    State = "pending"
	Hidden     State = "hidden"
)

// Sort orders the desk's list by when a question was asked.
type Sort string

// The orders of the desk. Without one, what waits longest comes first, and the newest of what waits no more.
const (
	Newest Sort = "newest"
	Oldest Sort = "oldest"
)

// DeskFilter narrows the desk's list. An empty State is all.
type DeskFilter struct {
	State  State
	Words  string
	Sort   Sort
	Cursor string
	Limit  int
}

// Desk is a page of a challenge's questions for its officials.
type Desk struct {
	Challenge contest.Challenge
	Items     []Question
	Next      string
	Counts    map[State]int
	ClosesAt  time.Time
	OwnClose  *time.Time // the challenge's own setting
	Now       time.Time
	Allowed   []authz.Action
	Asker     bool // who asked may be shown to the actor
}

// lacks says in SQL that a public question has no up-to-date translation in some language.
const lacks = `exists (select from unnest(array['en','es','ja']) as l(tag) left join question_texts t on t.question_id = q.id and t.language = l.tag
	where (q.language <> l.tag and t.language is null)
	   or (q.answer_language <> l.tag and (t.language is null or t.answer = '' or t.source_version < q.source_version)))`

var states = map[State]string{
	Unanswered: `q.answered_at is null and q.hidden_at is null`,
	Answered:   `q.answered_at is not null and q.hidden_at is null`,
	Pending:    `q.public and q.hidden_at is null and ` + lacks,
	Hidden:     `q.hidden_at is not null`,
}

// Desk lists the questions on a challenge, the longest waiting first where they wait, else newest first.
func (s *Service) Desk(ctx context.Context, actor authz.Actor, challenge uuid.UUID, f DeskFilter) (Desk, error) {
	d := Desk{Items: []Question{}, Counts: map[State]int{}}
	var err error
	if d.Challenge, err = contest.Load(ctx, s.db.Pool(), challenge); err != nil {
		return d, err
	}
	if err := actor.Require(authz.SeeQuestions, d.Challenge.Scope()); err != nil {
		return d, err
	}
	d.Allowed = actor.Allowed(d.Challenge.Scope(), authz.AnswerQuestions, authz.TranslateQuestions)
	d.Asker = actor.May(authz.AnswerQuestions, d.Challenge.Scope()) && !d.Challenge.Blind
	if d.OwnClose, err = ownClosing(ctx, s.db.Pool(), challenge); err != nil {
		return d, err
	}
	if d.Now, err = s.db.Now(ctx); err != nil {
		return d, err
	}
	d.ClosesAt = ClosesAt(d.OwnClose, d.Challenge.Dates)
	var n [4]int
	if err := s.db.Pool().QueryRow(ctx, `select count(*) filter (where `+states[Unanswered]+`), count(*) filter (where `+states[Answered]+`),
		count(*) filter (where `+states[Pending]+`), count(*) filter (where `+states[Hidden]+`)
		from questions q where q.challenge_id = $1`, challenge).Scan(&n[0], &n[1], &n[2], &n[3]); err != nil {
		return d, err
	}
	for i, st := range []State{Unanswered, Answered, Pending, Hidden} {
		d.Counts[st] = n[i]
	}
	return d, s.list(ctx, &d, f)
}

func (s *Service) list(ctx context.Context, d *Desk, f DeskFilter) error {
	var edge time.Time
	var last uuid.UUID
	more, err := database.DecodeCursor(f.Cursor, &edge, &last)
	if err != nil {
		return err
	}
	if f.Limit == 0 {
		f.Limit = 20
	}
	where, known := states[f.State]
	if !known {
		where = "true"
	}
	after, order := "<", "desc"
	if f.Sort == Oldest || f.Sort == "" && f.State == Unanswered {
		after, order = ">", "asc"
	}
	rows, err := s.db.Pool().Query(ctx, selectQuestion+`where q.challenge_id = $1 and `+where+`
		and (cardinality($2::text[]) = 0 or `+foldSQL+` like all ($2))
		and (not $3 or (q.asked_at, q.id) `+after+` ($4::timestamptz, $5::uuid)) order by q.asked_at `+order+`, q.id `+order+` limit $6`,
		d.Challenge.ID, patterns(f.Words), more, edge, last, f.Limit+1)
	if err != nil {
		return err
	}
	if d.Items, err = pgx.CollectRows(rows, scan); err != nil {
		return err
	}
	if len(d.Items) > f.Limit {
		d.Items = d.Items[:f.Limit]
		end := d.Items[f.Limit-1]
		d.Next = database.EncodeCursor(end.AskedAt, end.ID)
	}
	return nil
}
