package entry

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/notify"
	"fieldtrial/internal/record"
)

// SentFile is a file as a submission carries it.
type SentFile struct {
	ID     uuid.UUID `json:"id"`
	Field  string    `json:"field"` // key
	Name   string    `json:"name"`
	Size   int64     `json:"size"`
	Type   string    `json:"type"`
	SHA256 string    `json:"sha256"` // hexadecimal
	// Awaited says that the bytes were still on their way: SHA256 is what they must come to.
	Awaited bool `json:"awaited,omitempty"`
}

// content is what one submission says.
type content struct {
	Answers map[string]string // by field key; empty ones are left out
	Files   []SentFile        // in the form's order
}

// Submit sends the entry as it stands. The last submission before the deadline counts. Sending
// again what was sent last changes nothing.
func (s *Service) Submit(ctx context.Context, actor authz.Actor, id uuid.UUID) (View, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, r, now, err := lock(tx, id)
		if err != nil {
			return err
		}
		if err := actor.Require(authz.SubmitEntry, r.scope(c)); err != nil {
			return err
		}
		as, err := r.window(c).takes(c, now)
		if err != nil {
			return correct(tx, actor, c, r, now, err)
		}
		if r.State == StateWithdrawn {
			return ErrWithdrawn
		}
		tx.Remember(id.String())
		if r.State == StateSubmitted && !r.unsent() {
			return nil
		}
		form, err := contest.Form(ctx, tx.Pgx(), c.ID)
		if err != nil {
			return err
		}
		standing, _, _, err := standing(ctx, tx.Pgx(), id)
		if err != nil {
			return err
		}
		open, err := lacking(ctx, tx.Pgx(), c.ID, id, form, standing)
		if err != nil {
			return err
		}
		if err := refuse(open); err != nil {
			return err
		}
		return send(tx, actor, c, r, contentOf(form, standing), as, now)
	})
	if err := done(err); err != nil {
		return View{}, err
	}
	return s.Get(ctx, actor, id)
}

// refuse names everything that is in the way at once. Where that is eligibility alone, it says so.
func refuse(open []fault.Field) error {
	if len(open) == 0 {
		return nil
	}
	e := ErrNotEligible
	for _, f := range open {
		if strings.HasPrefix(f.Pointer, "/fields/") {
			e = ErrIncomplete
		}
	}
	for _, f := range open {
		e = e.At(f.Pointer, f.Code, f.Params)
	}
	return e
}

// contentOf is what a submission takes from what stands: nothing of a field that is not asked.
func contentOf(form []contest.Field, s Standing) content {
	out := content{Answers: map[string]string{}, Files: []SentFile{}}
	wanted := asked(form, s)
	for _, f := range form {
		if !wanted[f.ID] {
			continue
		}
		if f.Kind != contest.File {
			if v := s.Answers[f.ID]; strings.TrimSpace(v) != "" {
				out.Answers[f.Key] = v
			}
			continue
		}
		if x, ok := s.sent(f.ID); ok {
			sum := x.SHA256
			if x.promised() {
				sum = x.Promised
			}
			out.Files = append(out.Files, SentFile{ID: x.ID, Field: f.Key, Name: x.Name, Size: x.Size, Type: x.Type,
				SHA256: hex.EncodeToString(sum), Awaited: x.promised()})
		}
	}
	return out
}

// send keeps the snapshot, puts it on record and tells the team, all in the caller's transaction,
// which holds the challenge and the entry.
func send(tx database.Tx, actor authz.Actor, c contest.Challenge, r row, what content, as SubmissionKind, now time.Time) error {
	number := 1
	if r.Submission != nil {
		number = r.Submission.Number + 1
	}
	if as == OnTime && slices.ContainsFunc(what.Files, func(f SentFile) bool { return f.Awaited }) {
		as = HashOnly
	}
	rules, err := contest.AcceptBySending(tx, c.ID, r.ID, actor.PersonID)
	if err != nil {
		return err
	}
	order, err := testbedsToSend(tx, r, r.State == StateWithdrawn)
	if err != nil {
		return err
	}
	payload, err := received(c, r, what, order, number, rules, now)
	if err != nil {
		return err
	}
	leaf, err := record.Append(tx, record.Leaf{Kind: as.Leaf(), Scope: c.RecordScope, Subject: r.ID.String(), Payload: payload})
	if err != nil {
		return err
	}
	files, err := json.Marshal(what.Files)
	if err != nil {
		return err
	}
	said, err := canonical(what.Answers)
	if err != nil {
		return err
	}
	id := uuid.Must(uuid.NewV7())
	if _, err := tx.Pgx().Exec(tx.Context(), `insert into submissions (id, entry_id, number, answers, files, testbeds, leaf_id, submitted_by, submitted_at, kind)
		values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`, id, r.ID, number, said, files, order, leaf, actor.PersonID, now, string(as)); err != nil {
		return err
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `update entries e set state = 'submitted', withdrawn_at = null, last_submission_id = $2,
		form_seen = (select c.form_version from challenges c where c.id = e.challenge_id),
		version = version + 1 where id = $1`, r.ID, id); err != nil {
		return err
	}
	if err := settleVersions(tx, r.ID); err != nil {
		return err
	}
	return tell(tx, "entry-received", actor, c, r)
}

