package contest

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// What cannot be edited any more, or for now.
var (
	ErrInApproval = fault.New(fault.Conflict, "challenge.in_approval", "The challenge waits for approval or publication. Return it to change it.")
	ErrFrozen     = fault.New(fault.Conflict, "challenge.frozen", "The challenge is published. Its text, rules and criteria stand; translations can still change.")
)

// Change is what may change of a challenge's settings; nil leaves a thing as it is.
type Change struct {
	Slug     *string
	Dates    *OwnDates
	Cities   []uuid.UUID
	Testbeds *[]uuid.UUID
	Tags     *[]string
}

var slugForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,78}$`)

// editing locks a challenge for a change of what is approved: its settings, rubric or original text.
func editing(tx database.Tx, actor authz.Actor, id uuid.UUID) (Challenge, error) {
	c, err := LockExclusive(tx, id)
	if err != nil {
		return c, err
	}
	if err := actor.Require(authz.EditChallenge, c.Scope()); err != nil {
		return c, err
	}
	switch {
	case c.PublishedAt != nil:
		return c, ErrFrozen
	case c.SubmittedAt != nil:
		return c, ErrInApproval
	}
	return c, nil
}

// Update changes the settings of a draft that was read at a version.
func (s *Service) Update(ctx context.Context, actor authz.Actor, id uuid.UUID, version int, change Change) (Dossier, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := editing(tx, actor, id)
		if err != nil {
			return err
		}
		if c.Version != version {
			return fault.ErrStale
		}
		if err := change.check(tx, c); err != nil {
			return err
		}
		return change.write(tx, c)
	})
	if err != nil {
		return Dossier{}, err
	}
	return s.Dossier(ctx, actor, id)
}

func (ch Change) check(tx database.Tx, c Challenge) error {
	var v fault.Check
	if ch.Slug != nil {
		v.That(slugForm.MatchString(*ch.Slug), "/slug", "malformed")
	}
	if ch.Tags != nil {
		for i, t := range *ch.Tags {
			v.That(line(t) != "" && utf8.RuneCountInString(t) <= 40, fmt.Sprintf("/tags/%d", i), "malformed")
		}
	}
	if ch.Cities != nil {
		v.That(len(ch.Cities) > 0 && ch.Cities[0] == c.LeadCity, "/cityIds/0", "not_a_choice")
	}
	if ch.Dates != nil {
		edition, err := editionByID(tx.Context(), tx.Pgx(), c.ContestID)
		if err != nil {
			return err
		}
		checkOrder(&v, ch.Dates.Over(edition.Dates))
	}
	return v.Err()
}

func checkOrder(v *fault.Check, d Dates) {
	v.That(d.Opens.Before(d.Closes), "/dates/closesAt", "order")
	v.That(d.Closes.Before(d.JudgingEnds), "/dates/judgingEndsAt", "order")
	v.That(d.JudgingEnds.Before(d.Results), "/dates/resultsAt", "order")
}

// Over lays a challenge's own dates over its contest's.
func (o OwnDates) Over(d Dates) Dates {
	if o.Opens != nil {
		d.Opens = *o.Opens
	}
	if o.Closes != nil {
		d.Closes = *o.Closes
	}
	if o.JudgingEnds != nil {
		d.JudgingEnds = *o.JudgingEnds
	}
	if o.Results != nil {
		d.Results = *o.Results
	}
	return d
}

func (ch Change) write(tx database.Tx, c Challenge) error {
	run := func(sql string, args ...any) error {
		_, err := tx.Pgx().Exec(tx.Context(), sql, append([]any{c.ID}, args...)...)
		return err
	}
	if ch.Slug != nil {
		if err := run(`update challenges set slug = $2 where id = $1`, *ch.Slug); err != nil {
			return err
		}
	}
	if o := ch.Dates; o != nil {
		if err := run(`update challenges set opens_at = $2, closes_at = $3, judging_ends_at = $4, results_at = $5 where id = $1`,
			o.Opens, o.Closes, o.JudgingEnds, o.Results); err != nil {
			return err
		}
	}
	if ch.Tags != nil {
		tags := []string{}
		for _, t := range *ch.Tags {
			tags = append(tags, strings.ToLower(line(t)))
		}
		if err := run(`update challenges set tags = $2 where id = $1`, jsonList(tags)); err != nil {
			return err
		}
	}
	if ch.Cities != nil {
		if err := setCities(tx, c.ID, ch.Cities); err != nil {
			return err
		}
		c.Cities = ch.Cities
	}
	if ch.Testbeds != nil {
		if err := setTestbeds(tx, c.ID, c.Cities, *ch.Testbeds); err != nil {
			return err
		}
	}
	return touched(tx, c.ID, true)
}

// Write replaces the text of one language that was read at a version (0: there was none). The
// original can be written while the challenge is a draft, translations at any time.
func (s *Service) Write(ctx context.Context, actor authz.Actor, id uuid.UUID, t Text) (Text, error) {
	var written Texts
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := s.lockForText(tx, actor, id, t.Language)
		if err != nil {
			return err
		}
		texts, err := readTexts(ctx, tx.Pgx(), id)
		if err != nil {
			return err
		}
		old := texts[t.Language]
		if old.Version != t.Version {
			return fault.ErrStale
		}
		t = t.tidy()
		t.SourceVersion = texts[c.Language].Version
		switch {
		case old.Version == 0:
			t.Version = 1
			err = insertText(tx, id, t, actor.PersonID)
		case old.same(t) && (t.Language == c.Language || old.SourceVersion == t.SourceVersion):
			err = nil // nothing to write: the version stays
		default:
			err = updateText(tx, id, t, actor.PersonID)
		}
		if err == nil {
			err = touched(tx, id, false)
		}
		if err == nil {
			written, err = readTexts(ctx, tx.Pgx(), id)
		}
		return err
	})
	return written[t.Language], err
}

// lockForText takes the challenge FOR UPDATE: two first versions of one language never cross.
func (s *Service) lockForText(tx database.Tx, actor authz.Actor, id uuid.UUID, l lang.Tag) (Challenge, error) {
	c, err := LockExclusive(tx, id)
	if err != nil {
		return c, err
	}
	if l == c.Language {
		return editing(tx, actor, id)
	}
	return c, actor.Require(authz.TranslateChallenge, c.Scope())
}

// Criteria replaces the rubric of a draft that was read at a version. What is not complete yet may
// be kept; Send asks for it.
func (s *Service) Criteria(ctx context.Context, actor authz.Actor, id uuid.UUID, version int, rubric []Criterion) (Dossier, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := editing(tx, actor, id)
		if err != nil {
			return err
		}
		if c.Version != version {
			return fault.ErrStale
		}
		if err := checkRubric(rubric); err != nil {
			return err
		}
		if err := replaceCriteria(tx, id, rubric); err != nil {
			return err
		}
		return touched(tx, id, true)
	})
	if err != nil {
		return Dossier{}, err
	}
	return s.Dossier(ctx, actor, id)
}

func checkRubric(rubric []Criterion) error {
	var v fault.Check
	seen := map[string]bool{}
	for i, c := range rubric {
		at := fmt.Sprintf("/criteria/%d", i)
		v.That(!seen[c.Key], at+"/key", "taken")
		seen[c.Key] = true
		v.That(c.Lowest < c.Highest, at+"/highest", "order")
		v.That(c.Lowest >= c.Highest || len(c.Anchors) <= c.Highest-c.Lowest+1, at+"/anchors", "too_many")
		checkText(&v, c.Name, at+"/name", 120)
		checkText(&v, c.Description, at+"/description", 1000)
		for j, a := range c.Anchors {
			checkText(&v, a, fmt.Sprintf("%s/anchors/%d", at, j), 400)
		}
	}
	return v.Err()
}

func checkText(v *fault.Check, t lang.Text, pointer string, most int) {
	for l, s := range t {
		v.That(utf8.RuneCountInString(s) <= most, pointer+"/"+string(l), "too_long", "max", most)
	}
}
