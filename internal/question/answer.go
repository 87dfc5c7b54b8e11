package question

import (
	"context"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
)

// Reply is an answer: Markdown in a language, for everyone or for the asker alone.
type Reply struct {
	Text     string
	Language lang.Tag
	Public   bool
}

// whoReads says in the asker's mail who can read the answer.
var whoReads = map[bool]lang.Text{
	true: {lang.EN: "The answer is for everyone. Your name is not shown.", lang.ES: "La respuesta es para todos. Su nombre no se muestra.",
		lang.JA: "この回答は公開されています。お名前は表示されません。"},
	false: {lang.EN: "The answer is for you alone.", lang.ES: "La respuesta es solo para usted.", lang.JA: "この回答は、あなただけが読むことができます。"},
}

// act locks a question that was read at a version and runs do with its challenge.
func (s *Service) act(ctx context.Context, actor authz.Actor, id uuid.UUID, version int, action authz.Action, do func(tx database.Tx, c contest.Challenge, q Question) error) (Question, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		if _, err := tx.Pgx().Exec(ctx, `select from questions where id = $1 for update`, id); err != nil {
			return err
		}
		q, err := read(ctx, tx.Pgx(), id)
		if err != nil {
			return err
		}
		c, err := contest.Load(ctx, tx.Pgx(), q.Challenge)
		if err != nil {
			return err
		}
		if err := actor.Require(action, c.Scope()); err != nil {
			return err
		}
		if q.Version != version {
			return fault.ErrStale
		}
		tx.Remember(id.String())
		return do(tx, c, q)
	})
	if _, replay := database.Replayed(err); replay {
		err = nil
	}
	if err != nil {
		return Question{}, err
	}
	return read(ctx, s.db.Pool(), id)
}

// Answer gives or corrects the answer. What everybody could read once stays for everybody; a
// correction carries its date. The asker is told of the first answer, and of one that becomes public.
func (s *Service) Answer(ctx context.Context, actor authz.Actor, id uuid.UUID, version int, r Reply) (Question, error) {
	r.Text = tidy(r.Text)
	var v fault.Check
	v.That(r.Text != "", "/text", "required")
	v.That(utf8.RuneCountInString(r.Text) <= MaxAnswer, "/text", "too_long", "max", MaxAnswer)
	v.That(r.Language.Valid(), "/lang", "not_a_choice")
	if err := v.Err(); err != nil {
		return Question{}, err
	}
	return s.act(ctx, actor, id, version, authz.AnswerQuestions, func(tx database.Tx, c contest.Challenge, q Question) error {
		if q.Public && !r.Public {
			return ErrIsPublic
		}
		if q.Answer == r.Text && q.AnswerLanguage == r.Language && q.Public == r.Public {
			return nil
		}
		_, err := tx.Pgx().Exec(ctx, `update questions set answer = $2, answer_language = $3, public = $4,
			answered_by = coalesce(answered_by, $5), answered_at = coalesce(answered_at, clock_timestamp()),
			published_at = case when $4 then coalesce(published_at, clock_timestamp()) end,
			edited_at = case when answered_at is not null and answer <> $2 then clock_timestamp() else edited_at end,
			source_version = source_version + case when answer <> $2 then 1 else 0 end, version = version + 1 where id = $1`,
			id, r.Text, string(r.Language), r.Public, actor.PersonID)
		if err != nil || (q.AnsweredAt != nil && q.Public == r.Public) {
			return err
		}
		return tellAsker(tx, c, q, r.Public)
	})
}

func tellAsker(tx database.Tx, c contest.Challenge, q Question, public bool) error {
	if q.AskedBy == nil {
		return nil
	}
	to, err := identity.AddressOf(tx.Context(), tx.Pgx(), *q.AskedBy)
	if database.NotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	city, err := cityName(tx, c)
	if err != nil {
		return err
	}
	return notify.Send(tx, notify.Notice{Kind: "question-answered", To: to, Subject: q.ID, Params: notify.Params{
		"challenge": titleOf(c), "city": city, "question": excerpt(q.Body), "who": whoReads[public],
		"url": notify.Link("/challenges/" + c.Slug + "/questions"),
	}})
}

