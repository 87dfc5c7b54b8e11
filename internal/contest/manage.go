package contest

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/city"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// ManageFilter says which challenges an author's list shows.
type ManageFilter struct {
	Words   string
	State   State     // empty: any
	Contest uuid.UUID // uuid.Nil: any
	Sort    ManageSort
	Want    lang.Tag
	Cursor  string
	Limit   int
	// published adds every published challenge to those the actor works on.
	published bool
}

// ManageSort is the order of an authors' list.
type ManageSort string

// The orders. ByDeadline puts what closes next first and what has closed last.
const (
	ByChange   ManageSort = "" // last changed first
	ByDeadline ManageSort = "deadline"
	ByTitle    ManageSort = "title"
)

// Managed is a challenge in its authors' list.
type Managed struct {
	Challenge
	Heading   string // title in the wanted language, else the original; may be empty
	Lang      lang.Tag
	State     State
	Edition   Edition // id, slug, title, standstill and rehearsal only
	Hosts     []city.City
	Pending   []lang.Tag
	Written   []lang.Tag // languages with a text
	UpdatedAt time.Time
	sentBy    uuid.UUID
	at        int64  // its place in the list
	name      string // and among those of one place
}

// ManagedPage is one page of an authors' list.
type ManagedPage struct {
	Items []Managed
	Next  string
	Total int
	Now   time.Time
}

// authors are the roles that work on challenges; the policy table says what each may do.
var authors = []authz.Role{authz.Official, authz.Admin, authz.Translator, authz.Manager}

const manageSQL = `
with fit as (
	select c.*, k.slug as contest_slug, k.title as contest_title, k.standstill_days, k.rehearsal as is_rehearsal, k.archived_at,
	       coalesce(c.opens_at, k.opens_at) as opens, coalesce(c.closes_at, k.closes_at) as closes,
	       coalesce(c.judging_ends_at, k.judging_ends_at) as judging, coalesce(c.results_at, k.results_at) as results,
	       case when c.published_at is not null then 'published' when c.approved_at is not null then 'approved'
	            when c.submitted_at is not null then 'sent' when c.returned_at is not null then 'returned' else 'draft' end as state
	from challenges c join contests k on k.id = c.contest_id
	where ($1 or ($11 and c.published_at is not null) or c.contest_id = any($2::uuid[]) or c.id = any($3::uuid[])
	       or exists (select from challenge_cities cc where cc.challenge_id = c.id and cc.city_id = any($4::uuid[])))
	  and (cardinality($5::text[]) = 0 or (
	      select lower(regexp_replace(normalize(coalesce(string_agg(t.title || ' ' || t.summary, ' '), ''), NFKD), '[\u0300-\u036f]', '', 'g'))
	      from challenge_texts t where t.challenge_id = c.id) like all ($5::text[]))
),
chosen as (
	select f.*, case $12 when 'deadline' then (extract(epoch from closes) * case when closes > clock_timestamp() then 1000000 else -1000000 end)::bigint
	                         + case when closes > clock_timestamp() then 0 else 1000000000000000000 end
	                     when 'title' then 0 else (extract(epoch from updated_at) * -1000000)::bigint end as place,
	       case $12 when 'title' then lower(coalesce((select t.title from challenge_texts t where t.challenge_id = f.id and t.title <> ''
	                                                  order by t.language = $14 desc, t.language = f.language desc limit 1), '')) else '' end as name
	from fit f where ($6 = '' or state = $6) and ($13::uuid = '00000000-0000-0000-0000-000000000000' or contest_id = $13)
),
page as (
	select * from chosen where not $7 or (place, name collate "C", id) > ($8::bigint, $15::text collate "C", $9::uuid)
	order by place, name collate "C", id limit $10
)
select clock_timestamp(), (select count(*) from chosen), p.place, p.name,
       p.id, p.contest_id, p.slug, p.language, p.sample, p.opens, p.closes, p.judging, p.results,
       p.submitted_at, p.approved_at, p.published_at, p.assigned_at, p.locked_at, p.decided_at, p.released_at, p.archived_at, p.updated_at, p.state,
       coalesce(p.submitted_by, '00000000-0000-0000-0000-000000000000'), p.contest_slug, p.contest_title, p.standstill_days, p.is_rehearsal,
       (select coalesce(jsonb_agg(jsonb_build_object('Language', t.language, 'Title', t.title, 'Version', t.version, 'SourceVersion', t.source_version)), '[]')
        from challenge_texts t where t.challenge_id = p.id),
       (select jsonb_agg(jsonb_build_object('ID', y.id, 'Slug', y.slug, 'Name', y.name, 'Country', y.country, 'Region', y.region,
               'Zone', y.time_zone, 'Language', y.language, 'Position', y.position) order by cc.position)
        from challenge_cities cc join cities y on y.id = cc.city_id where cc.challenge_id = p.id)
from page p order by p.place, p.name collate "C", p.id`

