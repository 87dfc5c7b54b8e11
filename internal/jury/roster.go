package jury

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/entry"
)

// Candidate is an entry that counts in a challenge, as last submitted. Title is the entry's own,
// "" where the form asks for none.
type Candidate struct {
	entry.Summary
	Title string
}

// roster lists every entry that counts in a challenge, whoever may see it, by reference.
func roster(ctx context.Context, q database.Queryer, challenge uuid.UUID) ([]Candidate, error) {
	all, err := entry.Submitted(ctx, q, authz.System, challenge)
	if err != nil {
		return nil, err
	}
	sent := make([]uuid.UUID, len(all))
	for i, e := range all {
		sent[i] = e.SubmissionID
	}
	rows, err := q.Query(ctx, `select id, coalesce(answers ->> 'project-title', answers ->> 'title', '')
		from submissions where id = any($1)`, sent)
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
