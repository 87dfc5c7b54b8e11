// Package question holds what members ask about a challenge and what its officials answer: to
// everyone or to the asker alone, in every language, without ever naming who asked.
package question

import (
	"context"
	"encoding/json"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"golang.org/x/text/unicode/norm"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Limits of what is written, in characters, and of how often one person asks.
const (
	MaxQuestion = 2000
	MaxAnswer   = 10000
	perHour     = 5
	perDay      = 20
)

// What asking and answering do not allow.
var (
	ErrClosed   = fault.New(fault.Conflict, "question.closed", "Questions on this challenge are closed.")
	ErrTooMany  = fault.New(fault.RateLimited, "question.too_many", "That is a lot of questions. Try again later.")
	ErrIsPublic = fault.New(fault.Conflict, "question.is_public", "Everybody has read this answer already. Hide it, or correct it.")
	ErrNoAnswer = fault.New(fault.Conflict, "question.no_answer", "There is no answer to translate yet.")
)

// Question is one question with everything there is of it. What a reader gets of it is Seen.
type Question struct {
	ID             uuid.UUID
	Challenge      uuid.UUID
	Language       lang.Tag
	Body           string
	AskedAt        time.Time
	AskedBy        *uuid.UUID // nil: the account is gone
	AskerName      string
	Answer         string // Markdown; empty: none yet
	AnswerLanguage lang.Tag
	Public         bool
	AnsweredBy     string
	AnsweredAt     *time.Time
	PublishedAt    *time.Time
	EditedAt       *time.Time
	HiddenAt       *time.Time
	HiddenReason   string
	SourceVersion  int
	Version        int
	Texts          map[lang.Tag]Text
}

// Text is question and answer in another language.
type Text struct {
	Body          string    `json:"body"`
	Answer        string    `json:"answer"`
	SourceVersion int       `json:"sourceVersion"`
	UpdatedAt     time.Time `json:"updatedAt"`
}

// Seen is a question as one reader sees it. Pending: something is shown in its own language for
// want of a translation. Stale: the translation is older than the answer.
type Seen struct {
	Question
	Body      string
	BodyIn    lang.Tag
	Answer    string
	AnswerIn  lang.Tag
	Pending   bool
	Stale     bool
	OwnAnswer bool // the reader asked it
}

// In picks the words for a reader.
func (q Question) In(want lang.Tag) Seen {
	s := Seen{Question: q, Body: q.Body, BodyIn: q.Language, Answer: q.Answer, AnswerIn: q.AnswerLanguage}
	t, there := q.Texts[want]
	if q.Language != want && there {
		s.Body, s.BodyIn = t.Body, want
	}
	if q.Answer != "" && q.AnswerLanguage != want && there && t.Answer != "" {
		s.Answer, s.AnswerIn = t.Answer, want
		s.Stale = t.SourceVersion < q.SourceVersion
	}
	s.Pending = s.BodyIn != want || s.Answer != "" && s.AnswerIn != want
	return s
}

// Wanting lists the languages that lack an up-to-date translation.
func (q Question) Wanting() []lang.Tag {
	out := []lang.Tag{}
	for _, l := range lang.All {
		if s := q.In(l); s.Pending || s.Stale {
			out = append(out, l)
		}
	}
	return out
}

// Service is the room's door.
type Service struct{ db *database.DB }

// New opens the room.
func New(db *database.DB) *Service { return &Service{db} }

const selectQuestion = `
	select q.id, q.challenge_id, q.language, q.body, q.asked_at, q.asked_by, coalesce(p.name, ''), q.answer, coalesce(q.answer_language, ''),
	       q.public, coalesce(a.name, ''), q.answered_at, q.published_at, q.edited_at, q.hidden_at, q.hidden_reason, q.source_version, q.version,
	       (select coalesce(jsonb_object_agg(t.language, jsonb_build_object('body', t.body, 'answer', t.answer,
	               'sourceVersion', t.source_version, 'updatedAt', t.updated_at)), '{}') from question_texts t where t.question_id = q.id)
	from questions q left join people p on p.id = q.asked_by left join people a on a.id = q.answered_by `

func scan(r pgx.CollectableRow) (Question, error) {
	var q Question
	var texts []byte
	err := r.Scan(&q.ID, &q.Challenge, &q.Language, &q.Body, &q.AskedAt, &q.AskedBy, &q.AskerName, &q.Answer, &q.AnswerLanguage,
		&q.Public, &q.AnsweredBy, &q.AnsweredAt, &q.PublishedAt, &q.EditedAt, &q.HiddenAt, &q.HiddenReason, &q.SourceVersion, &q.Version, &texts)
	if err == nil {
		err = json.Unmarshal(texts, &q.Texts)
	}
	return q, err
}

func read(ctx context.Context, q database.Queryer, id uuid.UUID) (Question, error) {
	rows, err := q.Query(ctx, selectQuestion+`where q.id = $1`, id)
	if err != nil {
		return Question{}, err
	}
	out, err := pgx.CollectExactlyOneRow(rows, scan)
	if database.NotFound(err) {
		err = fault.ErrNotFound
	}
	return out, err
}

// tidy takes away what no text should hold and what stands around it.
func tidy(s string) string {
	return strings.TrimSpace(norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, lang.Breaks(strings.ToValidUTF8(s, "")))))
}

// patterns makes a LIKE pattern of each word, folded as foldSQL folds the texts.
func patterns(words string) []string {
	out := []string{}
	for _, w := range strings.Fields(strings.ToLower(strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x36f {
			return -1
		}
		return r
	}, norm.NFKD.String(tidy(words))))) {
		if len(out) < 8 {
			out = append(out, "%"+strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(w)+"%")
		}
	}
	return out
}

// foldSQL is what a search looks at: question and answer in every language, without accents.
const foldSQL = `(select lower(regexp_replace(normalize(q.body || ' ' || q.answer || ' ' || coalesce(string_agg(t.body || ' ' || t.answer, ' '), ''), NFKD), '[\u0300-\u036f]', '', 'g'))
	from question_texts t where t.question_id = q.id)`
