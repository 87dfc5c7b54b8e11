package edition

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/screening/reason"
)

// named is what contests are ordered by when by title.
const named = `lower(coalesce(k.title ->> 'en', k.title ->> 'es', k.title ->> 'ja', k.slug))`

const selectContests = `
	select k.id, k.slug, k.title, k.focus, k.how_to_apply, coalesce(k.month, 0), k.time_zone, k.opens_at, k.closes_at, k.judging_ends_at,
	       k.results_at, k.standstill_days, k.entry_languages, k.blind, not k.panel_shown, k.bytes_grace_hours, k.grace_minutes, coalesce(k.screening_reasons, '[]'), k.reviews_per_entry, k.official_order, k.rehearsal,
	       k.announced_at, k.archived_at, k.version, clock_timestamp(),
	       ` + named + `,
	       coalesce((select jsonb_agg(jsonb_build_object('kind', z.kind, 'region', coalesce(z.region, ''), 'text', z.text) order by z.position)
	                 from prizes z where z.contest_id = k.id), '[]'),
	       coalesce((select jsonb_object_agg(m.kind, m.text) from contest_mails m where m.contest_id = k.id), '{}'),
	       (select count(*) from challenges c where c.contest_id = k.id),
	       (select count(*) from challenges c where c.contest_id = k.id and c.published_at is not null),
	       (select count(*) from entries e join challenges c on c.id = e.challenge_id where c.contest_id = k.id and e.state = 'submitted')
	from contests k `

func scan(r pgx.CollectableRow) (Contest, error) {
	var c Contest
	var languages, prizes, mails, reasons []byte
	err := r.Scan(&c.ID, &c.Slug, &c.Title, &c.Focus, &c.HowToApply, &c.Month, &c.Zone, &c.Dates.Opens, &c.Dates.Closes, &c.Dates.JudgingEnds,
		&c.Dates.Results, &c.StandstillDays, &languages, &c.Blind, &c.PanelHidden, &c.BytesGraceHours, &c.GraceMinutes, &reasons, &c.ReviewsPerEntry, &c.Order, &c.Rehearsal,
		&c.AnnouncedAt, &c.ArchivedAt, &c.Version, &c.Now, &c.name, &prizes, &mails, &c.Challenges, &c.Published, &c.Entries)
	if err == nil {
		err = json.Unmarshal(languages, &c.EntryLanguages)
	}
	if err == nil {
		err = json.Unmarshal(prizes, &c.Prizes)
	}
	if err == nil {
		err = json.Unmarshal(mails, &c.Mails)
	}
	if err == nil {
		err = json.Unmarshal(reasons, &c.Reasons)
	}
	c.Reasons = reason.Offered(c.Reasons)
	if c.OwnReasons = len(c.Reasons) > 0; !c.OwnReasons {
		c.Reasons = reason.Usual()
	}
	return c, err
}

func byID(ctx context.Context, q database.Queryer, id uuid.UUID) (Contest, error) {
	rows, err := q.Query(ctx, selectContests+`where k.id = $1`, id)
	if err != nil {
		return Contest{}, err
	}
	c, err := pgx.CollectExactlyOneRow(rows, scan)
	if database.NotFound(err) {
		err = fault.ErrNotFound
	}
	return c, err
}

// Get reads a contest for an admin.
func (s *Service) Get(ctx context.Context, actor authz.Actor, id uuid.UUID) (Contest, error) {
	if err := actor.Require(authz.ManageContests, authz.Scope{Contest: id}); err != nil {
		return Contest{}, err
	}
	return byID(ctx, s.db.Pool(), id)
}

// Filter says which contests a list shows. Zero values let everything through.
type Filter struct {
	Words     string
	State     State
	Rehearsal *bool
	ByTitle   bool // instead of the latest opening first
	Cursor    string
	Limit     int // 20 when zero
}

// Page is one page of contests.
type Page struct {
	Items []Contest
	Next  string
	Total int
}

const stateSQL = `case when k.archived_at is not null then 'archived' when k.announced_at is null then 'draft'
	when clock_timestamp() < k.opens_at then 'announced' when clock_timestamp() < k.closes_at then 'open' else 'closed' end`

const fitSQL = `where ($1 = '' or lower(k.title::text || ' ' || k.slug) like '%' || $1 || '%')
	and ($2 = '' or ` + stateSQL + ` = $2) and ($3::boolean is null or k.rehearsal = $3)`

// List reads a page of contests.
func (s *Service) List(ctx context.Context, actor authz.Actor, f Filter) (Page, error) {
	if err := actor.Require(authz.ManageContests, authz.Scope{}); err != nil {
		return Page{}, err
	}
	var opens time.Time
	var title string
	var last uuid.UUID
	further, err := database.DecodeCursor(f.Cursor, &opens, &title, &last)
	if err != nil {
		return Page{}, err
	}
	if f.Limit == 0 {
		f.Limit = 20
	}
	words := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(strings.TrimSpace(f.Words)))
	args := []any{words, string(f.State), f.Rehearsal}
	page := Page{Items: []Contest{}}
	if err := s.db.Pool().QueryRow(ctx, `select count(*) from contests k `+fitSQL, args...).Scan(&page.Total); err != nil {
		return page, err
	}
	order, after := " order by k.opens_at desc, k.id desc", "(k.opens_at, k.id) < ($5::timestamptz, $6::uuid)"
	from := any(opens)
	if f.ByTitle {
		order, after, from = " order by "+named+", k.id", "("+named+", k.id) > ($5::text, $6::uuid)", title
	}
	rows, err := s.db.Pool().Query(ctx, selectContests+fitSQL+" and (not $4 or "+after+")"+order+" limit $7", append(args, further, from, last, f.Limit+1)...)
	if err != nil {
		return page, err
	}
	if page.Items, err = pgx.CollectRows(rows, scan); err != nil || len(page.Items) <= f.Limit {
		return page, err
	}
	page.Items = page.Items[:f.Limit]
	end := page.Items[f.Limit-1]
	page.Next = database.EncodeCursor(end.Dates.Opens, end.name, end.ID)
	return page, nil
}
