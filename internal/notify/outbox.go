package notify

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jobs"
	"fieldtrial/internal/lang"
)

// What cannot be done to a notice.
var (
	ErrNotRetryable  = fault.New(fault.Conflict, "notice.not_retryable", "Only a notice that failed or was cancelled can be sent again.")
	ErrNotCancelable = fault.New(fault.Conflict, "notice.not_cancellable", "This notice has been sent or is being sent.")
)

// Outbox is what admins and community managers see of what is said to whom. Notices about entries
// that the actor must not see are not there.
type Outbox struct {
	DB        *database.DB
	PublicURL string
}

// Entry is one notice in the outbox. Name is that of the account, "" for an address without one.
type Entry struct {
	ID        uuid.UUID
	Kind      string
	Email     string
	Name      string
	Language  lang.Tag
	State     string // held, queued, sent, failed, cancelled
	Attempts  int
	LastError string
	Created   time.Time
	Sent      *time.Time
}

// CanRetry reports whether Retry would send it again.
func (e Entry) CanRetry() bool { return e.State == "failed" || e.State == "cancelled" }

// CanCancel reports whether Cancel may still stop it.
func (e Entry) CanCancel() bool {
	return e.State == "held" || e.State == "queued" || e.State == "failed"
}

// OutboxFilter narrows the list; zero values do not. Query is looked for in name and address.
type OutboxFilter struct {
	State  string
	Kind   string
	Query  string
	Cursor string
	Limit  int
}

const entryColumns = `n.id, n.kind, n.email, coalesce(p.name, ''), n.language, n.state, n.attempts, n.last_error, n.created_at, n.sent_at`

func scanEntry(r pgx.CollectableRow) (Entry, error) {
	var e Entry
	err := r.Scan(&e.ID, &e.Kind, &e.Email, &e.Name, &e.Language, &e.State, &e.Attempts, &e.LastError, &e.Created, &e.Sent)
	return e, err
}

// seen leaves out what the actor must not see: what is about entries they are excluded from, and
// results that wait for their release, for nobody may tell winners from the rest before.
var seen = authz.NotExcluded("n.subject_id", "$1") + ` and not (n.state = 'held' and n.batch like 'results:%') `

// List gives notices newest first, and the numbers of the visible ones by state, whatever the
// state asked for.
func (o *Outbox) List(ctx context.Context, actor authz.Actor, f OutboxFilter) (list []Entry, next string, counts map[string]int, err error) {
	if err := actor.Require(authz.SeeOutbox, authz.Scope{}); err != nil {
		return nil, "", nil, err
	}
	var at time.Time
	var last uuid.UUID
	more, err := database.DecodeCursor(f.Cursor, &at, &last)
	if err != nil {
		return nil, "", nil, err
	}
	pattern := ""
	if q := strings.TrimSpace(strings.ReplaceAll(f.Query, "\x00", "")); q != "" {
		pattern = "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(q)) + "%"
	}
	const where = ` from notices n left join people p on p.id = n.person_id
		where ($2 = '' or n.kind = $2) and ($3 = '' or n.email like $3 or lower(p.name) like $3) and `
	rows, err := o.DB.Pool().Query(ctx, `select `+entryColumns+where+seen+`
		and ($4 = '' or n.state = $4) and (not $5 or (n.created_at, n.id) < ($6, $7))
		order by n.created_at desc, n.id desc limit $8`, actor.PersonID, f.Kind, pattern, f.State, more, at, last, f.Limit+1)
	if err != nil {
		return nil, "", nil, err
	}
	if list, err = pgx.CollectRows(rows, scanEntry); err != nil {
		return nil, "", nil, err
	}
	if len(list) > f.Limit {
		list = list[:f.Limit]
		end := list[len(list)-1]
		next = database.EncodeCursor(end.Created, end.ID)
	}
	rows, err = o.DB.Pool().Query(ctx, `select n.state, count(*)`+where+seen+` group by n.state`, actor.PersonID, f.Kind, pattern)
	if err != nil {
		return nil, "", nil, err
	}
	counts = map[string]int{}
	var state string
	var n int
	_, err = pgx.ForEachRow(rows, []any{&state, &n}, func() error { counts[state] = n; return nil })
	return list, next, counts, err
}

// Preview gives a notice as its reader gets it, with secret links blotted out.
func (o *Outbox) Preview(ctx context.Context, actor authz.Actor, id uuid.UUID) (Entry, Content, error) {
	e, err := o.Entry(ctx, actor, id)
	if err != nil {
		return Entry{}, Content{}, err
	}
	r := Row{Kind: e.Kind, Language: e.Language}
	if err := o.DB.Pool().QueryRow(ctx, `select params from notices where id = $1`, id).Scan(&r.Params); err != nil {
		return Entry{}, Content{}, err
	}
	if r.Contest, err = settingOf(ctx, o.DB.Pool(), id); err != nil {
		return Entry{}, Content{}, err
	}
	c, err := preview(r, o.PublicURL)
	return e, c, err
}

// Entry reads one notice.
func (o *Outbox) Entry(ctx context.Context, actor authz.Actor, id uuid.UUID) (Entry, error) {
	if err := actor.Require(authz.SeeOutbox, authz.Scope{}); err != nil {
		return Entry{}, err
	}
	rows, err := o.DB.Pool().Query(ctx, `select `+entryColumns+` from notices n left join people p on p.id = n.person_id
		where n.id = $2 and `+seen, actor.PersonID, id)
	if err != nil {
		return Entry{}, err
	}
	e, err := pgx.CollectExactlyOneRow(rows, scanEntry)
	if database.NotFound(err) {
		err = fault.ErrNotFound
	}
	return e, err
}

// Retry queues a failed or cancelled notice again.
func (o *Outbox) Retry(ctx context.Context, actor authz.Actor, id uuid.UUID) error {
	return o.change(ctx, actor, id, `update notices n set state = 'queued', claimed_until = null where n.id = $2
		and n.state in ('failed','cancelled') and `+seen+` returning n.id`, ErrNotRetryable, func(tx database.Tx) error {
		return jobs.Enqueue(tx, DeliverArgs{id})
	})
}

// Cancel keeps a notice that is not sent yet from being sent. One that is being sent at this moment
// cannot be stopped.
func (o *Outbox) Cancel(ctx context.Context, actor authz.Actor, id uuid.UUID) error {
	return o.change(ctx, actor, id, `update notices n set state = 'cancelled' where n.id = $2
		and n.state in ('held','queued','failed') and coalesce(n.claimed_until <= clock_timestamp(), true) and `+seen+` returning n.id`,
		ErrNotCancelable, func(database.Tx) error { return nil })
}

func (o *Outbox) change(ctx context.Context, actor authz.Actor, id uuid.UUID, update string, otherwise error, then func(database.Tx) error) error {
	if err := actor.Require(authz.ManageOutbox, authz.Scope{}); err != nil {
		return err
	}
	if _, err := o.Entry(ctx, actor, id); err != nil {
		return err
	}
	return o.DB.InTx(database.WithIdempotency(ctx, database.Idempotency{}), func(tx database.Tx) error {
		ids, err := collectIDs(tx, update, actor.PersonID, id)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			return otherwise
		}
		return then(tx)
	})
}

func collectIDs(tx database.Tx, sql string, args ...any) ([]uuid.UUID, error) {
	rows, err := tx.Pgx().Query(tx.Context(), sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

// clip cuts a text of unknown making to at most n bytes of valid UTF-8 without NUL.
func clip(s string, n int) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
