package jury

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/jury/workbook"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/seen"
)

// Form writes a juror's own entries of a challenge as a workbook to be filled in anywhere, with what is scored so
// far. The first row, hidden, names the columns for TakeForm, whatever the language or the order.
func (s *Service) Form(ctx context.Context, actor authz.Actor, challenge uuid.UUID, l lang.Tag) ([]byte, error) {
	q, err := s.Queue(ctx, actor, challenge)
	if err != nil {
		return nil, err
	}
	drafts, err := s.drafts(ctx, actor, q)
	if err != nil {
		return nil, err
	}
	entries := make([]uuid.UUID, len(q.Items))
	for i, w := range q.Items {
		entries[i] = w.Entry.EntryID
	}
	if err := seen.Note(ctx, s.db.Pool(), actor, q.Challenge.Scope(), seen.Entry, nil, entries...); err != nil {
		return nil, err
	}
	return workbook.Write([]workbook.Sheet{formSheet(q, drafts, l), rubricSheet(q.Criteria, l)})
}

// drafts reads the actor's own working copies by assignment.
func (s *Service) drafts(ctx context.Context, actor authz.Actor, q Queue) (map[uuid.UUID]Review, error) {
	out := map[uuid.UUID]Review{}
	for _, w := range q.Items {
		r, err := readReview(ctx, s.db.Pool(), desk{assignment: w.Assignment, entry: w.Entry.EntryID, challenge: q.Challenge}, q.Criteria, false)
		if err != nil {
			return nil, err
		}
		out[w.Assignment] = r.Review
	}
	return out, nil
}

// The columns that every form has; those of the criteria are "score:" and the criterion's key.
const (
	columnAssignment = "assignment"
	columnVersion    = "version"
	columnReference  = "reference"
	columnTitle      = "title"
	columnToTeam     = "toTeam"
	columnToJury     = "toJury"
	columnScore      = "score:"
)

func formSheet(q Queue, drafts map[uuid.UUID]Review, l lang.Tag) workbook.Sheet {
	words := formWords[l]
	keys := []string{columnAssignment, columnVersion, columnReference, columnTitle}
	heads := []string{"", "", words.entry, words.title}
	out := workbook.Sheet{Name: words.sheet, Hidden: []int{1}, Widths: []int{0, 0, 12, 34}, Frozen: [2]int{4, 3}}
	last := max(len(q.Items)+3, 4)
	for _, c := range q.Criteria {
		name, _ := c.Name.In(l)
		rule := workbook.Rule{Column: len(keys), From: 4, To: last, Least: c.Lowest, Most: c.Highest, Title: words.wrong,
			Message: fmt.Sprintf(words.between, c.Lowest, c.Highest)}
		if c.MayNotApply {
			for v := c.Lowest; v <= c.Highest; v++ {
				rule.List = append(rule.List, fmt.Sprint(v))
			}
			rule.List = append(rule.List, words.skip)
			rule.Message += " " + fmt.Sprintf(words.orSkip, words.skip)
		}
		out.Rules = append(out.Rules, rule)
		keys = append(keys, columnScore+c.Key)
		heads = append(heads, fmt.Sprintf("%s\n%d–%d · %d %%", name, c.Lowest, c.Highest, c.Weight))
		out.Widths = append(out.Widths, 16)
	}
	keys = append(keys, columnToTeam, columnToJury)
	heads = append(heads, fmt.Sprintf(words.toTeam, MinComment), words.toJury)
	out.Widths = append(out.Widths, 50, 40)
	title, _ := q.Challenge.Title.In(l)
	out.Rows = [][]workbook.Cell{cellsOf(keys, workbook.Locked), {{}, {}, {Text: title + " · " + words.lead, Style: workbook.Plain}}, cellsOf(heads, workbook.Head)}
	for _, w := range q.Items {
		out.Rows = append(out.Rows, formRow(w, drafts[w.Assignment], q.Criteria, words))
	}
	return out
}

