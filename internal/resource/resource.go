// Package resource holds the files and links that a city attaches to a challenge. Files go through the
// object store and the virus scanner; downloads are counted without knowing who made them.
package resource

import (
	"context"
	"io"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/objstore"
	"fieldtrial/internal/scan"
)

// Limits of what a challenge may carry.
const (
	MaxSize  = 50 << 20 // bytes of one file
	maxTitle = 120      // characters, in each language
	maxCount = 30       // files and links of one challenge
	partSize = 8 << 20  // bytes of every part but the last
)

// What cannot be attached.
var (
	ErrTooMany    = fault.New(fault.Conflict, "resource.too_many", "The challenge has as many files and links as it can take.")
	ErrIncomplete = fault.New(fault.Conflict, "resource.incomplete", "The file has not arrived completely.")
)

// State is where a resource is on its way. Links are ready at once.
type State string

// The states. Refused files are of a kind that is not given out.
const (
	Uploading State = "uploading"
	Checking  State = "checking"
	Ready     State = "ready"
	Infected  State = "infected"
	Refused   State = "refused"
)

// Resource is one file or link.
type Resource struct {
	ID        uuid.UUID
	Challenge uuid.UUID
	Kind      string // file, link
	Title     lang.Text
	URL       string // of a link
	Name      string // of a file
	Size      int64
	Type      string
	State     State
	Scanned   bool // false: no scanner has looked at the file
	Downloads int
	Days      []Day // the last 30 with downloads, newest first; only in List
	key       string
	upload    string
}

// Day is how often a resource was opened on one day in UTC ("2006-01-02").
type Day struct {
	Day   string
	Count int
}

// Scanner looks for malware; *scan.Clamd is one. Nil where none is configured.
type Scanner interface {
	Scan(ctx context.Context, r io.Reader) (scan.Verdict, error)
}

// Service is the room's door.
type Service struct {
	db            *database.DB
	store         *objstore.Store
	scanner       Scanner
	openUnscanned bool
}

// New opens the room. openUnscanned gives out files that no scanner has looked at, marked so.
func New(db *database.DB, store *objstore.Store, scanner Scanner, openUnscanned bool) *Service {
	return &Service{db, store, scanner, openUnscanned}
}

const selectResource = `select r.id, r.challenge_id, r.kind, r.title, r.url, r.name, r.size, r.media_type, r.state, r.scanned,
	coalesce((select sum(count) from resource_downloads d where d.resource_id = r.id), 0), coalesce(r.object_key, ''), r.upload_id
	from challenge_resources r `

func scanRow(row pgx.CollectableRow) (Resource, error) {
	var r Resource
	err := row.Scan(&r.ID, &r.Challenge, &r.Kind, &r.Title, &r.URL, &r.Name, &r.Size, &r.Type, &r.State, &r.Scanned, &r.Downloads, &r.key, &r.upload)
	return r, err
}

func query(ctx context.Context, q database.Queryer, where string, args ...any) ([]Resource, error) {
	rows, err := q.Query(ctx, selectResource+where, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanRow)
}

// Public lists what readers of a challenge may open, in order.
func (s *Service) Public(ctx context.Context, challenge uuid.UUID) ([]Resource, error) {
	return query(ctx, s.db.Pool(), `where r.challenge_id = $1 and r.removed_at is null and r.state = 'ready' and (r.scanned or r.kind = 'link' or $2)
		order by r.position`, challenge, s.openUnscanned)
}

// List gives everything attached to a challenge, with its downloads by day, to those who work on it.
func (s *Service) List(ctx context.Context, actor authz.Actor, challenge uuid.UUID) ([]Resource, error) {
	c, err := contest.Load(ctx, s.db.Pool(), challenge)
	if err != nil {
		return nil, err
	}
	if err := actor.Require(authz.SeeChallengeDraft, c.Scope()); err != nil {
		return nil, err
	}
	list, err := query(ctx, s.db.Pool(), `where r.challenge_id = $1 and r.removed_at is null order by r.position`, challenge)
	if err != nil {
		return nil, err
	}
	for i := range list {
		rows, err := s.db.Pool().Query(ctx, `select to_char(day, 'YYYY-MM-DD'), count from resource_downloads
			where resource_id = $1 order by day desc limit 30`, list[i].ID)
		if err != nil {
			return nil, err
		}
		if list[i].Days, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Day]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Editable says whether the actor may attach to a challenge and take away.
func (s *Service) Editable(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (bool, error) {
	c, err := contest.Load(ctx, s.db.Pool(), challenge)
	return err == nil && actor.May(authz.EditChallenge, c.Scope()), err
}

// adding locks a challenge for one more resource and gives the resource its id.
func (s *Service) adding(ctx context.Context, actor authz.Actor, challenge uuid.UUID, add func(tx database.Tx, id uuid.UUID) error) (uuid.UUID, error) {
	id := uuid.Must(uuid.NewV7())
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		if err := s.lock(tx, actor, challenge); err != nil {
			return err
		}
		var n int
		if err := tx.Pgx().QueryRow(ctx, `select count(*) from challenge_resources where challenge_id = $1 and removed_at is null`, challenge).Scan(&n); err != nil {
			return err
		}
		if n >= maxCount {
			return ErrTooMany
		}
		tx.Remember(id.String())
		return add(tx, id)
	})
	if was, again := database.Replayed(err); again {
		return uuid.Parse(was)
	}
	return id, err
}

