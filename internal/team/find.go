package team

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"golang.org/x/net/publicsuffix"

	"fieldtrial/internal/authz"
)

// Found is an organisation without anybody who speaks for it, offered to whoever makes a team.
type Found struct {
	ID      uuid.UUID
	Name    string
	Latin   string
	Kind    string
	Country string
	City    string
	Website string
	AtOnce  bool // the actor's e-mail domain is the website's: a claim needs nobody's approval
	Asked   bool // the actor has an open claim
}

// offered is how many organisations are offered at most: a choice, not a directory.
const offered = 8

// bare is a name without what companies differ in on paper: legal forms, spaces and punctuation.
const bare = `regexp_replace(regexp_replace(lower(%s), '(株式会社|合同会社|有限会社|\m(inc|incorporated|ltd|limited|llc|gmbh|corp|corporation|co|sl|sa|srl|sas|kk)\M\.?)', '', 'g'), '[[:space:][:punct:]]', '', 'g')`

// Find offers unclaimed organisations whose name or website is like what was typed, the likest first.
// Fewer than two characters find nothing. Nothing is ever merged by itself.
func (s *Service) Find(ctx context.Context, actor authz.Actor, typed string) ([]Found, error) {
	out := []Found{}
	if err := actor.Require(authz.CreateTeam, authz.Scope{}); err != nil {
		return nil, err
	}
	typed = line(typed)
	if utf8.RuneCountInString(typed) < 2 {
		return out, nil
	}
	host := hostOf(typed)
	if host == "" {
		host = strings.ToLower(typed)
	}
	name := func(column string) string { return strings.ReplaceAll(bare, "%s", column) }
	rows, err := s.db.Pool().Query(ctx, `
		with asked as (select `+name("$1::text")+` as typed, `+escaped("$2::text")+` as host)
		select t.id, t.name, t.latin_name, t.kind, t.country, t.city, t.website,
		       exists (select from team_claims c where c.team_id = t.id and c.person_id = $3 and c.decided_at is null)
		from teams t, asked a
		where t.unclaimed and (
			(a.typed <> '' and (strpos(`+name("t.name")+`, a.typed) > 0 or (t.latin_name <> '' and strpos(`+name("t.latin_name")+`, a.typed) > 0)))
			or lower(t.website) like '%' || a.host || '%')
		order by (`+name("t.name")+` = a.typed or `+name("t.latin_name")+` = a.typed) desc,
		         (starts_with(`+name("t.name")+`, a.typed)) desc, length(t.name), t.name, t.id
		limit $4`, typed, host, actor.PersonID, offered)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (f Found, err error) {
		err = r.Scan(&f.ID, &f.Name, &f.Latin, &f.Kind, &f.Country, &f.City, &f.Website, &f.Asked)
		f.AtOnce = speaksFor(actor, f.Website)
		return f, err
	})
}

// escaped makes text match itself in LIKE.
func escaped(sql string) string {
	return `replace(replace(replace(` + sql + `, '\', '\\'), '%', '\%'), '_', '\_')`
}

// sharedHosts are sites and mail providers whose addresses show nothing about an organisation that
// has a page there.
var sharedHosts = []string{"facebook.com", "linkedin.com", "twitter.com", "x.com", "instagram.com", "youtube.com", "github.com",
	"medium.com", "notion.so", "google.com", "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com",
	"yahoo.co.jp", "icloud.com", "apple.com", "proton.me", "protonmail.com", "aol.com", "gmx.de", "gmx.net", "web.de", "mail.com",
	"crunchbase.com", "angel.co", "wixsite.com", "wordpress.com", "tumblr.com", "amazon.com"}

// speaksFor says that the actor's confirmed address lies in the very domain of a website.
func speaksFor(actor authz.Actor, website string) bool {
	host := hostOf(website)
	_, domain, ok := strings.Cut(actor.Email, "@")
	if !ok || !actor.Confirmed || host == "" || !strings.EqualFold(domain, host) || slices.Contains(sharedHosts, host) {
		return false
	}
	_, err := publicsuffix.EffectiveTLDPlusOne(host) // an error where the host is itself a suffix, such as "co.jp"
	return err == nil
}

// hostOf is the host of a web address in lower case without "www."; "" for anything that is none.
func hostOf(website string) string {
	u, err := url.Parse(strings.TrimSpace(website))
	if err != nil || u.User != nil || (u.Scheme != "http" && u.Scheme != "https") {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
