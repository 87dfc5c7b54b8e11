package jury

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/seen"
)

// Assigned is one assigned entry as submitted, with the actor's own review of it.
type Assigned struct {
	Paper
	ID        uuid.UUID
	Challenge contest.Challenge
	Review    Review
}

// Paper is an entry as the jury reads it.
type Paper struct {
	Title   string
	Content entry.Content
	Fields  map[string]contest.Field // of the files, by key
}

// PaperOf reads an entry without what the form withholds from the jury. Where judging is blind, it says
// neither whose it is nor what its files are called. The caller has checked who asks.
func PaperOf(ctx context.Context, q database.Queryer, c contest.Challenge, entryID uuid.UUID) (Paper, error) {
	out := Paper{Fields: map[string]contest.Field{}}
	form, err := contest.Form(ctx, q, c.ID)
	if err != nil {
		return out, err
	}
	for _, f := range form {
		if shown(f, c.Blind) {
			out.Fields[f.Key] = f
		}
	}
	if out.Content, err = entry.Snapshot(ctx, q, entryID); err != nil {
		return out, err
	}
	out.Content.Answers = slices.DeleteFunc(out.Content.Answers, func(a entry.SentAnswer) bool { return !shown(a.Field, c.Blind) })
	out.Content.Files = slices.DeleteFunc(out.Content.Files, func(f entry.ContentFile) bool { return out.Fields[f.Field].Key == "" })
	if c.Blind {
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
	return out, nil
}

// shown says whether jurors see the answer to a field: not where the city keeps it to itself, nor,
// where judging is blind, what says whose entry it is.
func shown(f contest.Field, blind bool) bool { return f.JurySees && (!blind || !f.Identifying) }

// Assignment reads an entry that is assigned to the actor.
func (s *Service) Assignment(ctx context.Context, actor authz.Actor, id uuid.UUID) (Assigned, error) {
	q := s.db.Pool()
	d, err := s.readDesk(ctx, actor, id)
	if err != nil {
		return Assigned{}, err
	}
	if err := seen.Note(ctx, q, actor, d.challenge.Scope(), seen.Entry, nil, d.entry); err != nil {
		return Assigned{}, err
	}
	out := Assigned{ID: id, Challenge: d.challenge}
	if out.Paper, err = PaperOf(ctx, q, d.challenge, d.entry); err != nil {
		return out, err
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
	return LinkOf(ctx, s.db.Pool(), s.files, actor, d.challenge, d.entry, file, how)
}

// LinkOf gives an address of a file that the jury may read with an entry. The caller has checked who asks.
func LinkOf(ctx context.Context, q database.Queryer, files Files, actor authz.Actor, c contest.Challenge, entryID, file uuid.UUID, how entry.Disposition) (entry.FileLink, error) {
	paper, err := PaperOf(ctx, q, c, entryID)
	if err != nil {
		return entry.FileLink{}, err
	}
	if !slices.ContainsFunc(paper.Content.Files, func(f entry.ContentFile) bool { return f.ID == file }) {
		return entry.FileLink{}, fault.ErrNotFound
	}
	if err := seen.Note(ctx, q, actor, c.Scope(), seen.File, &file, entryID); err != nil {
		return entry.FileLink{}, err
	}
	return files.FileLink(ctx, file, how)
}
