package jury

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/entry"
)

// Candidate is an entry that counts in a challenge, as last submitted. Title is the entry's own,
// "" where the form asks for none or withholds it from the jury.
type Candidate struct {
	entry.Summary
	Title string
}

// roster lists every entry that counts in a challenge, whoever may see it, by reference. Those that
// failed the check of eligibility never come before the jury.
func roster(ctx context.Context, q database.Queryer, challenge uuid.UUID) ([]Candidate, error) {
	all, err := entry.Submitted(ctx, q, authz.System, challenge)
	if err != nil {
		return nil, err
	}
	failed, err := entriesWhere(ctx, q, `e.eligible = false`, challenge)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(e entry.Summary) bool { return failed[e.EntryID] })
	sent := make([]uuid.UUID, len(all))
	for i, e := range all {
		sent[i] = e.SubmissionID
	}
	rows, err := q.Query(ctx, `select s.id, coalesce((
			select s.answers ->> f.key from form_fields f join challenges c on c.id = f.challenge_id join contests k on k.id = c.contest_id
			where f.challenge_id = $2 and f.key in ('project-title', 'title') and s.answers ? f.key
			  and f.jury_sees and not (f.identifying and k.blind) order by f.key limit 1), '')
		from submissions s where s.id = any($1)`, sent, challenge)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	titles := map[uuid.UUID]string{}
	for rows.Next() {
		var id uuid.UUID
		var title string
		if err := rows.Scan(&id, &title); err != nil {
			return nil, err
		}
		titles[id] = title
	}
	out := make([]Candidate, len(all))
	for i, e := range all {
		out[i] = Candidate{e, titles[e.SubmissionID]}
	}
	return out, rows.Err()
}

// entriesWhere gives the submitted entries of a challenge for which a condition of ours holds.
func entriesWhere(ctx context.Context, q database.Queryer, condition string, challenge uuid.UUID) (map[uuid.UUID]bool, error) {
	rows, err := q.Query(ctx, `select e.id from entries e where e.challenge_id = $1 and e.state = 'submitted' and `+condition, challenge)
	if err != nil {
		return nil, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	out := make(map[uuid.UUID]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out, err
}

// visible leaves out what the actor must not see.
func visible(actor authz.Actor, all []Candidate) []Candidate {
	out := make([]Candidate, 0, len(all))
	for _, e := range all {
		if !actor.Excluded[e.EntryID] {
			out = append(out, e)
		}
	}
	return out
}

// unnamed leaves out whose entry it is where judging is blind to the actor.
func unnamed(actor authz.Actor, c contest.Challenge, e Candidate) Candidate {
	if c.BlindTo(actor) {
		e.TeamID, e.TeamName, e.TeamKind, e.Country = uuid.Nil, "", "", ""
	}
	return e
}

func idsOf(list []Candidate) []uuid.UUID {
	out := make([]uuid.UUID, len(list))
	for i, e := range list {
		out[i] = e.EntryID
	}
	return out
}

func byEntry(list []Candidate) map[uuid.UUID]Candidate {
	out := make(map[uuid.UUID]Candidate, len(list))
	for _, e := range list {
		out[e.EntryID] = e
	}
	return out
}
