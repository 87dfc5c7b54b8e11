package record

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// Leaf is what a feature puts on record.
type Leaf struct {
	Kind    Kind
	Scope   string // record_scope of the contest, or of the programme
	Subject string // uuid of the entry, challenge or review it is about; private; "" for none
	Payload []byte // UTF-8 without control characters, at most MaxPayload; committed to byte for byte
}

// ErrDeadlineAhead refuses to close a challenge whose deadline has not passed by
// the database's clock.
var ErrDeadlineAhead = fault.New(fault.Conflict, "record.deadline_ahead", "The deadline has not passed yet.")

// Append puts a leaf on record in the caller's transaction: it is there exactly
// when the change it speaks of is. The leaf is pending until Sequence gives it an
// index. The result is the leaf's private id, to ask for its receipt with.
func Append(tx database.Tx, l Leaf) (int64, error) {
	if err := errors.Join(checkNames(l.Kind, l.Scope), checkPayload(l.Payload)); err != nil {
		return 0, err
	}
	var salt [SaltSize]byte
	_, _ = rand.Read(salt[:]) // never fails: the runtime stops the program first
	c := Commit(salt, l.Payload)
	var id int64
	err := tx.Pgx().QueryRow(tx.Context(), `
		with leaf as (
			insert into record_leaves (kind, scope, subject, commitment)
			values ($1, $2, nullif($3, '')::uuid, $4) returning id)
		insert into record_openings (leaf_id, salt, payload)
		select id, $5, $6 from leaf returning leaf_id`,
		string(l.Kind), l.Scope, l.Subject, c[:], salt[:], l.Payload).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("record: append %s: %w", l.Kind, err)
	}
	return id, nil
}

// Put is Append for a payload that is written as it stands, its keys in alphabetical order. The challenge,
// entry or meeting it is about is the subject.
func Put(tx database.Tx, kind Kind, scope string, subject uuid.UUID, payload map[string]any) (int64, error) {
	b, err := json.Marshal(payload)
	if err != nil {
		return 0, err
	}
	return Append(tx, Leaf{Kind: kind, Scope: scope, Subject: subject.String(), Payload: b})
}

// AppendDeadline puts on record that a challenge is closed. The caller holds the
// challenge row FOR UPDATE in tx. Repeating it for the same deadline gives the
// same leaf; a later deadline (an extension) gets a leaf of its own. It fails with
// ErrDeadlineAhead when the database's clock has not reached the deadline.
//
// Why every entry that was in time lies below this leaf, and no other:
//
//  1. A submit takes the challenge FOR SHARE, then reads the clock, then appends,
//     then commits; the lock ends with its transaction. The closing job takes the
//     same row FOR UPDATE, then appends. So for each submit S and closing D the
//     database lets one pass wholly before the other.
//  2. S before D: S has committed when D gets its lock. The id of S's leaf was
//     drawn earlier than that of D's, and one sequence without cache serves all
//     sessions, so id(S) < id(D). Whoever sees D's leaf sees S's as well, because
//     S committed before D did. Sequence reads pending leaves with one statement,
//     that is one snapshot, and orders what it sees by id: in the batch that holds
//     D, S is either already ordered or stands earlier. index(S) < index(D).
//  3. D before S: S reads the clock while it holds the lock, after D has seen the
//     deadline pass on the same clock, and refuses. Where a contest grants grace,
//     S appends now and draws a higher id; S is not visible to a snapshot without
//     D, so index(D) < index(S), and the verdict is "late" unless an extension says
//     otherwise.
//
// Postgres lets new FOR SHARE holders in past a waiting FOR UPDATE. A submit should
// therefore look at the clock once before it takes the lock too, so that a rush of
// late tries does not keep the closing job waiting.
//
// A leaf is never lost for having an id below one already ordered: Sequence looks
// for leaves without an index, not for leaves above the last one.
func AppendDeadline(tx database.Tx, scope, challenge string, deadline time.Time) (int64, error) {
	now, err := tx.Now()
	if err != nil {
		return 0, fmt.Errorf("record: %w", err)
	}
	if now.Before(deadline) {
		return 0, ErrDeadlineAhead
	}
	p := Deadline{Challenge: challenge, ClosedAt: Stamp(deadline), Time: Stamp(now)}
	id, err := closedAt(tx, challenge, p.ClosedAt)
	if err != nil || id != 0 {
		return id, err
	}
	payload, err := p.Payload()
	if err != nil {
		return 0, err
	}
	return Append(tx, Leaf{Kind: KindDeadline, Scope: scope, Subject: challenge, Payload: payload})
}

// closedAt finds the deadline leaf that already closed the challenge at this
// time, or 0. The caller's lock on the challenge keeps the answer true.
func closedAt(tx database.Tx, challenge, closed string) (id int64, err error) {
	err = tx.Pgx().QueryRow(tx.Context(), `
		select l.id from record_leaves l join record_openings o on o.leaf_id = l.id
		where l.subject = $1::uuid and l.kind = $2
		  and convert_from(o.payload, 'UTF8')::jsonb ->> 'closedAt' = $3
		order by l.id limit 1`, challenge, string(KindDeadline), closed).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("record: look for the deadline: %w", err)
	}
	return id, nil
}

// Stamp writes a time as payloads carry it: RFC 3339, UTC, microseconds as
// Postgres keeps them.
func Stamp(t time.Time) string { return t.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano) }

// Erase removes what opens a leaf: payload and salt. The leaf's commitment, the
// log and every other receipt stay as they are; this leaf's payload can never be
// shown, nor guessed, again.
func Erase(tx database.Tx, leafID int64) error {
	_, err := tx.Pgx().Exec(tx.Context(), `delete from record_openings where leaf_id = $1`, leafID)
	if err != nil {
		return fmt.Errorf("record: erase: %w", err)
	}
	return nil
}

// EraseSubject is Erase for every leaf about one subject. It returns how many
// openings are gone.
func EraseSubject(tx database.Tx, subject string) (int64, error) {
	tag, err := tx.Pgx().Exec(tx.Context(), `delete from record_openings o using record_leaves l
		where l.id = o.leaf_id and l.subject = $1::uuid`, subject)
	if err != nil {
		return 0, fmt.Errorf("record: erase: %w", err)
	}
	return tag.RowsAffected(), nil
}
