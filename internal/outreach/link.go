package outreach

import (
	"context"
	"crypto/rand"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// Link is a campaign link. Label is what the official calls it: "F6S", "UTA", the city's site.
type Link struct {
	ID        uuid.UUID
	Code      string
	Label     string
	CreatedAt time.Time
	RetiredAt *time.Time
}

const selectLink = `select id, code, label, created_at, retired_at from campaign_links `

// Links lists a challenge's links, oldest first.
func (s *Service) Links(ctx context.Context, actor authz.Actor, challenge uuid.UUID) ([]Link, error) {
	if _, err := s.see(ctx, actor, challenge, authz.SeeReach); err != nil {
		return nil, err
	}
	return links(ctx, s.db.Pool(), challenge)
}

func links(ctx context.Context, q database.Queryer, challenge uuid.UUID) ([]Link, error) {
	rows, err := q.Query(ctx, selectLink+`where challenge_id = $1 order by created_at, id`, challenge)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Link])
}

// CreateLink makes a link of that name.
func (s *Service) CreateLink(ctx context.Context, actor authz.Actor, challenge uuid.UUID, label string) (Link, error) {
	if _, err := s.see(ctx, actor, challenge, authz.ManageReach); err != nil {
		return Link{}, err
	}
	label = strings.Join(strings.Fields(label), " ")
	var f fault.Check
	f.That(label != "", "/label", "required")
	f.That(utf8.RuneCountInString(label) <= 80, "/label", "too_long", "max", 80)
	if err := f.Err(); err != nil {
		return Link{}, err
	}
	id := uuid.Must(uuid.NewV7())
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		tx.Remember(id.String())
		_, err := tx.Pgx().Exec(ctx, `insert into campaign_links (id, challenge_id, code, label, created_by) values ($1,$2,$3,$4,$5)`,
			id, challenge, newCode(), label, actor.PersonID)
		return err
	})
	if first, again := database.Replayed(err); again {
		if id, err = uuid.Parse(first); err != nil {
			return Link{}, fault.ErrNotFound
		}
	}
	if err != nil {
		return Link{}, err
	}
	return s.link(ctx, id)
}

func (s *Service) link(ctx context.Context, id uuid.UUID) (Link, error) {
	rows, err := s.db.Pool().Query(ctx, selectLink+`where id = $1`, id)
	if err != nil {
		return Link{}, err
	}
	return pgx.CollectOneRow(rows, pgx.RowToStructByPos[Link])
}

// Retire ends a link: it still leads to the challenge, and counts no more.
func (s *Service) Retire(ctx context.Context, actor authz.Actor, id uuid.UUID) (Link, error) {
	var challenge uuid.UUID
	err := s.db.Pool().QueryRow(ctx, `select challenge_id from campaign_links where id = $1`, id).Scan(&challenge)
	if database.NotFound(err) {
		return Link{}, fault.ErrNotFound
	}
	if err != nil {
		return Link{}, err
	}
	if _, err := s.see(ctx, actor, challenge, authz.ManageReach); err != nil {
		return Link{}, err
	}
	err = s.db.InTx(ctx, func(tx database.Tx) error {
		_, err := tx.Pgx().Exec(ctx, `update campaign_links set retired_at = clock_timestamp() where id = $1 and retired_at is null`, id)
		return err
	})
	if _, again := database.Replayed(err); err != nil && !again {
		return Link{}, err
	}
	return s.link(ctx, id)
}

// newCode is short enough for a poster and has no letters that are taken for each other.
func newCode() string {
	const letters = "23456789abcdefghjkmnpqrstuvwxyz" // 31 of them
	code := make([]byte, 0, 7)
	for len(code) < cap(code) {
		var b [16]byte
		_, _ = rand.Read(b[:]) // never fails: the runtime stops the program first
		for _, x := range b {
			if x < 248 && len(code) < cap(code) { // 248 = 8 × 31: each letter is as likely
				code = append(code, letters[x%31])
			}
		}
	}
	return string(code)
}

// Resolve tells where a code leads: the slug of a published challenge, and whether the link still
// counts. fault.ErrNotFound for any other code.
func (s *Service) Resolve(ctx context.Context, code string) (slug string, counts bool, err error) {
	err = s.db.Pool().QueryRow(ctx, `select c.slug, l.retired_at is null from campaign_links l join challenges c on c.id = l.challenge_id
		where l.code = $1 and c.published_at is not null`, strings.ToLower(code)).Scan(&slug, &counts)
	if database.NotFound(err) {
		return "", false, fault.ErrNotFound
	}
	return slug, counts, err
}