// received is what goes on record of a submission: hashes and ids, never texts.
func received(c contest.Challenge, r row, what content, order []RankedTestbed, number, rules int, now time.Time) ([]byte, error) {
	said, err := canonical(what.Answers)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(said)
	p := record.EntryReceived{
		Entry: r.ID.String(), Challenge: c.ID.String(), Version: number, Rules: rules,
		Answers: base64.StdEncoding.EncodeToString(sum[:]), Files: []string{},
		Time: now.UTC().Format(time.RFC3339Nano),
	}
	for _, b := range order {
		p.Testbeds = append(p.Testbeds, b.ID.String())
	}
	for _, f := range what.Files {
		b, err := hex.DecodeString(f.SHA256)
		if err != nil {
			return nil, err
		}
		p.Files = append(p.Files, base64.StdEncoding.EncodeToString(b))
		if f.Awaited {
			p.Awaited = append(p.Awaited, base64.StdEncoding.EncodeToString(b))
		}
	}
	return p.Payload()
}

// canonical is the form in which answers are hashed: a JSON object with its keys in order, no
// white space, nothing escaped that need not be.
func canonical(answers map[string]string) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(answers); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// Withdraw takes a submitted entry out of the contest while the challenge is open.
func (s *Service) Withdraw(ctx context.Context, actor authz.Actor, id uuid.UUID) (View, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, r, _, now, err := lockToTurn(tx, actor, id)
		if err != nil {
			return err
		}
		tx.Remember(id.String())
		switch r.State {
		case StateDraft:
			return ErrNotSubmitted
		case StateWithdrawn:
			return nil
		}
		payload, err := json.Marshal(map[string]string{"entry": r.ID.String(), "challenge": c.ID.String(), "time": now.UTC().Format(time.RFC3339Nano)})
		if err != nil {
			return err
		}
		if _, err := record.Append(tx, record.Leaf{Kind: record.KindEntryWithdrawn, Scope: c.RecordScope, Subject: r.ID.String(), Payload: payload}); err != nil {
			return err
		}
		if _, err := tx.Pgx().Exec(ctx, `update entries set state = 'withdrawn', withdrawn_at = $2, version = version + 1 where id = $1`, id, now); err != nil {
			return err
		}
		return tell(tx, "entry-withdrawn", actor, c, r)
	})
	if err := done(err); err != nil {
		return View{}, err
	}
	return s.Get(ctx, actor, id)
}

// Revive sends a withdrawn entry again as it was last submitted: a submission of its own, with its
// own place on record.
func (s *Service) Revive(ctx context.Context, actor authz.Actor, id uuid.UUID) (View, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, r, as, now, err := lockToTurn(tx, actor, id)
		if err != nil {
			return err
		}
		tx.Remember(id.String())
		if r.State != StateWithdrawn || r.Submission == nil {
			return ErrNotWithdrawn
		}
		last, err := sentContent(ctx, tx.Pgx(), r.Submission.ID)
		if err != nil {
			return err
		}
		if last, err = arrived(ctx, tx.Pgx(), last); err != nil {
			return err
		}
		return send(tx, actor, c, r, last, as, now)
	})
	if err := done(err); err != nil {
		return View{}, err
	}
	return s.Get(ctx, actor, id)
}

// arrived looks again at which files of a content are still on their way.
func arrived(ctx context.Context, q database.Queryer, what content) (content, error) {
	ids := make([]uuid.UUID, 0, len(what.Files))
	for _, f := range what.Files {
		ids = append(ids, f.ID)
	}
	files, err := filesByID(ctx, q, ids)
	if err != nil {
		return what, err
	}
	for i, f := range what.Files {
		what.Files[i].Awaited = f.Awaited && slices.ContainsFunc(files, func(x File) bool { return x.ID == f.ID && !x.good() })
	}
	return what, nil
}

// lockToTurn is lock for withdrawing and reviving.
func lockToTurn(tx database.Tx, actor authz.Actor, id uuid.UUID) (c contest.Challenge, r row, as SubmissionKind, now time.Time, err error) {
	if c, r, now, err = lock(tx, id); err != nil {
		return c, r, "", now, err
	}
	if err := actor.Require(authz.WithdrawEntry, r.scope(c)); err != nil {
		return c, r, "", now, err
	}
	as, err = r.window(c).takes(c, now)
	return c, r, as, now, err
}

func sentContent(ctx context.Context, q database.Queryer, submission uuid.UUID) (content, error) {
	var answers, files []byte
	if err := q.QueryRow(ctx, `select answers, files from submissions where id = $1`, submission).Scan(&answers, &files); err != nil {
		if database.NotFound(err) {
			return content{}, fault.ErrNotFound
		}
		return content{}, err
	}
	var c content
	if err := json.Unmarshal(answers, &c.Answers); err != nil {
		return content{}, err
	}
	return c, json.Unmarshal(files, &c.Files)
}

// tell writes to everybody in the team, and to who acted even if that address is not confirmed yet.
func tell(tx database.Tx, kind string, actor authz.Actor, c contest.Challenge, r row) error {
	to, err := addresses(tx.Context(), tx.Pgx(), r.Team.ID, actor.PersonID)
	if err != nil {
		return err
	}
	note, err := record.NewestNote(tx)
	if err != nil {
		return err
	}
	list := make([]notify.Notice, 0, len(to))
	for _, a := range to {
		list = append(list, notify.Notice{Kind: kind, To: a, Subject: r.ID, Params: notify.Params{
			"team": r.Team.Name, "challenge": c.Title, "reference": r.Reference, "checkpoint": note,
			"url":     notify.Link("/my/entries/" + r.ID.String()),
			"closes":  notify.Moment{At: c.Dates.Closes, Zone: c.Zone},
			"results": notify.Moment{At: c.Dates.Results, Zone: c.Zone},
		}})
	}
	return notify.Send(tx, list...)
}
