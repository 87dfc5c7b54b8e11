package screening

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/notify"
	"fieldtrial/internal/screening/reason"
)

// deed is a run on its way through its entries, in one transaction.
type deed struct {
	tx        database.Tx
	run       uuid.UUID
	act       Act
	p         params
	by        uuid.UUID
	challenge contest.Challenge
	now       time.Time
	reasons   []reason.Reason
	form      []contest.Field
}

// subject is an entry under its lock.
type subject struct {
	id         uuid.UUID
	reference  string
	team       string
	state      string
	eligible   *bool
	submission *uuid.UUID
	verdict    *uuid.UUID // the standing one
	reasons    []string
	note       string
	told       bool
	correction *uuid.UUID // not closed, its time not over
	corrected  bool       // and sent
}

// advance does the next entries of a run. The caller holds the challenge.
func advance(tx database.Tx, run uuid.UUID) error {
	d := deed{tx: tx, run: run}
	var challenge uuid.UUID
	var entries []uuid.UUID
	var at, done int
	var skipped []Skip
	var by *uuid.UUID
	var over bool
	err := tx.Pgx().QueryRow(tx.Context(), `select challenge_id, act, params, entries, at, done, skipped, started_by, finished_at is not null
		from screening_runs where id = $1 for update`, run).Scan(&challenge, &d.act, &d.p, &entries, &at, &done, &skipped, &by, &over)
	if database.NotFound(err) {
		return fault.ErrNotFound
	}
	if err != nil || over {
		return err
	}
	if by != nil {
		d.by = *by
	}
	if err := d.load(challenge); err != nil {
		return err
	}
	end := min(at+atOnce, len(entries))
	for _, id := range entries[at:end] {
		x, err := lockSubject(tx, id, d.by)
		if err != nil {
			return err
		}
		code := d.refuses(x)
		if code != "" {
			skipped = append(skipped, Skip{Entry: id, Reference: x.reference, Code: code})
			continue
		}
		if err := d.perform(x); err != nil {
			return err
		}
		done++
	}
	if skipped == nil {
		skipped = []Skip{}
	}
	_, err = tx.Pgx().Exec(tx.Context(), `update screening_runs set at = $2, done = $3, skipped = $4,
		finished_at = case when $2 = cardinality(entries) then clock_timestamp() end where id = $1`, run, end, done, skipped)
	return err
}

func (d *deed) load(challenge uuid.UUID) (err error) {
	if d.challenge, err = contest.Load(d.tx.Context(), d.tx.Pgx(), challenge); err != nil {
		return err
	}
	if d.now, err = d.tx.Now(); err != nil {
		return err
	}
	if d.reasons, err = reason.List(d.tx.Context(), d.tx.Pgx(), d.challenge.ContestID); err != nil {
		return err
	}
	d.form, err = contest.Form(d.tx.Context(), d.tx.Pgx(), challenge)
	return err
}

// lockSubject takes an entry FOR UPDATE and reads what an act must know of it. An entry that the
// one who acts has been excluded from meanwhile comes back empty.
func lockSubject(tx database.Tx, id, by uuid.UUID) (subject, error) {
	if _, err := tx.Pgx().Exec(tx.Context(), `select from entries where id = $1 for update`, id); err != nil {
		return subject{}, err
	}
	x := subject{}
	err := tx.Pgx().QueryRow(tx.Context(), `
		select e.id, e.reference, t.name, e.state, e.eligible, e.last_submission_id, v.id, coalesce(v.reasons, '[]'), coalesce(v.note, ''),
		       v.told_at is not null, x.id, exists (select from submissions s where s.correction_id = x.id)
		from entries e join teams t on t.id = e.team_id
		left join screenings v on v.entry_id = e.id and v.undone_at is null
		left join corrections x on x.entry_id = e.id and x.closed_at is null and x.until > clock_timestamp()
		where e.id = $1 and`+authz.NotExcluded("e.id", "$2"), id, by).
		Scan(&x.id, &x.reference, &x.team, &x.state, &x.eligible, &x.submission, &x.verdict, &x.reasons, &x.note, &x.told, &x.correction, &x.corrected)
	if database.NotFound(err) {
		return subject{}, nil
	}
	return x, err
}

// refuses says why an act leaves an entry alone; "" where it does not.
func (d *deed) refuses(x subject) string {
	promised := x.correction != nil && !x.corrected // the team was told that it has time
	switch {
	case x.id == uuid.Nil:
		return "unknown"
	case x.state != "submitted":
		return "not_submitted"
	case d.challenge.AssignedAt != nil && (d.act == Fail || d.act == Correct || d.act == Undo):
		return "assigned" // to jurors, since the run began
	}
	switch d.act {
	case Pass, Fail:
		passed := d.act == Pass
		switch {
		case x.eligible != nil && *x.eligible == passed && (passed || slices.Equal(x.reasons, d.p.Reasons) && x.note == d.p.Note):
			return "same"
		case promised:
			return "correcting"
		case passed && d.challenge.AssignedAt != nil && x.eligible != nil:
			return "failed" // the jury has begun without it
		}
	case Correct:
		switch {
		case x.eligible != nil && *x.eligible:
			return "passed"
		case x.eligible != nil:
			return "failed"
		}
	case Tell:
		switch {
		case x.eligible == nil || *x.eligible:
			return "not_failed"
		case x.told:
			return "told"
		}
	case Undo:
		if x.verdict == nil {
			return "unscreened"
		}
	case Close:
		if x.correction == nil {
			return "not_correcting"
		}
	}
	return ""
}

