package entry

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"golang.org/x/text/unicode/norm"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// ErrFieldFrozen says that the moment after which a field stands as it is has passed.
var ErrFieldFrozen = fault.New(fault.Conflict, "entry.field_frozen", "The answer to this question can no longer change.")

// Chars counts characters as the form's limits do.
func Chars(s string) int { return lang.Characters(s) }

// asked says, by field, whether an entry is asked for it: a field that depends on a choice is only
// asked where that choice is asked itself and was answered so. form is whole, in its order.
func asked(form []contest.Field, s Standing) map[uuid.UUID]bool {
	out := make(map[uuid.UUID]bool, len(form))
	for _, f := range form {
		out[f.ID] = true
		if f.ShownIf == nil {
			continue
		}
		i := slices.IndexFunc(form, func(x contest.Field) bool { return x.Key == f.ShownIf.Field })
		out[f.ID] = i >= 0 && out[form[i].ID] && slices.Contains(chosen(form[i], s.Answers[form[i].ID]), f.ShownIf.Equals)
	}
	return out
}

// chosen are the keys of the options in an answer.
func chosen(f contest.Field, value string) []string {
	if f.Kind == contest.Choices {
		return strings.FieldsFunc(value, func(r rune) bool { return r == ',' })
	}
	return []string{value}
}

// settled brings typed text into the one form that is stored for its field.
func settled(f contest.Field, s string) string {
	s = tidy(f.Kind, s)
	switch f.Kind {
	case contest.Choices: // in the form's order, each once; what is no option stays to be refused
		picked := chosen(f, s)
		out := []string{}
		for _, o := range f.Options {
			if slices.Contains(picked, o.Key) {
				out = append(out, o.Key)
			}
		}
		for _, k := range picked {
			if !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
		return strings.Join(out, ",")
	case contest.Number: // １２．５ becomes 12.5, and a typeset minus a typed one
		return strings.ReplaceAll(strings.TrimSpace(norm.NFKC.String(s)), "−", "-")
	case contest.Date, contest.URL:
		return strings.TrimSpace(s)
	}
	return s
}

var numberForm = regexp.MustCompile(`^-?[0-9]{1,15}(\.[0-9]{1,9})?$`)

// fits checks an answer that is not empty against its field's kind and limits.
func fits(f contest.Field, value string) (string, map[string]any) {
	if f.MaxChars > 0 && Chars(value) > f.MaxChars {
		return "too_long", map[string]any{"max": f.MaxChars}
	}
	if f.MaxWords > 0 && lang.Words(value) > f.MaxWords {
		return "too_many_words", map[string]any{"max": f.MaxWords}
	}
	switch f.Kind {
	case contest.Choice, contest.Choices:
		for _, key := range chosen(f, value) {
			if !slices.ContainsFunc(f.Options, func(o contest.Option) bool { return o.Key == key }) {
				return "not_a_choice", nil
			}
		}
	case contest.URL:
		if !isWebAddress(value) {
			return "malformed", nil
		}
	case contest.Date:
		if _, err := time.Parse(time.DateOnly, value); err != nil {
			return "malformed", nil
		}
	case contest.Number:
		return fitsNumber(f, value)
	}
	return "", nil
}

func fitsNumber(f contest.Field, value string) (string, map[string]any) {
	n, err := strconv.ParseFloat(value, 64)
	switch {
	case err != nil || !numberForm.MatchString(value):
		return "malformed", nil
	case f.Min != nil && n < *f.Min:
		return "too_small", map[string]any{"min": *f.Min}
	case f.Max != nil && n > *f.Max:
		return "too_large", map[string]any{"max": *f.Max}
	}
	return "", nil
}

// frozenFields are the fields whose moment has passed, by the database's clock.
func frozenFields(ctx context.Context, q database.Queryer, challenge uuid.UUID) (map[uuid.UUID]bool, error) {
	rows, err := q.Query(ctx, `select id from form_fields where challenge_id = $1 and frozen_after <= clock_timestamp()`, challenge)
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

// DroppedAnswer is what was given to a field that is no longer asked.
type DroppedAnswer struct {
	Field contest.Field
	Value string
	Files []File
}

func droppedAnswers(list []contest.Field, s Standing) []DroppedAnswer {
	out := []DroppedAnswer{}
	for _, f := range list {
		if strings.TrimSpace(s.Answers[f.ID]) != "" || len(s.Files[f.ID]) > 0 {
			out = append(out, DroppedAnswer{f, s.Answers[f.ID], s.Files[f.ID]})
		}
	}
	return out
}

// formSeen gives the version of the form that an entry's team saw last, and the one it has now.
func formSeen(ctx context.Context, q database.Queryer, entry uuid.UUID) (seen, now int, err error) {
	err = q.QueryRow(ctx, `select e.form_seen, c.form_version from entries e join challenges c on c.id = e.challenge_id where e.id = $1`, entry).Scan(&seen, &now)
	return seen, now, err
}

// SeeForm notes that the team has seen a version of the form: what was new in it is no longer said.
func (s *Service) SeeForm(ctx context.Context, actor authz.Actor, id uuid.UUID, version int) error {
	return done(s.db.InTx(ctx, func(tx database.Tx) error {
		r, err := read(ctx, tx.Pgx(), id)
		if err != nil {
			return err
		}
		c, err := contest.Load(ctx, tx.Pgx(), r.Challenge)
		if err != nil {
			return err
		}
		if err := actor.Require(authz.EditEntry, r.scope(c)); err != nil {
			return err
		}
		_, err = tx.Pgx().Exec(ctx, `update entries e set form_seen = greatest(e.form_seen, least($2, c.form_version))
			from challenges c where c.id = e.challenge_id and e.id = $1`, id, version)
		return err
	}))
}