func formRow(w Waiter, r Review, criteria []contest.Criterion, words formText) []workbook.Cell {
	version := r.Version
	row := []workbook.Cell{{Text: w.Assignment.String(), Style: workbook.Locked}, {Number: &version, Style: workbook.Locked},
		{Text: w.Entry.Reference, Style: workbook.Locked}, {Text: w.Entry.Title, Style: workbook.Locked}}
	for _, c := range criteria {
		cell := workbook.Cell{Style: workbook.Open}
		if v, given := r.Scores[c.ID]; given && v == score.NotApplicable {
			cell.Text = words.skip
		} else if given {
			cell.Number = &v
		}
		row = append(row, cell)
	}
	return append(row, workbook.Cell{Text: r.ToTeam, Style: workbook.Open}, workbook.Cell{Text: r.ToJury, Style: workbook.Open})
}

func cellsOf(texts []string, style workbook.Style) []workbook.Cell {
	out := make([]workbook.Cell, len(texts))
	for i, s := range texts {
		out[i] = workbook.Cell{Text: s, Style: style}
	}
	return out
}

// rubricSheet says what each score means.
func rubricSheet(criteria []contest.Criterion, l lang.Tag) workbook.Sheet {
	words := formWords[l]
	out := workbook.Sheet{Name: words.rubric, Widths: []int{28, 10, 60}, Frozen: [2]int{0, 1},
		Rows: [][]workbook.Cell{cellsOf([]string{words.criterion, words.score, words.meaning}, workbook.Head)}}
	for _, c := range criteria {
		name, _ := c.Name.In(l)
		about, _ := c.Description.In(l)
		out.Rows = append(out.Rows, cellsOf([]string{name, fmt.Sprintf("%d %%", c.Weight), about}, workbook.Head))
		for i, a := range c.Anchors {
			text, _ := a.In(l)
			out.Rows = append(out.Rows, cellsOf([]string{"", fmt.Sprint(c.Lowest + i), text}, workbook.Plain))
		}
		if c.MayNotApply {
			out.Rows = append(out.Rows, cellsOf([]string{"", words.skip, ""}, workbook.Plain))
		}
	}
	return out
}

type formText struct {
	sheet, rubric, lead, entry, title, toTeam, toJury, skip, wrong, between, orSkip, criterion, score, meaning string
}

var formWords = map[lang.Tag]formText{
	lang.EN: {sheet: "Scores", rubric: "Criteria", lead: "fill in the yellow cells; an empty cell changes nothing", entry: "Entry", title: "Title",
		toTeam: "Comment to the team\nat least %d characters", toJury: "Comment to the jury\nnever shown to the team", skip: "n/a", wrong: "Not a score",
		between: "A whole number from %d to %d.", orSkip: "Or %s, where it does not apply.", criterion: "Criterion", score: "Score", meaning: "What it means"},
	lang.ES: {sheet: "Puntuaciones", rubric: "Criterios", lead: "rellene las celdas amarillas; una celda vacía no cambia nada", entry: "Candidatura", title: "Título",
		toTeam: "Comentario para el equipo\nal menos %d caracteres", toJury: "Comentario para el jurado\nel equipo no lo ve", skip: "no procede", wrong: "No es una puntuación",
		between: "Un número entero de %d a %d.", orSkip: "O «%s», si no se aplica.", criterion: "Criterio", score: "Puntos", meaning: "Qué significa"},
	lang.JA: {sheet: "採点", rubric: "評価基準", lead: "黄色いセルに入力してください。空欄は何も変更しません", entry: "応募", title: "タイトル",
		toTeam: "チームへのコメント\n%d文字以上", toJury: "審査員へのコメント\nチームには見えません", skip: "該当なし", wrong: "点数ではありません",
		between: "%dから%dまでの整数を入力してください。", orSkip: "該当しない場合は「%s」としてください。", criterion: "評価基準", score: "点", meaning: "意味"},
}

// isSkip reports whether a cell says "does not apply", in any of our languages.
func isSkip(s string) bool {
	for _, words := range formWords {
		if strings.EqualFold(strings.TrimSpace(s), words.skip) {
			return true
		}
	}
	return false
}
