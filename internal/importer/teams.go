package importer

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/unicode/norm"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/team"
)

// Teams reads a list of startups, one a row, as organisations that nobody has claimed. The header
// names the columns, in any order; only the company's name must be among them. An organisation is
// known by its name, year and session in the list, so that a second run changes nothing.
func Teams(ctx context.Context, s *team.Service, source string, r io.Reader, told Progress) (Report, error) {
	out := Report{Source: source}
	rows, err := readTable(r)
	if err != nil {
		return out, err
	}
	out.Read = len(rows)
	sites := map[string]string{}
	seen := map[string]bool{}
	for i, row := range rows {
		if err := ctx.Err(); err != nil {
			return out, fmt.Errorf("stopped after %d of %d; run it again to go on: %w", i, len(rows), err)
		}
		u, notes := row.organisation(sites)
		if err := out.keepTeam(ctx, s, u, Line{ID: "line " + strconv.Itoa(row.line), Title: u.Name, Notes: notes}, seen); err != nil {
			return out, err
		}
		if told != nil {
			told(i+1, len(rows))
		}
	}
	return out, nil
}

func (r *Report) keepTeam(ctx context.Context, s *team.Service, u team.Unclaimed, l Line, seen map[string]bool) error {
	switch {
	case u.Name == "":
		r.refuse(l, "it has no name")
		return nil
	case seen[u.ExternalID]:
		r.refuse(l, "the same company, year and session stand in the file a second time")
		return nil
	}
	seen[u.ExternalID] = true
	kept, err := s.Keep(ctx, authz.System, u)
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid {
		r.refuse(l, reasons(f))
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s %q: %w", l.ID, l.Title, err)
	}
	o := contest.Unchanged
	switch {
	case kept.Created:
		o = contest.Created
	case kept.Updated:
		o = contest.Updated
	case kept.Claimed:
		l.Notes = append(l.Notes, "claimed since: left as its owners have it")
	}
	r.count(o, l)
	return nil
}

// row is one line of the table by column name, folded.
type row struct {
	cells map[string]string
	line  int
}

// columns are the names a column goes by, the feed's own spelling mistake among them.
var columns = map[string]string{
	"company": "name", "name": "name", "organisation": "name", "organization": "name", "satus": "status", "status": "status",
	"year founded": "founded", "founded": "founded", "description": "description", "categories": "categories",
	"y combinator year": "year", "y combinator session": "session", "amounts raised in different funding rounds": "amounts",
	"headquarters (city)": "city", "city": "city", "headquarters (us state)": "state", "state": "state",
	"headquarters (country)": "country", "country": "country", "website": "website",
}

func readTable(r io.Reader) ([]row, error) {
	c := csv.NewReader(r)
	c.FieldsPerRecord, c.LazyQuotes = -1, true
	head, err := c.Read()
	if err != nil {
		return nil, fmt.Errorf("the file is no table: %w", err)
	}
	names, named := make([]string, len(head)), false
	for i, h := range head {
		names[i] = columns[strings.ToLower(line(strings.TrimPrefix(h, "\uFEFF")))]
		named = named || names[i] == "name"
	}
	if !named {
		return nil, errors.New("the file's first line names no column Company")
	}
	out := []row{}
	for {
		cells, err := c.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		at, _ := c.FieldPos(0)
		x := row{cells: map[string]string{}, line: at}
		for i, v := range cells {
			if i < len(names) && names[i] != "" {
				x.cells[names[i]] = line(strings.ToValidUTF8(v, ""))
			}
		}
		out = append(out, x)
	}
}

// organisation tidies one row and says what is odd about it. sites are those of the rows before.
func (x row) organisation(sites map[string]string) (team.Unclaimed, []string) {
	notes := []string{}
	note := func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) }
	at := x.cells
	u := team.Unclaimed{Form: team.Form{Name: at["name"], Kind: "startup", City: at["city"], Website: at["website"]}, Profile: map[string]any{}}
	u.ExternalID = strings.Join([]string{"yc", strings.ToLower(norm.NFKC.String(at["name"])), at["year"], strings.ToLower(at["session"])}, ":")
	if u.Country = countryOf(at["country"]); at["country"] == "" {
		note("it names no country")
	} else if u.Country == "" {
		note("the country %q is not known", at["country"])
	}
	if site := strings.ToLower(strings.TrimRight(u.Website, "/")); site != "" {
		if link(u.Website) == "" {
			note("the website %q is no web address: left out", u.Website)
			u.Website = ""
		} else if other, taken := sites[site]; taken {
			note("the same website as %s", other)
		} else {
			sites[site] = u.Name
		}
	}
	for _, key := range []string{"status", "description", "categories", "state", "session"} {
		if at[key] != "" {
			u.Profile[key] = at[key]
		}
	}
	for _, key := range []string{"founded", "year"} {
		if n, err := strconv.Atoi(at[key]); err == nil && n >= 1850 && n <= 2100 {
			u.Profile[key] = n
		} else if at[key] != "" {
			note("%s %q is no year: left out", key, at[key])
		}
	}
	if f, y := u.Profile["founded"], u.Profile["year"]; f != nil && y != nil && f.(int) > y.(int) {
		note("founded in %d, after it joined in %d", f, y)
	}
	if funding, odd := fundingOf(at["amounts"]); len(funding) > 0 {
		u.Profile["funding"] = funding
		for _, o := range odd {
			note("the amount %q is no number: kept as text", o)
		}
	}
	return u, notes
}

// round is one funding round: dollars, or what was said instead.
type round struct {
	USD  int64  `json:"usd,omitempty"`
	Text string `json:"text,omitempty"`
}

var dollars = regexp.MustCompile(`^\$?\s?(\d{1,3}(?:,\d{3})+|\d+)$`)

// fundingOf splits "$1,200,000, undisclosed amount": a comma with a space parts rounds, one without
// parts thousands.
func fundingOf(s string) (rounds []round, odd []string) {
	for _, part := range strings.Split(s, ", ") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if m := dollars.FindStringSubmatch(part); m != nil {
			if n, err := strconv.ParseInt(strings.ReplaceAll(m[1], ",", ""), 10, 64); err == nil {
				rounds = append(rounds, round{USD: n})
				continue
			}
		}
		rounds = append(rounds, round{Text: part})
		if !strings.HasPrefix(strings.ToLower(part), "undisclosed") {
			odd = append(odd, part)
		}
	}
	return rounds, odd
}

// countryOf gives the code of a country by its English name or its code; empty when it is not known.
func countryOf(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	if code, ok := nicknames[name]; ok {
		return code
	}
	if r, err := language.ParseRegion(name); err == nil && r.IsCountry() && len(name) <= 3 {
		return r.String()
	}
	if name == "" {
		return ""
	}
	return countries[name]
}

var nicknames = map[string]string{
	"usa": "US", "united states of america": "US", "uk": "GB", "england": "GB", "scotland": "GB", "czech republic": "CZ", "hong kong": "HK",
	"south korea": "KR", "korea": "KR", "taiwan": "TW", "russia": "RU", "vietnam": "VN", "turkey": "TR",
}

// countries are the codes by English name, in lower case.
var countries = func() map[string]string {
	out, names := map[string]string{}, display.English.Regions()
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			if r, err := language.ParseRegion(string(a) + string(b)); err == nil && r.IsCountry() {
				out[strings.ToLower(names.Name(r))] = r.String()
			}
		}
	}
	return out
}()
