// Package notify holds what is said to whom, in which language. A notice is written in the
// transaction of what it tells about, held until released or queued at once, and sent by a job.
package notify

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/jobs"
	"fieldtrial/internal/lang"
)

// Moment is a time in a notice. It is written in the reader's language with its zone.
type Moment struct {
	At   time.Time `json:"at"`
	Zone string    `json:"zone"` // IANA name
}

// Link is an address in a notice: a path of the page, such as "/my/entries/…". The sender puts the
// public URL and the reader's language before it.
type Link string

// SecretLink is a Link that opens something by itself, such as a reset token. The outbox shows it
// masked, and it is forgotten once the notice is sent.
type SecretLink string

// Day is a day of the calendar, as "2006-01-02". It is written in the reader's language.
type Day string

// Role is an authz role, written by its name in the reader's language. As the parameter "role" it
// also chooses the template's variant.
type Role string

// Params fill a notice's placeholders: string, int, lang.Text, Moment, Day, Link, SecretLink or Role.
type Params map[string]any

// Address is where a notice goes. Person may be uuid.Nil for an address without an account.
type Address struct {
	Person   uuid.UUID
	Email    string
	Language lang.Tag
}

// Notice is one thing to say to one reader. Kind names a template in templates/.
type Notice struct {
	Kind    string
	To      Address
	Params  Params
	Subject uuid.UUID // the entry, challenge or invitation it is about; may be uuid.Nil
	Batch   string    // what is held and released together
}

// DeliverArgs asks to send one notice.
type DeliverArgs struct {
	Notice uuid.UUID `json:"notice"`
}

// Kind names the job.
func (DeliverArgs) Kind() string { return "notify.deliver" }

// Send queues notices in the transaction.
func Send(tx database.Tx, notices ...Notice) error {
	for _, n := range notices {
		id, err := insert(tx, n, "queued")
		if err != nil {
			return err
		}
		if err := jobs.Enqueue(tx, DeliverArgs{id}); err != nil {
			return err
		}
	}
	return nil
}

// Hold writes notices that wait for Release of their batch.
func Hold(tx database.Tx, notices ...Notice) error {
	for _, n := range notices {
		if n.Batch == "" {
			return fmt.Errorf("notify: a held notice of kind %s needs a batch", n.Kind)
		}
		if _, err := insert(tx, n, "held"); err != nil {
			return err
		}
	}
	return nil
}

// Release queues the held notices of a batch and gives their number.
func Release(tx database.Tx, batch string) (int, error) {
	ids, err := collectIDs(tx, `update notices set state = 'queued' where batch = $1 and state = 'held' returning id`, batch)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		if err := jobs.Enqueue(tx, DeliverArgs{id}); err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}

func insert(tx database.Tx, n Notice, state string) (uuid.UUID, error) {
	typed := make(map[string]param, len(n.Params))
	for k, v := range n.Params {
		p, err := paramOf(v)
		if err != nil {
			return uuid.Nil, fmt.Errorf("notify: %s: %s: %w", n.Kind, k, err)
		}
		typed[k] = p
	}
	if err := fits(n.Kind, typed); err != nil {
		return uuid.Nil, err
	}
	params, err := json.Marshal(typed) //nolint:gosec // the outbox keeps a link until it is sent, then spends it
	if err != nil {
		return uuid.Nil, err
	}
	id := uuid.Must(uuid.NewV7())
	_, err = tx.Pgx().Exec(tx.Context(), `insert into notices (id, kind, person_id, email, language, params, subject_id, batch, state)
		values ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
		id, n.Kind, orNull(n.To.Person), n.To.Email, string(n.To.Language.Or(lang.EN)), params, orNull(n.Subject), n.Batch, state)
	return id, err
}

func orNull(id uuid.UUID) any {
	if id == uuid.Nil {
		return nil
	}
	return id
}

// param is how a parameter is kept: exactly one of the fields is set.
type param struct {
	S    *string   `json:"s,omitempty"`
	Text lang.Text `json:"text,omitempty"`
	At   *Moment   `json:"at,omitempty"`
	Day  Day       `json:"day,omitempty"`
	Link string    `json:"link,omitempty"`
	// Secret is a link that is emptied when the notice was sent: "" and Spent then.
	Secret string `json:"secret,omitempty"`
	Spent  bool   `json:"spent,omitempty"`
	Role   Role   `json:"role,omitempty"`
}

func paramOf(v any) (param, error) {
	switch x := v.(type) {
	case string:
		return param{S: &x}, nil
	case int:
		s := fmt.Sprint(x)
		return param{S: &s}, nil
	case lang.Text:
		return param{Text: x}, nil
	case Moment:
		return param{At: &x}, nil
	case Day:
		return param{Day: x}, nil
	case Link:
		return param{Link: string(x)}, nil
	case SecretLink:
		return param{Secret: string(x)}, nil
	case Role:
		return param{Role: x}, nil
	}
	return param{}, fmt.Errorf("a parameter cannot be a %T", v)
}
