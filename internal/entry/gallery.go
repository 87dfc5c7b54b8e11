package entry

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

// Consent is whether a team agreed to be shown in the gallery. At is nil while nobody has answered,
// which means no.
type Consent struct {
	Agreed  bool
	At      *time.Time
	By      string // name; empty where the account is gone
	Contest string // slug, for the gallery's address
	Public  bool   // the results are out: what is agreed is shown now
	May     bool   // the actor may answer
}

// Consent reads the answer for the entry's team.
func (s *Service) Consent(ctx context.Context, actor authz.Actor, id uuid.UUID) (Consent, error) {
	q := s.db.Pool()
	r, err := read(ctx, q, id)
	if err != nil {
		return Consent{}, err
	}
	c, err := contest.Load(ctx, q, r.Challenge)
	if err != nil {
		return Consent{}, err
	}
	scope := r.scope(c)
	if err := actor.Require(authz.SeeEntry, scope); err != nil {
		return Consent{}, err
	}
	out := Consent{Public: c.ReleasedAt != nil && r.State == StateSubmitted, May: actor.May(authz.SubmitEntry, scope)}
	err = q.QueryRow(ctx, `select e.gallery, e.gallery_at, coalesce((select name from people where id = e.gallery_by), ''), k.slug
		from entries e join challenges c on c.id = e.challenge_id join contests k on k.id = c.contest_id where e.id = $1`, id).
		Scan(&out.Agreed, &out.At, &out.By, &out.Contest)
	return out, err
}

// SetConsent agrees to be shown in the gallery, or takes that back, at any time: the deadline does not
// bind it. It is the same right as to submit.
func (s *Service) SetConsent(ctx context.Context, actor authz.Actor, id uuid.UUID, agreed bool) (Consent, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		r, err := read(ctx, tx.Pgx(), id)
		if err != nil {
			return err
		}
		c, err := contest.Load(ctx, tx.Pgx(), r.Challenge)
		if err != nil {
			return err
		}
		if err := actor.Require(authz.SubmitEntry, r.scope(c)); err != nil {
			return err
		}
		_, err = tx.Pgx().Exec(ctx, `update entries set gallery = $2, gallery_by = $3, gallery_at = clock_timestamp()
			where id = $1 and (gallery <> $2 or gallery_at is null)`, id, agreed, actor.PersonID)
		return err
	})
	if err != nil {
		return Consent{}, err
	}
	return s.Consent(ctx, actor, id)
}

// GalleryFilter narrows the gallery: Query looks in team, title and summary; Challenge and City are slugs.
type GalleryFilter struct {
	Query, Challenge, City string
	Cursor                 string
	Limit                  int
}

// Shown is one entry of the gallery.
type Shown struct {
	Team      TeamMark
	TeamCity  string
	Title     string
	Summary   string
	Language  lang.Tag // of title and summary
	Challenge string   // slug
	Heading   lang.Text
	Cities    []CityMark
	Outcome   string // winner, reserve, or "" for the rest
	Place     int
	Testbed   lang.Text // awarded
}

// Choice is one thing to filter by, with how many entries it has.
type Choice struct {
	Slug    string
	Name    lang.Text
	Entries int
}

// Gallery is a page of what teams agreed to show of a contest.
type Gallery struct {
	Contest    lang.Text
	Released   bool // some challenge's results are out
	Items      []Shown
	Next       string
	Total      int // that fit the filter
	Challenges []Choice
	Cities     []Choice
}

// inGallery are the entries of the contest $1 that may be shown: submitted, agreed, of a challenge whose
// results are out, and not found ineligible.
const inGallery = `
	from entries e join challenges c on c.id = e.challenge_id join teams t on t.id = e.team_id
	join submissions s on s.id = e.last_submission_id
	left join decisions d on d.entry_id = e.id
	where c.contest_id = $1 and c.released_at is not null and e.state = 'submitted' and e.gallery and e.eligible is distinct from false`

// galleryOrder puts winners first, by place within each challenge, then all others by the team's name.
const galleryOrder = `case d.outcome when 'winner' then lpad(d.place::text, 4, '0') else '9999' end || lower(coalesce(nullif(t.latin_name, ''), t.name))`

const entryTitle = `coalesce(s.answers ->> 'project-title', s.answers ->> 'title', '')`

