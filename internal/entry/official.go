package entry

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/screening/reason"
)

// Open is a request for correction as the entry's team sees it.
type Open struct {
	Correction
	Changed bool // something differs from what was last sent
}

// Failure is a failed check of eligibility that the team was told of.
type Failure struct {
	Reasons  []lang.Text
	Note     string
	Language lang.Tag // of Note
	ToldAt   time.Time
}

// Official is what the people who run the challenge did about an entry, as its team may know it.
type Official struct {
	Correction *Open
	Failed     *Failure
	Early      *EarlyOpening
}

// official reads it for the team, and puts a correction into the view: the reopened fields as they
// stand, all others as they were sent, and the actions that it allows.
func (s *Service) official(ctx context.Context, actor authz.Actor, scope authz.Scope, v *View, stands Standing) (Standing, error) {
	q := s.db.Pool()
	early, err := OpenedEarly(ctx, q, v.Challenge.ID)
	if err != nil {
		return stands, err
	}
	if early != nil {
		early.By, early.ProposedBy = "", ""
		v.Official.Early = early
	}
	if v.Official.Failed, err = failure(ctx, q, v.ID, v.Challenge.ContestID); err != nil {
		return stands, err
	}
	c, err := openCorrection(ctx, q, v.ID)
	if err != nil || c == nil || v.Submission == nil {
		return stands, err
	}
	sent, err := s.sentStanding(ctx, v.Submission.ID, v.Form)
	if err != nil {
		return stands, err
	}
	v.Answers = slices.DeleteFunc(v.Answers, func(a Answer) bool { return !c.Fields[a.FieldID] })
	v.Files = slices.DeleteFunc(v.Files, func(f File) bool { return !c.Fields[f.Field] })
	open := Open{Correction: *c}
	for _, f := range v.Form {
		if c.Fields[f.ID] {
			now, _ := stands.sent(f.ID)
			var last File
			if len(sent.Files[f.ID]) > 0 {
				last = sent.Files[f.ID][0]
			}
			open.Changed = open.Changed || now.ID != last.ID || strings.TrimSpace(stands.Answers[f.ID]) != strings.TrimSpace(sent.Answers[f.ID])
			sent.Answers[f.ID], sent.Files[f.ID] = stands.Answers[f.ID], stands.Files[f.ID]
			continue
		}
		if value, ok := sent.Answers[f.ID]; ok {
			v.Answers = append(v.Answers, Answer{FieldID: f.ID, Value: value, UpdatedAt: v.Submission.At})
		}
		v.Files = append(v.Files, sent.Files[f.ID]...)
	}
	sent.Now = stands.Now
	keys := reopenedKeys(v.Form, c.Fields)
	v.Missing = slices.DeleteFunc(missing(v.Form, sent), func(f fault.Field) bool { return !keys[strings.TrimPrefix(f.Pointer, "/fields/")] })
	v.Allowed = slices.Concat(v.Allowed, actor.Allowed(scope, authz.EditEntry, authz.SubmitEntry))
	v.Official.Correction = &open
	return sent, nil
}

func failure(ctx context.Context, q database.Queryer, entry, contest uuid.UUID) (*Failure, error) {
	var f Failure
	var keys []string
	err := q.QueryRow(ctx, `select reasons, note, language, told_at from screenings
		where entry_id = $1 and undone_at is null and not passed and told_at is not null`, entry).Scan(&keys, &f.Note, &f.Language, &f.ToldAt)
	if database.NotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	list, err := reason.List(ctx, q, contest)
	f.Reasons = reason.Labels(list, keys)
	return &f, err
}

// CameFrom notes which campaign link of its challenge led to an entry, once. A code that is none
// changes nothing.
func (s *Service) CameFrom(ctx context.Context, actor authz.Actor, id uuid.UUID, code string) error {
	if code == "" {
		return nil
	}
	return s.db.InTx(detached(ctx), func(tx database.Tx) error {
		r, err := read(ctx, tx.Pgx(), id)
		if err != nil {
			return err
		}
		c, err := contest.Load(ctx, tx.Pgx(), r.Challenge)
		if err != nil {
			return err
		}
		if err := actor.Require(authz.CreateEntry, r.scope(c)); err != nil {
			return err
		}
		_, err = tx.Pgx().Exec(ctx, `update entries e set source = l.code from campaign_links l
			where e.id = $1 and e.source = '' and l.challenge_id = e.challenge_id and l.code = $2 and l.retired_at is null`, id, code)
		return err
	})
}