func (s *Service) lock(tx database.Tx, actor authz.Actor, challenge uuid.UUID) error {
	c, err := contest.LockExclusive(tx, challenge)
	if err != nil {
		return err
	}
	return actor.Require(authz.EditChallenge, c.Scope())
}

// AddLink attaches an https address, at any time: what is offered may grow after publication.
func (s *Service) AddLink(ctx context.Context, actor authz.Actor, challenge uuid.UUID, title lang.Text, address string) (uuid.UUID, error) {
	title, address = tidy(title), strings.TrimSpace(address)
	var v fault.Check
	checkTitle(&v, title)
	u, err := url.Parse(address)
	v.That(err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil, "/url", "malformed")
	v.That(len(address) <= 2000, "/url", "too_long", "max", 2000)
	if err := v.Err(); err != nil {
		return uuid.Nil, err
	}
	return s.adding(ctx, actor, challenge, func(tx database.Tx, id uuid.UUID) error {
		_, err := tx.Pgx().Exec(ctx, `insert into challenge_resources (id, challenge_id, kind, title, url, state, created_by)
			values ($1,$2,'link',$3,$4,'ready',$5)`, id, challenge, title, address, actor.PersonID)
		return err
	})
}

// Rename changes the title of a resource.
func (s *Service) Rename(ctx context.Context, actor authz.Actor, id uuid.UUID, title lang.Text) (uuid.UUID, error) {
	title = tidy(title)
	var v fault.Check
	checkTitle(&v, title)
	if err := v.Err(); err != nil {
		return uuid.Nil, err
	}
	return s.change(ctx, actor, id, `update challenge_resources set title = $2 where id = $1`, title)
}

// Remove takes a resource away. Its object goes with a later sweep.
func (s *Service) Remove(ctx context.Context, actor authz.Actor, id uuid.UUID) (uuid.UUID, error) {
	return s.change(ctx, actor, id, `update challenge_resources set removed_at = clock_timestamp() where id = $1`)
}

func (s *Service) change(ctx context.Context, actor authz.Actor, id uuid.UUID, sql string, args ...any) (uuid.UUID, error) {
	r, err := s.byID(ctx, id)
	if err != nil {
		return uuid.Nil, err
	}
	return r.Challenge, s.db.InTx(ctx, func(tx database.Tx) error {
		if err := s.lock(tx, actor, r.Challenge); err != nil {
			return err
		}
		_, err := tx.Pgx().Exec(ctx, sql, append([]any{id}, args...)...)
		return err
	})
}

func (s *Service) byID(ctx context.Context, id uuid.UUID) (Resource, error) {
	list, err := query(ctx, s.db.Pool(), `where r.id = $1 and r.removed_at is null`, id)
	if err == nil && len(list) == 0 {
		err = fault.ErrNotFound
	}
	if err != nil {
		return Resource{}, err
	}
	return list[0], nil
}

func checkTitle(v *fault.Check, t lang.Text) {
	v.That(len(t) > 0, "/title", "required")
	for l, s := range t {
		v.That(utf8.RuneCountInString(s) <= maxTitle, "/title/"+string(l), "too_long", "max", maxTitle)
	}
}

func tidy(t lang.Text) lang.Text {
	out := lang.Text{}
	for l, s := range t {
		if s = oneLine(s); s != "" {
			out[l] = s
		}
	}
	return out
}

func oneLine(s string) string {
	return lang.OneLine(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "")))
}

// linkLife bounds a signed link to a file.
const linkLife = 5 * time.Minute