// Translate writes question and answer in another language, for the answer as it stands.
func (s *Service) Translate(ctx context.Context, actor authz.Actor, id uuid.UUID, version int, l lang.Tag, body, answer string) (Question, error) {
	body, answer = tidy(body), tidy(answer)
	var v fault.Check
	v.That(l.Valid(), "/lang", "not_a_choice")
	v.That(utf8.RuneCountInString(body) <= 2*MaxQuestion, "/question", "too_long", "max", 2*MaxQuestion)
	v.That(utf8.RuneCountInString(answer) <= 2*MaxAnswer, "/answer", "too_long", "max", 2*MaxAnswer)
	if err := v.Err(); err != nil {
		return Question{}, err
	}
	return s.act(ctx, actor, id, version, authz.TranslateQuestions, func(tx database.Tx, _ contest.Challenge, q Question) error {
		if q.AnsweredAt == nil {
			return ErrNoAnswer
		}
		if l == q.Language { // what is written in this language already needs no second wording
			body = q.Body
		}
		if l == q.AnswerLanguage {
			answer = q.Answer
		}
		var v fault.Check
		v.That(body != "", "/question", "required")
		v.That(answer != "", "/answer", "required")
		if err := v.Err(); err != nil {
			return err
		}
		if _, err := tx.Pgx().Exec(ctx, `insert into question_texts (question_id, language, body, answer, source_version, updated_by)
			values ($1,$2,$3,$4,$5,$6) on conflict (question_id, language) do update set body = excluded.body, answer = excluded.answer,
			source_version = excluded.source_version, updated_by = excluded.updated_by, updated_at = clock_timestamp()`,
			id, string(l), body, answer, q.SourceVersion, actor.PersonID); err != nil {
			return err
		}
		_, err := tx.Pgx().Exec(ctx, `update questions set version = version + 1 where id = $1`, id)
		return err
	})
}

// Hide takes a question off the public list, with a reason that the asker reads. An empty reason is
// refused; Show undoes it.
func (s *Service) Hide(ctx context.Context, actor authz.Actor, id uuid.UUID, version int, reason string) (Question, error) {
	reason = tidy(reason)
	var v fault.Check
	v.That(reason != "", "/reason", "required")
	v.That(utf8.RuneCountInString(reason) <= 2000, "/reason", "too_long", "max", 2000)
	if err := v.Err(); err != nil {
		return Question{}, err
	}
	return s.act(ctx, actor, id, version, authz.AnswerQuestions, func(tx database.Tx, _ contest.Challenge, _ Question) error {
		_, err := tx.Pgx().Exec(ctx, `update questions set hidden_at = coalesce(hidden_at, clock_timestamp()), hidden_by = $2, hidden_reason = $3,
			version = version + 1 where id = $1`, id, actor.PersonID, reason)
		return err
	})
}

// Show puts a hidden question back.
func (s *Service) Show(ctx context.Context, actor authz.Actor, id uuid.UUID, version int) (Question, error) {
	return s.act(ctx, actor, id, version, authz.AnswerQuestions, func(tx database.Tx, _ contest.Challenge, _ Question) error {
		_, err := tx.Pgx().Exec(ctx, `update questions set hidden_at = null, hidden_by = null, hidden_reason = '', version = version + 1 where id = $1`, id)
		return err
	})
}

// CloseAt sets until when questions are taken; nil goes back to the default. It cannot be after the
// deadline.
func (s *Service) CloseAt(ctx context.Context, actor authz.Actor, challenge uuid.UUID, at *time.Time) error {
	return s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := contest.LockExclusive(tx, challenge)
		if err != nil {
			return err
		}
		if err := actor.Require(authz.AnswerQuestions, c.Scope()); err != nil {
			return err
		}
		if at != nil && at.After(c.Dates.Closes) {
			return fault.ErrInvalid.At("/closesAt", "order", nil)
		}
		_, err = tx.Pgx().Exec(ctx, `update challenges set questions_close_at = $2 where id = $1`, challenge, at)
		return err
	})
}
