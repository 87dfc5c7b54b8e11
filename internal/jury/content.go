package jury

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/seen"
)

// Assigned is one assigned entry as submitted, with the actor's own review of it.
type Assigned struct {
	ID        uuid.UUID
	Challenge contest.Challenge
	Title     string
	Content   entry.Content
	Fields    map[string]contest.Field // of the files, by key
	Review    Review
}

// shown says whether jurors see the answer to a field: not where the city keeps it to itself, nor,
// where judging is blind, what says whose entry it is.
func shown(f contest.Field, blind bool) bool { return f.JurySees && (!blind || !f.Identifying) }

// Assignment reads an entry that is assigned to the actor. Where judging is blind, it says neither
// whose it is nor what its files are called. What the form withholds from the jury is left out.
func (s *Service) Assignment(ctx context.Context, actor authz.Actor, id uuid.UUID) (Assigned, error) {
	q := s.db.Pool()
	d, err := s.readDesk(ctx, actor, id)
	if err != nil {
		return Assigned{}, err
	}
	if err := seen.Note(ctx, q, actor, d.challenge.Scope(), seen.Entry, nil, d.entry); err != nil {
		return Assigned{}, err
	}
	out := Assigned{ID: id, Challenge: d.challenge, Fields: map[string]contest.Field{}}
	form, err := contest.Form(ctx, q, d.challenge.ID)
	if err != nil {
		return out, err
	}
	for _, f := range form {
		if shown(f, d.challenge.Blind) {
			out.Fields[f.Key] = f
		}
	}
	if out.Content, err = entry.Snapshot(ctx, q, d.entry); err != nil {
		return out, err
	}
	out.Content.Answers = slices.DeleteFunc(out.Content.Answers, func(a entry.SentAnswer) bool { return !shown(a.Field, d.challenge.Blind) })
	out.Content.Files = slices.DeleteFunc(out.Content.Files, func(f entry.ContentFile) bool { return out.Fields[f.Field].Key == "" })
	if d.challenge.Blind {
		out.Content.Team = entry.TeamMark{}
		for i := range out.Content.Files {
			out.Content.Files[i].Name = ""
		}
	}
	for _, a := range out.Content.Answers {
		if a.Field.Key == "project-title" || (a.Field.Key == "title" && out.Title == "") {
			out.Title = a.Value
		}
	}
	criteria, err := contest.Rubric(ctx, q, d.challenge.ID)
	if err != nil {
		return out, err
	}
	r, err := readReview(ctx, q, d, criteria, false)
	out.Review = r.Review
	if !r.exists() {
		out.Review.Language = d.challenge.Language
	}
	return out, err
}

// FileLink gives an address of a file that was submitted with an assigned entry, and of no other.
func (s *Service) FileLink(ctx context.Context, actor authz.Actor, assignment, file uuid.UUID, how entry.Disposition) (entry.FileLink, error) {
	d, err := s.readDesk(ctx, actor, assignment)
	if err != nil {
		return entry.FileLink{}, err
	}
	content, err := entry.Snapshot(ctx, s.db.Pool(), d.entry)
	if err != nil {
		return entry.FileLink{}, err
	}
	form, err := contest.Form(ctx, s.db.Pool(), d.challenge.ID)
	if err != nil {
		return entry.FileLink{}, err
	}
	for _, f := range content.Files {
		if f.ID == file && slices.ContainsFunc(form, func(x contest.Field) bool { return x.Key == f.Field && shown(x, d.challenge.Blind) }) {
			if err := seen.Note(ctx, s.db.Pool(), actor, d.challenge.Scope(), seen.File, &file, d.entry); err != nil {
				return entry.FileLink{}, err
			}
			return s.files.FileLink(ctx, file, how)
		}
	}
	return entry.FileLink{}, fault.ErrNotFound
}
