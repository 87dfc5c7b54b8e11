package question

import (
	"context"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
)

// lead is how long before the deadline questions close where the challenge says nothing else: time
// enough to answer and for teams to use the answer.
const lead = 5 * 24 * time.Hour

// ClosesAt gives until when questions are taken: the challenge's own setting, never after its
// deadline; else five days before the deadline, or half-way where it is open for less than ten.
func ClosesAt(own *time.Time, d contest.Dates) time.Time {
	if own != nil {
		if own.After(d.Closes) {
			return d.Closes
		}
		return *own
	}
	at := d.Closes.Add(-lead)
	if half := d.Opens.Add(d.Closes.Sub(d.Opens) / 2); half.After(at) {
		return half
	}
	return at
}

func ownClosing(ctx context.Context, q database.Queryer, challenge uuid.UUID) (*time.Time, error) {
	var at *time.Time
	err := q.QueryRow(ctx, `select questions_close_at from challenges where id = $1`, challenge).Scan(&at)
	return at, err
}

// Ask puts a question to the officials of a published challenge.
func (s *Service) Ask(ctx context.Context, actor authz.Actor, slug string, in lang.Tag, text string) (Question, error) {
	if err := actor.Require(authz.AskQuestion, authz.Scope{}); err != nil {
		return Question{}, err
	}
	text = tidy(text)
	var v fault.Check
	v.That(text != "", "/text", "required")
	v.That(utf8.RuneCountInString(text) <= MaxQuestion, "/text", "too_long", "max", MaxQuestion)
	if err := v.Err(); err != nil {
		return Question{}, err
	}
	id := uuid.Must(uuid.NewV7())
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		if err := tx.Lock("question.ask " + actor.PersonID.String()); err != nil { // two tabs count as one person
			return err
		}
		challenge, err := contest.IDBySlug(ctx, tx.Pgx(), slug)
		if err != nil {
			return err
		}
		c, err := contest.LockShared(tx, challenge)
		if err != nil {
			return err
		}
		if c.PublishedAt == nil {
			return fault.ErrNotFound
		}
		if err := mayAsk(tx, c, actor.PersonID); err != nil {
			return err
		}
		tx.Remember(id.String())
		if _, err := tx.Pgx().Exec(ctx, `insert into questions (id, challenge_id, asked_by, language, body) values ($1,$2,$3,$4,$5)`,
			id, c.ID, actor.PersonID, string(in.Or(lang.EN)), text); err != nil {
			return err
		}
		return tellOfficials(tx, c, actor.PersonID, text)
	})
	if first, again := database.Replayed(err); again {
		if id, err = uuid.Parse(first); err != nil {
			return Question{}, fault.ErrNotFound
		}
	}
	if err != nil {
		return Question{}, err
	}
	return read(ctx, s.db.Pool(), id)
}

func mayAsk(tx database.Tx, c contest.Challenge, person uuid.UUID) error {
	own, err := ownClosing(tx.Context(), tx.Pgx(), c.ID)
	if err != nil {
		return err
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	if !now.Before(ClosesAt(own, c.Dates)) {
		return ErrClosed
	}
	var hour, day int
	err = tx.Pgx().QueryRow(tx.Context(), `select count(*) filter (where asked_at > clock_timestamp() - interval '1 hour'), count(*)
		from questions where asked_by = $1 and asked_at > clock_timestamp() - interval '1 day'`, person).Scan(&hour, &day)
	if err == nil && (hour >= perHour || day >= perDay) {
		err = ErrTooMany
	}
	return err
}

// tellOfficials writes to the officials of the hosts. Who asked stays out of the mail.
func tellOfficials(tx database.Tx, c contest.Challenge, asker uuid.UUID, text string) error {
	told := map[uuid.UUID]bool{asker: true}
	city, err := cityName(tx, c)
	if err != nil {
		return err
	}
	for _, host := range c.Cities {
		officials, err := identity.Holders(tx.Context(), tx.Pgx(), authz.City, host, authz.Official)
		if err != nil {
			return err
		}
		for _, to := range officials {
			if told[to.Person] {
				continue
			}
			told[to.Person] = true
			if err := notify.Send(tx, notify.Notice{Kind: "question-asked", To: to, Subject: c.ID, Params: notify.Params{
				"challenge": titleOf(c), "city": city, "question": excerpt(text),
				"url": notify.Link("/manage/challenges/" + c.ID.String() + "/questions"),
			}}); err != nil {
				return err
			}
		}
	}
	return nil
}

func cityName(tx database.Tx, c contest.Challenge) (lang.Text, error) {
	var name lang.Text
	err := tx.Pgx().QueryRow(tx.Context(), `select name from cities where id = $1`, c.LeadCity).Scan(&name)
	return name, err
}

// titleOf gives every reader a title: the original where there is no translation.
func titleOf(c contest.Challenge) lang.Text {
	out := lang.Text{}
	for _, l := range lang.All {
		if out[l] = c.Title[l]; out[l] == "" {
			out[l] = c.Title[c.Language]
		}
	}
	return out
}

// excerpt is the beginning of a text, for mails.
func excerpt(s string) string {
	if r := []rune(s); len(r) > 300 {
		return string(r[:300]) + "…"
	}
	return s
}

// Mine lists what the actor asked about a challenge, newest first, with private answers.
func (s *Service) Mine(ctx context.Context, actor authz.Actor, slug string, want lang.Tag) ([]Seen, error) {
	if err := actor.Require(authz.AskQuestion, authz.Scope{}); err != nil {
		return nil, err
	}
	rows, err := s.db.Pool().Query(ctx, selectQuestion+`join challenges c on c.id = q.challenge_id
		where c.slug = $1 and c.published_at is not null and q.asked_by = $2 order by q.asked_at desc, q.id limit 100`, slug, actor.PersonID)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, scan)
	out := make([]Seen, 0, len(list))
	for _, q := range list {
		x := q.In(want)
		x.OwnAnswer = true
		out = append(out, x)
	}
	return out, err
}