// Manage lists the challenges that the actor works on.
func (s *Service) Manage(ctx context.Context, actor authz.Actor, f ManageFilter) (ManagedPage, error) {
	works := false
	for _, r := range authors {
		works = works || actor.HasAnywhere(r)
	}
	if !works {
		return ManagedPage{}, fault.ErrNotFound
	}
	var after int64
	var name string
	var last uuid.UUID
	further, err := database.DecodeCursor(f.Cursor, &after, &name, &last)
	if err != nil {
		return ManagedPage{}, err
	}
	if f.Limit == 0 {
		f.Limit = 20
	}
	rows, err := s.db.Pool().Query(ctx, manageSQL, actor.May(authz.SeeChallengeDraft, authz.Scope{}), actor.IDs(authz.Contest, authors...),
		actor.IDs(authz.Challenge, authors...), actor.IDs(authz.City, authors...), patterns(f.Words), string(f.State), further, after, last, f.Limit+1, f.published,
		string(f.Sort), f.Contest, string(f.Want), name)
	if err != nil {
		return ManagedPage{}, err
	}
	defer rows.Close()
	out := ManagedPage{Items: []Managed{}}
	for rows.Next() {
		m, err := scanManaged(rows, &out, f.Want)
		if err != nil {
			return ManagedPage{}, err
		}
		if len(out.Items) == f.Limit {
			end := out.Items[f.Limit-1]
			out.Next = database.EncodeCursor(end.at, end.name, end.ID)
			break
		}
		out.Items = append(out.Items, m)
	}
	return out, rows.Err()
}

func scanManaged(rows pgx.Rows, page *ManagedPage, want lang.Tag) (Managed, error) {
	var m Managed
	var texts, hosts []byte
	err := rows.Scan(&page.Now, &page.Total, &m.at, &m.name, &m.ID, &m.ContestID, &m.Slug, &m.Language, &m.Sample, &m.Dates.Opens, &m.Dates.Closes,
		&m.Dates.JudgingEnds, &m.Dates.Results, &m.SubmittedAt, &m.ApprovedAt, &m.PublishedAt, &m.AssignedAt, &m.LockedAt, &m.DecidedAt,
		&m.ReleasedAt, &m.ArchivedAt, &m.UpdatedAt, &m.State, &m.sentBy, &m.Edition.Slug, &m.Edition.Title, &m.Edition.StandstillDays, &m.Edition.Rehearsal,
		&texts, &hosts)
	if err != nil {
		return m, err
	}
	m.Edition.ID = m.ContestID
	var list []Text
	if err := json.Unmarshal(texts, &list); err != nil {
		return m, err
	}
	all := Texts{}
	for _, t := range list {
		all[t.Language] = t
	}
	shown := all.Pick(want, m.Language)
	m.Heading, m.Lang, m.Pending = shown.Title, shown.Language, all.Pending(m.Language)
	m.Written = all.Written()
	if err := json.Unmarshal(hosts, &m.Hosts); err != nil {
		return m, err
	}
	for _, h := range m.Hosts {
		m.Cities = append(m.Cities, h.ID)
	}
	return m, nil
}

// Allowed lists what the actor may do with the challenge as it is now.
func (m Managed) Allowed(actor authz.Actor) []authz.Action {
	d := Dossier{Challenge: m.Challenge, sentBy: m.sentBy}
	if m.State == StateReturned {
		d.Acts = []Act{{Kind: "returned"}}
	}
	return d.Allowed(actor)
}
