package jury

import (
	"context"
	"errors"
	"maps"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/jury/workbook"
	"fieldtrial/internal/lang"
)

// MaxForm is the largest form that is read, in bytes.
const MaxForm = 700 << 10

// What a file is refused for as a whole.
var (
	ErrForm      = fault.New(fault.Invalid, "jury.form_unreadable", "This file is not a form of ours, or it is damaged.")
	ErrFormLarge = fault.New(fault.Invalid, "jury.form_too_large", "This file is larger than a form can be.")
)

// RowOutcome is what becomes of one row of a form.
type RowOutcome string

// The outcomes. In a preview they say what would be.
const (
	RowSame    RowOutcome = "same"    // says what the server has already
	RowChanged RowOutcome = "changed" // saved as a draft
	RowSent    RowOutcome = "sent"    // saved, complete, and it counts
	RowRefused RowOutcome = "refused"
)

// FormChange is one field that a row changes; scores as the form writes them.
type FormChange struct {
	Field         string // the criterion's id, toTeam or toJury
	Before, After string
}

// FormFault is why a row is refused. Field is "" where it is about the row.
type FormFault struct {
	Field, Code string
	Text        string // what stood there
}

// FormRow is the report on one row.
type FormRow struct {
	Row        int // as the spreadsheet counts, from 1
	Assignment *uuid.UUID
	Reference  string
	Outcome    RowOutcome
	Changes    []FormChange
	Faults     []FormFault
	Incomplete bool // saved, though something is missing before it can count
}

// FormReport is what a form comes to.
type FormReport struct {
	Applied  bool
	Criteria []contest.Criterion
	Rows     []FormRow
}

// TakeForm reads a form that was filled in. Without apply it only says what would happen. All rows that are not
// refused are saved in one transaction, so that either all of them stand or none; send makes the complete ones count.
// A row whose review was changed elsewhere since the form was written is refused, and says so.
func (s *Service) TakeForm(ctx context.Context, actor authz.Actor, challenge uuid.UUID, file []byte, apply, send bool) (FormReport, error) {
	if len(file) > MaxForm {
		return FormReport{}, ErrFormLarge
	}
	q, err := s.Queue(ctx, actor, challenge) // nobody else's file is read at all
	if err != nil {
		return FormReport{}, err
	}
	tables, err := workbook.Read(file)
	switch {
	case errors.Is(err, workbook.ErrTooLarge):
		return FormReport{}, ErrFormLarge
	case err != nil:
		return FormReport{}, ErrForm
	}
	columns, rows := formColumns(tables)
	if columns == nil {
		return FormReport{}, ErrForm
	}
	out := FormReport{Criteria: q.Criteria, Rows: []FormRow{}}
	err = s.db.InTx(ctx, func(tx database.Tx) error {
		out.Rows = out.Rows[:0]
		seen := map[uuid.UUID]bool{}
		for _, r := range rows {
			row, err := takeRow(tx, actor, q, formCells{columns, r.cells}, seen, send)
			if err != nil {
				return err
			}
			row.Row = r.number
			out.Rows = append(out.Rows, row)
		}
		if !apply {
			return errPreview // everything was tried, and nothing stays
		}
		return nil
	})
	if errors.Is(err, errPreview) {
		return out, nil
	}
	out.Applied = err == nil
	return out, err
}

var errPreview = errors.New("jury: only looked at")

type numbered struct {
	number int
	cells  []workbook.Value
}

// formColumns finds the table with our hidden row of names, and the rows that name an assignment.
func formColumns(tables []workbook.Table) (map[string]int, []numbered) {
	for _, t := range tables {
		for i, row := range t.Rows {
			columns := map[string]int{}
			for k, v := range row {
				columns[strings.TrimSpace(v.Text)] = k
			}
			if _, ours := columns[columnAssignment]; !ours {
				continue
			}
			rows := []numbered{}
			for n, r := range t.Rows[i+1:] {
				if at := columns[columnAssignment]; at < len(r) && strings.TrimSpace(r[at].Text) != "" {
					rows = append(rows, numbered{i + n + 2, r})
				}
			}
			return columns, rows
		}
	}
	return nil, nil
}

type formCells struct {
	columns map[string]int
	cells   []workbook.Value
}

func (c formCells) at(column string) workbook.Value {
	if k, there := c.columns[column]; there && k < len(c.cells) {
		return c.cells[k]
	}
	return workbook.Value{}
}

func (r *FormRow) refuse(field, code, text string) {
	r.Outcome = RowRefused
	r.Faults = append(r.Faults, FormFault{Field: field, Code: code, Text: text})
}

