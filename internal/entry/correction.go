package entry

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
	"fieldtrial/internal/record"
)

// What a request for correction does not allow.
var (
	ErrFieldClosed = fault.New(fault.Conflict, "entry.field_closed", "This field is not open for correction.")
	ErrUncorrected = fault.New(fault.Conflict, "entry.uncorrected", "Nothing has been changed in the fields to correct.")
)

// Correction is a request to change named fields of a submitted entry after the deadline.
type Correction struct {
	ID       uuid.UUID
	Fields   map[uuid.UUID]bool
	Until    time.Time // by the database's clock; the moment itself is outside
	Note     string
	Language lang.Tag   // of Note
	Before   uuid.UUID  // the submission it was asked about
	SentAt   *time.Time // when the team last sent it
}

// Reopened gives the fields of an entry that a request for correction has open now, and until when.
// nil fields: nothing is open. It asks the database's clock; a challenge whose scores are locked
// has nothing open.
func Reopened(ctx context.Context, q database.Queryer, entry uuid.UUID) (map[uuid.UUID]bool, time.Time, error) {
	c, err := openCorrection(ctx, q, entry)
	if c == nil {
		return nil, time.Time{}, err
	}
	return c.Fields, c.Until, nil
}

func openCorrection(ctx context.Context, q database.Queryer, entry uuid.UUID) (*Correction, error) {
	c := Correction{Fields: map[uuid.UUID]bool{}}
	var fields []uuid.UUID
	err := q.QueryRow(ctx, `
		select x.id, x.fields, x.until, x.note, x.language, x.before,
		       (select max(s.submitted_at) from submissions s where s.correction_id = x.id)
		from corrections x join entries e on e.id = x.entry_id join challenges c on c.id = e.challenge_id
		where x.entry_id = $1 and x.closed_at is null and x.until > clock_timestamp()
		  and e.state = 'submitted' and c.locked_at is null`, entry).
		Scan(&c.ID, &fields, &c.Until, &c.Note, &c.Language, &c.Before, &c.SentAt)
	if database.NotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for _, f := range fields {
		c.Fields[f] = true
	}
	return &c, nil
}

// admits says whether a field may change: all but the frozen ones while the challenge is open, and
// only the reopened ones in a correction, frozen or not.
func (r row) admits(field uuid.UUID) error {
	switch {
	case r.reopened != nil && !r.reopened[field]:
		return ErrFieldClosed
	case r.reopened == nil && r.frozen[field]:
		return ErrFieldFrozen
	}
	return nil
}

// correct sends a correction: what was last sent, with the reopened fields as they stand now. Other
// edits that were never sent stay unsent. late is the answer where no correction is open. The
// caller holds the entry.
func correct(tx database.Tx, actor authz.Actor, c contest.Challenge, r row, now time.Time, late error) error {
	x, err := openCorrection(tx.Context(), tx.Pgx(), r.ID)
	if err != nil {
		return err
	}
	if x == nil || r.Submission == nil {
		return late
	}
	tx.Remember(r.ID.String())
	form, err := contest.Form(tx.Context(), tx.Pgx(), c.ID)
	if err != nil {
		return err
	}
	stands, _, _, err := standing(tx.Context(), tx.Pgx(), r.ID)
	if err != nil {
		return err
	}
	last, err := sentContent(tx.Context(), tx.Pgx(), r.Submission.ID)
	if err != nil {
		return err
	}
	e := ErrIncomplete
	for _, f := range missing(form, stands) {
		if reopenedKeys(form, x.Fields)[strings.TrimPrefix(f.Pointer, "/fields/")] {
			e = e.At(f.Pointer, f.Code, f.Params)
		}
	}
	for _, f := range contentOf(form, stands).Files { // nothing is promised any more: the bytes must be here
		if f.Awaited && reopenedKeys(form, x.Fields)[f.Field] {
			e = e.At("/fields/"+f.Field, "file_uploading", nil)
		}
	}
	if len(e.Fields) > 0 {
		return e
	}
	what := overlay(form, last, contentOf(form, stands), x.Fields)
	if sameContent(what, last) {
		if x.SentAt != nil {
			return nil
		}
		return ErrUncorrected
	}
	return sendCorrection(tx, actor, c, r, *x, what, now)
}

