package entry

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// maxDraft is how much a draft may hold over its limit, in code points: enough to paste and cut.
const maxDraft = 40000

// Typed is one answer to save. Version is the one it was typed over, 0 where the field was never
// saved.
type Typed struct {
	FieldID uuid.UUID
	Value   string
	Version int
}

// Saved is what became of a batch. Conflicts are answers that somebody else changed meanwhile, as
// they stand: nothing was written over them.
type Saved struct {
	Saved     []Answer
	Conflicts []Answer
	Frozen    []Answer // whose field's moment has passed: as they stand
	At        time.Time
	Unsent    bool
	Sections  []Section
	Missing   []fault.Field
	FormNow   int // version of the form: whoever typed into another one has to look at it
}

// SaveAnswers saves a batch field by field. Texts over their limit are kept, since a draft is a
// place to cut; submitting refuses them. So are answers to what the city took out of the form while
// they were typed.
func (s *Service) SaveAnswers(ctx context.Context, actor authz.Actor, id uuid.UUID, batch []Typed) (Saved, error) {
	var out Saved
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, open, err := lockToEdit(tx, actor, id)
		if err != nil {
			return err
		}
		form, err := contest.Form(ctx, tx.Pgx(), c.ID)
		if err != nil {
			return err
		}
		dropped, err := contest.DroppedFields(ctx, tx.Pgx(), c.ID)
		if err != nil {
			return err
		}
		fields, err := checkBatch(slices.Concat(form, dropped), batch)
		if err != nil {
			return err
		}
		changed := false
		for _, t := range batch {
			if err := open.admits(t.FieldID); errors.Is(err, ErrFieldFrozen) {
				a, err := answerTo(tx, id, t.FieldID)
				if err != nil {
					return err
				}
				out.Frozen = append(out.Frozen, a)
				continue
			} else if err != nil {
				return err
			}
			a, verdict, err := saveOne(tx, actor, id, t, fields[t.FieldID])
			if err != nil {
				return err
			}
			if verdict == collided {
				out.Conflicts = append(out.Conflicts, a)
				continue
			}
			out.Saved = append(out.Saved, a)
			changed = changed || verdict == written
		}
		if changed {
			if err := touch(tx, id); err != nil {
				return err
			}
		}
		r, err := read(ctx, tx.Pgx(), id)
		if err != nil {
			return err
		}
		now, _, _, err := standing(ctx, tx.Pgx(), id)
		if err != nil {
			return err
		}
		out.Unsent, out.Sections = r.unsent(), sections(form, now)
		if out.Missing, err = lacking(ctx, tx.Pgx(), c.ID, id, form, now); err != nil {
			return err
		}
		if _, out.FormNow, err = formSeen(ctx, tx.Pgx(), id); err != nil {
			return err
		}
		out.At, err = tx.Now()
		return err
	})
	return out, err
}

func checkBatch(form []contest.Field, batch []Typed) (map[uuid.UUID]contest.Field, error) {
	fields := map[uuid.UUID]contest.Field{}
	for _, f := range form {
		if f.Kind != contest.File {
			fields[f.ID] = f
		}
	}
	var check fault.Check
	seen := map[uuid.UUID]bool{}
	for i, t := range batch {
		at := fmt.Sprintf("/answers/%d", i)
		check.That(fields[t.FieldID].Key != "" && !seen[t.FieldID], at+"/fieldId", "unknown")
		check.That(utf8.RuneCountInString(t.Value) <= maxDraft, at+"/value", "too_long", "max", maxDraft)
		seen[t.FieldID] = true
	}
	return fields, check.Err()
}

type verdict int

const (
	written verdict = iota
	unchanged
	collided
)

// saveOne writes an answer over the version it was typed over, and over no other. The same text
// again is no conflict: the first answer to the request may have been lost on the way.
func saveOne(tx database.Tx, actor authz.Actor, entry uuid.UUID, t Typed, f contest.Field) (Answer, verdict, error) {
	value := settled(f, t.Value)
	tag, err := tx.Pgx().Exec(tx.Context(), `
		insert into answers (entry_id, field_id, value, updated_by) select $1, $2, $3, $4 where $5 = 0
		on conflict do nothing`, entry, t.FieldID, value, actor.PersonID, t.Version)
	if err != nil {
		return Answer{}, 0, err
	}
	if tag.RowsAffected() == 0 && t.Version > 0 {
		if err := keepVersion(tx, actor, entry, t, value); err != nil {
			return Answer{}, 0, err
		}
		tag, err = tx.Pgx().Exec(tx.Context(), `
			update answers set value = $3, version = version + 1, updated_by = $4, updated_at = clock_timestamp()
			where entry_id = $1 and field_id = $2 and version = $5 and value <> $3`, entry, t.FieldID, value, actor.PersonID, t.Version)
		if err != nil {
			return Answer{}, 0, err
		}
	}
	a, err := answerTo(tx, entry, t.FieldID)
	switch {
	case err != nil:
		return Answer{}, 0, err
	case tag.RowsAffected() == 1:
		return a, written, nil
	case a.Version > 0 && a.Value == value: // version 0: typed over a version of an answer that was never saved
		return a, unchanged, nil
	}
	return a, collided, nil
}

// answerTo reads one answer; version 0 where there is none.
func answerTo(tx database.Tx, entry, field uuid.UUID) (Answer, error) {
	a := Answer{FieldID: field}
	err := tx.Pgx().QueryRow(tx.Context(), selectAnswer+`where a.entry_id = $1 and a.field_id = $2`,
		entry, field).Scan(&a.FieldID, &a.Value, &a.Version, &a.UpdatedAt, &a.UpdatedBy, &a.Earlier)
	if database.NotFound(err) {
		err = nil
	}
	return a, err
}