// takeRow saves one row. Faults of the row are in the report; an error is of the whole.
func takeRow(tx database.Tx, actor authz.Actor, q Queue, cells formCells, seen map[uuid.UUID]bool, send bool) (FormRow, error) {
	row := FormRow{Reference: cells.at(columnReference).Text, Outcome: RowSame, Changes: []FormChange{}, Faults: []FormFault{}}
	id, err := uuid.Parse(strings.TrimSpace(cells.at(columnAssignment).Text))
	own := false
	for _, w := range q.Items {
		if err == nil && w.Assignment == id {
			own, row.Reference = true, w.Entry.Reference
		}
	}
	switch {
	case !own:
		row.refuse("", "form_unknown", "")
		return row, nil
	case seen[id]:
		row.refuse("", "form_twice", "")
		return row, nil
	}
	seen[id], row.Assignment = true, &id
	d, err := lockDesk(tx, actor, id)
	if err != nil {
		return row, err
	}
	r, err := readReview(tx.Context(), tx.Pgx(), d, q.Criteria, true)
	if err != nil {
		return row, err
	}
	next := filled(&row, q.Criteria, cells, r.Draft)
	if !r.exists() {
		next.Language = d.challenge.Language
		if l := lang.Tag(actor.Language); l.Valid() {
			next.Language = l
		}
	}
	if row.Outcome == RowRefused {
		return row, nil
	}
	return row, settleRow(tx, &row, d, q.Criteria, r, next, cells, send)
}

// settleRow saves what a row says, once its cells were read.
func settleRow(tx database.Tx, row *FormRow, d desk, criteria []contest.Criterion, r reviewRow, next Draft, cells formCells, send bool) error {
	changed := len(row.Changes) > 0
	version, _ := cells.at(columnVersion).Whole()
	switch {
	case changed && r.Locked:
		row.refuse("", "form_locked", "")
		return nil
	case changed && version != r.Version:
		row.refuse("", "form_stale", "")
		return nil
	case !changed && (!send || !r.exists() || r.Locked || r.State == Submitted):
		return nil
	}
	saved := r.Review
	if changed {
		row.Outcome = RowChanged
		if err := checkDraft(criteria, next); err != nil {
			return err // the cells were checked before
		}
		var err error
		if saved, err = saveOver(tx, d, criteria, r.Version, next); err != nil {
			return err
		}
	}
	row.Incomplete = complete(criteria, saved.Draft) != nil
	if !send || row.Incomplete {
		return nil
	}
	row.Outcome = RowSent
	_, err := submitOver(tx, d, criteria, saved.Version)
	return err
}

// filled is the draft with what the cells say over what is there: an empty cell changes nothing.
func filled(row *FormRow, criteria []contest.Criterion, cells formCells, before Draft) Draft {
	out := before
	out.Scores = maps.Clone(before.Scores)
	for _, c := range criteria {
		cell := cells.at(columnScore + c.Key)
		field := c.ID.String()
		v, code := scoreIn(c, cell)
		if code != "" {
			row.refuse(field, code, cell.Text)
			continue
		}
		if was, given := before.Scores[c.ID]; v != nil && (!given || was != *v) {
			out.Scores[c.ID] = *v
			row.Changes = append(row.Changes, FormChange{field, scoreText(was, given), scoreText(*v, true)})
		}
	}
	for _, f := range []struct {
		field string
		text  *string
	}{{columnToTeam, &out.ToTeam}, {columnToJury, &out.ToJury}} {
		cell := cells.at(f.field)
		text := strings.TrimSpace(strings.ReplaceAll(cell.Text, "\r\n", "\n"))
		switch {
		case cell.Formula:
			row.refuse(f.field, "form_formula", cell.Text)
		case lang.Characters(text) > MaxComment:
			row.refuse(f.field, "form_long", "")
		case text != "" && text != strings.TrimSpace(*f.text):
			row.Changes = append(row.Changes, FormChange{f.field, *f.text, text})
			*f.text = text
		}
	}
	return out
}

// scoreIn reads a score's cell: nil where it is empty; a code where it is none.
func scoreIn(c contest.Criterion, cell workbook.Value) (*int, string) {
	text := strings.TrimSpace(cell.Text)
	n, whole := cell.Whole()
	switch {
	case cell.Formula:
		return nil, "form_formula"
	case text == "":
		return nil, ""
	case isSkip(text) && c.MayNotApply:
		skip := score.NotApplicable
		return &skip, ""
	case isSkip(text):
		return nil, "form_applies"
	case !whole:
		return nil, "form_number"
	case n < c.Lowest || n > c.Highest:
		return nil, "form_range"
	}
	return &n, ""
}

// scoreText writes a score for the report: "" for none, "skip" where the criterion does not apply.
func scoreText(v int, given bool) string {
	switch {
	case !given:
		return ""
	case v == score.NotApplicable:
		return "skip"
	}
	return strconv.Itoa(v)
}