func reopenedKeys(form []contest.Field, open map[uuid.UUID]bool) map[string]bool {
	out := map[string]bool{}
	for _, f := range form {
		if open[f.ID] {
			out[f.Key] = true
		}
	}
	return out
}

// overlay is what was last sent, with the reopened fields taken from what stands. Answers to fields
// that the form no longer has stay as they were sent.
func overlay(form []contest.Field, last, now content, open map[uuid.UUID]bool) content {
	out := content{Answers: maps.Clone(last.Answers), Files: []SentFile{}}
	if out.Answers == nil {
		out.Answers = map[string]string{}
	}
	byKey := map[string]bool{}
	for _, f := range form {
		byKey[f.Key] = true
		from := last
		if open[f.ID] {
			from = now
			delete(out.Answers, f.Key)
			if v, ok := now.Answers[f.Key]; ok {
				out.Answers[f.Key] = v
			}
		}
		for _, x := range from.Files {
			if x.Field == f.Key {
				out.Files = append(out.Files, x)
			}
		}
	}
	for _, x := range last.Files {
		if !byKey[x.Field] {
			out.Files = append(out.Files, x)
		}
	}
	return out
}

func sameContent(a, b content) bool {
	return maps.Equal(a.Answers, b.Answers) && slices.EqualFunc(a.Files, b.Files, func(x, y SentFile) bool {
		return x.Field == y.Field && x.Name == y.Name && x.SHA256 == y.SHA256
	})
}

// sendCorrection keeps the snapshot beside the earlier ones, puts it on record as a correction and
// tells the team.
func sendCorrection(tx database.Tx, actor authz.Actor, c contest.Challenge, r row, x Correction, what content, now time.Time) error {
	number := r.Submission.Number + 1
	said, err := canonical(what.Answers)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(said)
	hashes := []string{}
	for _, f := range what.Files {
		b, err := hex.DecodeString(f.SHA256)
		if err != nil {
			return err
		}
		hashes = append(hashes, base64.StdEncoding.EncodeToString(b))
	}
	order, err := testbedsToSend(tx, r, true)
	if err != nil {
		return err
	}
	payload, err := json.Marshal(map[string]any{
		"entry": r.ID, "challenge": c.ID, "correction": x.ID, "version": number, "testbeds": idsOf(order),
		"answers": base64.StdEncoding.EncodeToString(sum[:]), "files": hashes, "time": now.UTC().Format(time.RFC3339Nano)})
	if err != nil {
		return err
	}
	leaf, err := record.Append(tx, record.Leaf{Kind: record.KindEntryCorrected, Scope: c.RecordScope, Subject: r.ID.String(), Payload: payload})
	if err != nil {
		return err
	}
	files, err := json.Marshal(what.Files)
	if err != nil {
		return err
	}
	id := uuid.Must(uuid.NewV7())
	if _, err := tx.Pgx().Exec(tx.Context(), `insert into submissions (id, entry_id, number, answers, files, testbeds, leaf_id, submitted_by, submitted_at, kind, correction_id)
		values ($1,$2,$3,$4,$5,$6,$7,$8,$9,'correction',$10)`, id, r.ID, number, said, files, order, leaf, actor.PersonID, now, x.ID); err != nil {
		return err
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `update entries set last_submission_id = $2, version = version + 1 where id = $1`, r.ID, id); err != nil {
		return err
	}
	to, err := addresses(tx.Context(), tx.Pgx(), r.Team.ID, actor.PersonID)
	if err != nil {
		return err
	}
	for _, a := range to {
		if err := notify.Send(tx, notify.Notice{Kind: "correction-received", To: a, Subject: r.ID, Params: notify.Params{
			"team": r.Team.Name, "challenge": c.Title, "reference": r.Reference, "until": notify.Moment{At: x.Until, Zone: c.Zone},
			"url": notify.Link("/my/entries/" + r.ID.String())}}); err != nil {
			return err
		}
	}
	return nil
}

// beforeCorrection reports whether a file was in an entry as it stood when a correction was asked for.
func beforeCorrection(ctx context.Context, q database.Queryer, entry, file uuid.UUID) (found bool, err error) {
	err = q.QueryRow(ctx, `select exists (select from corrections x join submissions b on b.id = x.before
		where x.entry_id = $1 and b.files @> jsonb_build_array(jsonb_build_object('id', $2::uuid)))`, entry, file).Scan(&found)
	return found, err
}