// Gallery reads a contest's gallery, for everybody. Before the first release it is empty.
func (s *Service) Gallery(ctx context.Context, slug string, f GalleryFilter) (Gallery, error) {
	q := s.db.Pool()
	var out Gallery
	var id uuid.UUID
	err := q.QueryRow(ctx, `select k.id, k.title, exists (select from challenges c where c.contest_id = k.id and c.released_at is not null)
		from contests k where k.slug = $1 and exists (select from challenges c where c.contest_id = k.id and c.published_at is not null)`, slug).
		Scan(&id, &out.Contest, &out.Released)
	if database.NotFound(err) {
		return out, fault.ErrNotFound
	}
	if err != nil {
		return out, err
	}
	var key string
	var after uuid.UUID
	more, err := database.DecodeCursor(f.Cursor, &key, &after)
	if err != nil {
		return out, err
	}
	like := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(line(f.Query)) + "%"
	const filter = inGallery + `
		and (t.name ilike $2 or t.latin_name ilike $2 or ` + entryTitle + ` ilike $2 or coalesce(s.answers ->> 'summary', '') ilike $2)
		and ($3 = '' or c.slug = $3)
		and ($4 = '' or exists (select from challenge_cities cc join cities h on h.id = cc.city_id where cc.challenge_id = c.id and h.slug = $4))`
	if err := q.QueryRow(ctx, `select count(*)`+filter, id, like, f.Challenge, f.City).Scan(&out.Total); err != nil {
		return out, err
	}
	rows, err := q.Query(ctx, `
		select t.id, t.name, t.latin_name, t.kind, t.country, t.city, `+entryTitle+`, coalesce(s.answers ->> 'summary', ''), e.language, c.slug,
		       (select coalesce(jsonb_object_agg(x.language, x.title), '{}') from challenge_texts x where x.challenge_id = c.id and x.title <> ''),
		       `+selectCities+`, case when d.outcome in ('winner','reserve') then d.outcome else '' end, coalesce(d.place, 0),
		       coalesce((select b.name from awards a join testbeds b on b.id = a.testbed_id where a.entry_id = e.id and a.state in ('offered','accepted') limit 1), '{}'),
		       `+galleryOrder+`, e.id`+filter+`
		and (not $5 or (`+galleryOrder+` collate "C", e.id) > ($6::text collate "C", $7::uuid))
		order by `+galleryOrder+` collate "C", e.id limit $8`, id, like, f.Challenge, f.City, more, key, after, f.Limit+1)
	if err != nil {
		return out, err
	}
	type at struct {
		key string
		id  uuid.UUID
	}
	places := []at{}
	out.Items, err = pgx.CollectRows(rows, func(r pgx.CollectableRow) (v Shown, err error) {
		var p at
		err = r.Scan(&v.Team.ID, &v.Team.Name, &v.Team.LatinName, &v.Team.Kind, &v.Team.Country, &v.TeamCity, &v.Title, &v.Summary, &v.Language,
			&v.Challenge, &v.Heading, &v.Cities, &v.Outcome, &v.Place, &v.Testbed, &p.key, &p.id)
		places = append(places, p)
		return v, err
	})
	if err != nil {
		return out, err
	}
	if len(out.Items) > f.Limit {
		out.Items = out.Items[:f.Limit]
		last := places[f.Limit-1]
		out.Next = database.EncodeCursor(last.key, last.id)
	}
	if out.Challenges, err = choices(ctx, q, `select c.slug, (select coalesce(jsonb_object_agg(x.language, x.title), '{}')
		from challenge_texts x where x.challenge_id = c.id and x.title <> ''), count(*)`+inGallery+` group by c.id, c.slug order by c.slug`, id); err != nil {
		return out, err
	}
	out.Cities, err = choices(ctx, q, `select h.slug, h.name, count(*) from (select e.challenge_id`+inGallery+`) x
		join challenge_cities cc on cc.challenge_id = x.challenge_id join cities h on h.id = cc.city_id
		group by h.id, h.slug, h.name, h.position order by h.position`, id)
	return out, err
}

func choices(ctx context.Context, q database.Queryer, sql string, contest uuid.UUID) ([]Choice, error) {
	rows, err := q.Query(ctx, sql, contest)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Choice])
}
