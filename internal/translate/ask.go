package translate

import (
	"context"
	"strings"
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

// Ask is a translation to ask somebody for. Name, Note and Due may be empty.
type Ask struct {
	Challenge uuid.UUID
	Language  lang.Tag // to translate into
	Email     string
	Name      string
	Note      string     // at most 1,000 characters
	Due       *time.Time // a day
}

// Request asks somebody for a translation and tells them by mail. Who may not translate the challenge
// yet is invited to, as a translator of this challenge alone.
func (s *Service) Request(ctx context.Context, actor authz.Actor, a Ask) (Desk, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := contest.LockShared(tx, a.Challenge)
		if err != nil {
			return err
		}
		if err := actor.Require(authz.RequestTranslation, c.Scope()); err != nil {
			return err
		}
		if err := a.check(); err != nil {
			return err
		}
		if a.Language == c.Language {
			return ErrOriginal
		}
		id := uuid.Must(uuid.NewV7())
		if _, err := tx.Pgx().Exec(ctx, `insert into translation_requests (id, challenge_id, language, email, name, note, due_on, requested_by)
			values ($1, $2, $3, $4, $5, $6, $7, $8)`, id, c.ID, string(a.Language), a.Email, a.Name, a.Note, a.Due, actor.PersonID); err != nil {
			return err
		}
		tx.Remember(id.String())
		if err := invite(tx, actor, c, a); err != nil {
			return err
		}
		return tell(tx, actor, c, a, id)
	})
	if _, replayed := database.Replayed(err); err != nil && !replayed {
		return Desk{}, err
	}
	return s.Desk(ctx, actor, a.Challenge)
}

func (a *Ask) check() error {
	a.Email, a.Name, a.Note = normal(a.Email), strings.TrimSpace(a.Name), strings.TrimSpace(a.Note)
	var v fault.Check
	v.That(a.Language.Valid(), "/lang", "not_a_choice")
	v.That(strings.Count(a.Email, "@") == 1 && len(a.Email) <= 254, "/email", "malformed")
	v.That(utf8.RuneCountInString(a.Note) <= 1000, "/note", "too_long", "max", 1000)
	return v.Err()
}

// invite offers the right to translate to who has neither it nor an open offer of it.
func invite(tx database.Tx, actor authz.Actor, c contest.Challenge, a Ask) error {
	var may, offered bool
	if err := tx.Pgx().QueryRow(tx.Context(), `select `+mayTranslate+`, exists (select from invitations i where i.email = r.email and i.role = 'translator'
			and i.scope_id = $1 and i.accepted_at is null and i.declined_at is null and i.revoked_at is null and i.expires_at > clock_timestamp())
		from (select $5::text as email) r`, c.ID, c.ContestID, c.Cities, translators(), a.Email).Scan(&may, &offered); err != nil {
		return err
	}
	if may || offered {
		return nil
	}
	_, err := identity.Invite(tx, identity.NewInvitation{
		Email: a.Email, Name: a.Name, Language: a.Language, Role: authz.Translator, Kind: authz.Challenge, ScopeID: c.ID,
	}, actor.PersonID)
	return err
}

// tell mails the request in the language that is asked for: the one language its reader writes for sure.
func tell(tx database.Tx, actor authz.Actor, c contest.Challenge, a Ask, id uuid.UUID) error {
	to := notify.Address{Email: a.Email, Language: a.Language}
	if err := tx.Pgx().QueryRow(tx.Context(), `select id from people where email = $1`, a.Email).Scan(&to.Person); err != nil && !database.NotFound(err) {
		return err
	}
	by := ""
	if err := tx.Pgx().QueryRow(tx.Context(), `select name from people where id = $1`, actor.PersonID).Scan(&by); err != nil {
		return err
	}
	note := a.Note
	if note == "" {
		note = "–"
	}
	due := lang.Text{lang.EN: "no date", lang.ES: "sin fecha", lang.JA: "期限なし"}
	if a.Due != nil {
		for _, l := range lang.All {
			due[l] = notify.FormatDay(*a.Due, l)
		}
	}
	return notify.Send(tx, notify.Notice{Kind: "translation-requested", To: to, Subject: c.ID, Params: notify.Params{
		"challenge": c.Title, "by": by, "language": lang.Name(a.Language), "original": lang.Name(c.Language), "note": note, "due": due,
		"url": notify.Link("/manage/challenges/" + c.ID.String() + "/text?lang=" + string(a.Language)),
	}})
}

// Cancel takes a request back. A right that was given stays until somebody takes it away.
func (s *Service) Cancel(ctx context.Context, actor authz.Actor, id uuid.UUID) (Desk, error) {
	var challenge uuid.UUID
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		err := tx.Pgx().QueryRow(ctx, `select challenge_id from translation_requests where id = $1 and cancelled_at is null`, id).Scan(&challenge)
		if database.NotFound(err) {
			return fault.ErrNotFound
		}
		if err != nil {
			return err
		}
		c, err := contest.LockShared(tx, challenge)
		if err != nil {
			return err
		}
		if err := actor.Require(authz.RequestTranslation, c.Scope()); err != nil {
			return err
		}
		_, err = tx.Pgx().Exec(ctx, `update translation_requests set cancelled_at = clock_timestamp() where id = $1 and cancelled_at is null`, id)
		return err
	})
	if err != nil {
		return Desk{}, err
	}
	return s.Desk(ctx, actor, challenge)
}
