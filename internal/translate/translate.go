// Package translate is the desk where translations of a challenge are asked for: where each language
// stands against the authoritative version, who was asked, and the right to translate that comes with
// being asked. The texts themselves belong to package contest.
package translate

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// What keeps a translation from being asked for.
var (
	ErrOriginal = fault.New(fault.Conflict, "translation.original", "This is the language of the authoritative version.")
	ErrAsked    = database.Constraint("translation_requests_open", fault.New(fault.Conflict, "translation.asked", "This person was asked for this language already."))
)

// Service asks for translations.
type Service struct{ db *database.DB }

// New works on a database.
func New(db *database.DB) *Service { return &Service{db} }

// State is where a language of a challenge stands.
type State string

// The states of a language.
const (
	Original State = "original" // the authoritative version
	Pending  State = "pending"  // there is no translation
	Stale    State = "stale"    // the original has changed since
	Done     State = "done"
)

// Request is somebody asked to translate into one language.
type Request struct {
	ID          uuid.UUID
	Email       string
	Name        string
	Note        string
	Due         *time.Time // a day
	RequestedAt time.Time
	RequestedBy string // name, "" when that account is gone
	Accepted    bool   // may translate the challenge by now
	lang        lang.Tag
}

// Language is one language of the desk.
type Language struct {
	Lang      lang.Tag
	State     State
	UpdatedAt *time.Time
	Requests  []Request
}

// Desk is a challenge in all languages, the authoritative one first.
type Desk struct {
	Challenge contest.Challenge
	Title     string
	Languages []Language
	Actions   []authz.Action
}

// Desk reads where a challenge's languages stand.
func (s *Service) Desk(ctx context.Context, actor authz.Actor, id uuid.UUID) (Desk, error) {
	c, err := contest.Load(ctx, s.db.Pool(), id)
	if err != nil {
		return Desk{}, err
	}
	if err := actor.Require(authz.SeeChallengeDraft, c.Scope()); err != nil {
		return Desk{}, err
	}
	return desk(ctx, s.db.Pool(), actor, c)
}

func desk(ctx context.Context, q database.Queryer, actor authz.Actor, c contest.Challenge) (Desk, error) {
	out := Desk{Challenge: c, Title: c.Title[c.Language], Actions: actor.Allowed(c.Scope(), authz.TranslateChallenge, authz.RequestTranslation)}
	rows, err := q.Query(ctx, `
		select l.language, case when l.language = o.language then 'original' when coalesce(t.title, '') = '' then 'pending'
		       when t.source_version < o.version then 'stale' else 'done' end, t.updated_at
		from unnest($2::text[]) with ordinality as l(language, place)
		cross join challenge_texts o
		left join challenge_texts t on t.challenge_id = o.challenge_id and t.language = l.language
		where o.challenge_id = $1 and o.language = $3
		order by l.language <> $3, l.place`, c.ID, lang.All, string(c.Language))
	if err != nil {
		return out, err
	}
	out.Languages, err = pgx.CollectRows(rows, func(r pgx.CollectableRow) (Language, error) {
		l := Language{Requests: []Request{}}
		return l, r.Scan(&l.Lang, &l.State, &l.UpdatedAt)
	})
	if err != nil {
		return out, err
	}
	asked, err := requests(ctx, q, c)
	for _, r := range asked {
		for i := range out.Languages {
			if out.Languages[i].Lang == r.lang {
				out.Languages[i].Requests = append(out.Languages[i].Requests, r)
			}
		}
	}
	return out, err
}

// requests lists who was asked, the latest first. Somebody has accepted who may translate by a role in
// the challenge, its contest, one of its cities or the whole installation.
func requests(ctx context.Context, q database.Queryer, c contest.Challenge) ([]Request, error) {
	rows, err := q.Query(ctx, `
		select r.id, r.language, r.email, r.name, r.note, r.due_on, r.requested_at, coalesce(b.name, ''), `+mayTranslate+`
		from translation_requests r left join people b on b.id = r.requested_by
		where r.challenge_id = $1 and r.cancelled_at is null order by r.requested_at desc`, c.ID, c.ContestID, c.Cities, translators())
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (Request, error) {
		var q Request
		return q, r.Scan(&q.ID, &q.lang, &q.Email, &q.Name, &q.Note, &q.Due, &q.RequestedAt, &q.RequestedBy, &q.Accepted)
	})
}

// mayTranslate is the SQL of whether r.email is the confirmed address of somebody who may translate
// challenge $1 of contest $2 and cities $3 by one of the roles $4.
const mayTranslate = `exists (select from people p join grants g on g.person_id = p.id
	where p.email = r.email and p.confirmed_at is not null and p.disabled_at is null and g.role = any($4)
	  and (g.expires_at is null or g.expires_at > clock_timestamp())
	  and (g.scope_kind = 'installation' or g.scope_id = $1 or g.scope_id = $2 or g.scope_id = any($3::uuid[])))`

func translators() []string {
	out := []string{}
	for _, r := range authz.Roles(authz.TranslateChallenge) {
		out = append(out, string(r))
	}
	return out
}

func normal(email string) string { return strings.ToLower(strings.TrimSpace(email)) }