func (d *deed) perform(x subject) error {
	switch d.act {
	case Pass, Fail:
		return d.decide(x)
	case Correct:
		return d.reopen(x)
	case Tell:
		if err := d.exec(`update screenings set told_at = $2 where id = $1`, *x.verdict, d.now); err != nil {
			return err
		}
		return d.send("screening-failed", x, notify.Params{"reasons": reason.Bullets(d.reasons, x.reasons, x.note)})
	case Undo:
		return d.undo(x, nil)
	default:
		return d.exec(`update corrections set closed_at = $2 where entry_id = $1 and closed_at is null`, x.id, d.now)
	}
}

// decide puts a verdict in the place of the one that stood.
func (d *deed) decide(x subject) error {
	passed := d.act == Pass
	if err := d.exec(`update corrections set closed_at = $2 where entry_id = $1 and closed_at is null`, x.id, d.now); err != nil {
		return err
	}
	if x.verdict != nil {
		if err := d.undo(x, &passed); err != nil {
			return err
		}
	}
	reasons := d.p.Reasons
	if reasons == nil {
		reasons = []string{}
	}
	if err := d.exec(`insert into screenings (id, entry_id, run_id, passed, reasons, note, language, made_by, made_at)
		values ($1,$2,$3,$4,$5,$6,$7,$8,$9)`, uuid.Must(uuid.NewV7()), x.id, d.run, passed, reasons, d.p.Note, string(d.p.Language), orNull(d.by), d.now); err != nil {
		return err
	}
	return d.exec(`update entries set eligible = $2 where id = $1`, x.id, passed)
}

// undo takes the standing verdict back. next is the verdict that follows at once, if any. A team
// that was told of a failure hears that it does not stand.
func (d *deed) undo(x subject, next *bool) error {
	if err := d.exec(`update screenings set undone_at = $2, undone_by = $3 where id = $1`, *x.verdict, d.now, orNull(d.by)); err != nil {
		return err
	}
	if err := d.exec(`update entries set eligible = null where id = $1`, x.id); err != nil {
		return err
	}
	if !x.told || next != nil && !*next {
		return nil
	}
	return d.send("screening-undone", x, notify.Params{})
}

// reopen opens named fields for the team until a moment.
func (d *deed) reopen(x subject) error {
	if err := d.exec(`update corrections set closed_at = $2 where entry_id = $1 and closed_at is null`, x.id, d.now); err != nil {
		return err
	}
	if err := d.exec(`insert into corrections (id, entry_id, run_id, fields, until, note, language, before, asked_by, asked_at)
		values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`, uuid.Must(uuid.NewV7()), x.id, d.run, d.p.Fields, d.p.Until, d.p.Note,
		string(d.p.Language), *x.submission, orNull(d.by), d.now); err != nil {
		return err
	}
	names := []reason.Reason{}
	keys := []string{}
	for _, f := range d.form {
		if slices.Contains(d.p.Fields, f.ID) {
			names, keys = append(names, reason.Reason{Key: f.Key, Label: f.Label}), append(keys, f.Key)
		}
	}
	return d.send("correction-requested", x, notify.Params{
		"fields": reason.Bullets(names, keys, ""), "note": d.p.Note, "until": notify.Moment{At: d.p.Until, Zone: d.challenge.Zone}})
}

// send writes to everybody in the entry's team.
func (d *deed) send(kind string, x subject, more notify.Params) error {
	to, err := entry.TeamAddresses(d.tx.Context(), d.tx.Pgx(), x.id)
	if err != nil {
		return err
	}
	for _, a := range to {
		p := notify.Params{"team": x.team, "challenge": d.challenge.Title, "reference": x.reference, "url": notify.Link("/my/entries/" + x.id.String())}
		for k, v := range more {
			p[k] = v
		}
		if err := notify.Send(d.tx, notify.Notice{Kind: kind, To: a, Subject: x.id, Params: p}); err != nil {
			return err
		}
	}
	return nil
}

func (d *deed) exec(sql string, args ...any) error {
	_, err := d.tx.Pgx().Exec(d.tx.Context(), sql, args...)
	return err
}

func orNull(id uuid.UUID) any {
	if id == uuid.Nil {
		return nil
	}
	return id
}

// preview counts what an act would do, without doing it.
func (s *Service) preview(tx database.Tx, actor authz.Actor, c contest.Challenge, act Act, p params, targets []uuid.UUID) (Run, error) {
	d := deed{tx: tx, act: act, p: p, by: actor.PersonID, challenge: c}
	out := Run{Challenge: c.ID, Act: act, Total: len(targets), Skipped: []Skip{}}
	rows, err := tx.Pgx().Query(tx.Context(), `
		select e.id, e.reference, e.state, e.eligible, v.id, coalesce(v.reasons, '[]'), coalesce(v.note, ''), v.told_at is not null,
		       x.id, exists (select from submissions s where s.correction_id = x.id)
		from entries e left join screenings v on v.entry_id = e.id and v.undone_at is null
		left join corrections x on x.entry_id = e.id and x.closed_at is null and x.until > clock_timestamp()
		where e.id = any($1) order by e.id`, targets)
	if err != nil {
		return out, err
	}
	defer rows.Close()
	for rows.Next() {
		var x subject
		if err := rows.Scan(&x.id, &x.reference, &x.state, &x.eligible, &x.verdict, &x.reasons, &x.note, &x.told, &x.correction, &x.corrected); err != nil {
			return out, err
		}
		if code := d.refuses(x); code != "" {
			out.Skipped = append(out.Skipped, Skip{x.id, x.reference, code})
			continue
		}
		out.Done++
	}
	return out, rows.Err()
}
