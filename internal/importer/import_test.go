package importer_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/city"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/importer"
	"fieldtrial/internal/kpi"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/markdown"
	"fieldtrial/internal/team"
	"fieldtrial/internal/testkit"
)

func real(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile("../../../shared/data/real/" + name)
	if err != nil {
		t.Skipf("the real data lies beside the repository where it is developed: %v", err)
	}
	return string(b)
}

func challenges(t *testing.T, db *database.DB, feed string) importer.Report {
	t.Helper()
	r, err := importer.Challenges(t.Context(), contest.NewService(db), "feed.json", strings.NewReader(feed), nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// digest is over every row of every table that an import could touch, tuple versions included: a
// row that was written again in the same words shows.
func digest(t *testing.T, db *database.DB) string {
	t.Helper()
	var out strings.Builder
	for _, table := range []string{"contests", "cities", "challenges", "challenge_texts", "challenge_cities", "criteria", "form_fields", "teams", "record_leaves", "entries", "grants"} {
		var sum string
		if err := db.Pool().QueryRow(t.Context(), "select coalesce(md5(string_agg(x.ctid::text || x.xmin::text || x::text, '|' order by x::text)), '') from "+table+" x").Scan(&sum); err != nil {
			t.Fatal(table, err)
		}
		out.WriteString(table + " " + sum + "\n")
	}
	return out.String()
}

func TestTheWholeFeedIsImportedAndASecondRunChangesNothing(t *testing.T) {
	t.Parallel()
	feed := real(t, "challenge_gov_closed.json")
	db := testkit.DB(t)
	p := testkit.Programme(t, db)
	before := kpis(t, db)
	r := challenges(t, db, feed)
	if r.Read != 289 || r.Imported != 289 || r.Created != 289 || len(r.Refused) != 0 {
		t.Fatalf("read %d, imported %d, new %d, refused %+v", r.Read, r.Imported, r.Created, r.Refused)
	}
	noted := map[string]string{}
	for _, l := range r.Noted {
		noted[l.ID] = strings.Join(l.Notes, "; ")
	}
	if !strings.Contains(noted["1101"], `"03/02/20202 05:00 PM" is no date`) || !strings.Contains(noted["1123"], "submission-start left empty") || !strings.Contains(noted["1019"], "taken as 23:59") {
		t.Errorf("notes %v", noted)
	}
	was := digest(t, db)
	again := challenges(t, db, feed)
	if again.Changes() != 0 || again.Unchanged != 289 || digest(t, db) != was {
		t.Errorf("a second run: %+v", again)
	}
	sound(t, db)
	if after := kpis(t, db); after != before {
		t.Errorf("KPIs went from %s to %s", before, after)
	}
	if n, err := entryCloses(t, db, p); err != nil || n != 0 {
		t.Errorf("%d deadlines to put on record, %v", n, err)
	}
}

func entryCloses(t *testing.T, db *database.DB, p testkit.ProgrammeRows) (n int, err error) {
	t.Helper()
	err = db.Pool().QueryRow(t.Context(), `select count(*) from challenges where contest_id <> $1 and deadline_leaf is not null`, p.Contest).Scan(&n)
	return n, err
}

func kpis(t *testing.T, db *database.DB) string {
	t.Helper()
	var out strings.Builder
	if err := kpi.WriteParticipation(t.Context(), db, &out, lang.EN, kpi.Filter{Actor: system}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// sound reads the archive as visitors do.
func sound(t *testing.T, db *database.DB) {
	t.Helper()
	ctx := t.Context()
	s := contest.NewService(db)
	for status, want := range map[string]int{"closed": 289, "all": 289, "open": 0, "": 0, "upcoming": 0} {
		if page, err := s.Search(ctx, contest.Filter{Status: status, Contest: importer.ChallengeGov, Limit: 100}); err != nil || page.Total != want {
			t.Errorf("status %q lists %d, %v", status, page.Total, err)
		}
	}
	if all, err := city.All(ctx, db.Pool()); err != nil || len(all) != 2 {
		t.Errorf("%d cities, %v: the archive's host is none", len(all), err)
	}
	if next := joins(t, db); next != 3 {
		t.Errorf("the next city has position %d: the archive's host took its mark", next)
	}
	page, err := s.Search(ctx, contest.Filter{Status: "closed", Contest: importer.ChallengeGov, Words: "ARIAC", Limit: 100})
	if err != nil || page.Total < 2 {
		t.Fatal(page.Total, err)
	}
	slugs := map[string]bool{}
	for _, i := range page.Items {
		slugs[i.Slug] = true
		if i.Phase(page.Now) != contest.Archived || i.Hosts[0].Slug != importer.ChallengeGov {
			t.Errorf("%s is %s at %s", i.Slug, i.Phase(page.Now), i.Hosts[0].Slug)
		}
	}
	if len(slugs) != page.Total {
		t.Errorf("%d addresses for %d challenges", len(slugs), page.Total)
	}
	rows, err := db.Pool().Query(ctx, `select c.external_id, c.agency, c.opens_at, c.closes_at, x.title, x.problem || x.context || x.success || x.resources || x.demonstration || x.terms
		from challenges c join challenge_texts x on x.challenge_id = c.id where c.external_id is not null`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var id, agency, title, body string
		var opens, closes *time.Time
		if err := rows.Scan(&id, &agency, &opens, &closes, &title, &body); err != nil {
			t.Fatal(err)
		}
		n++
		shown := markdown.HTML(body)
		if agency == "" || strings.Contains(body, "{{") || strings.Contains(shown, "style=") || strings.Contains(shown, "&lt;p&gt;") || strings.Contains(shown, "<img") {
			t.Errorf("%s %q: agency %q, text %.200q", id, title, agency, body)
		}
		if (opens == nil) != (id == "1101" || id == "1123") || closes == nil {
			t.Errorf("%s opens %v, closes %v", id, opens, closes)
		}
		if id == "1003" && closes.Format(time.RFC3339) != "2019-04-22T04:00:00Z" {
			t.Errorf("1003 closes %v", closes)
		}
	}
	if n != 289 {
		t.Errorf("%d rows, %v", n, rows.Err())
	}
}

// joins adds a city and gives its position.
func joins(t *testing.T, db *database.DB) int {
	t.Helper()
	c := city.City{Slug: "yokosuka", Name: lang.Text{lang.EN: "Yokosuka"}, Country: "JP", Region: "JP", Zone: "Asia/Tokyo", Language: lang.JA}
	if err := db.InTx(t.Context(), func(tx database.Tx) error { return city.Insert(tx, &c) }); err != nil {
		t.Fatal(err)
	}
	return c.Position
}

func TestAnotherFeedOfTheSameHost(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	testkit.Programme(t, db)
	feed := func(change string) string {
		return `{"_challenge": [
			{"challenge-id": 7, "challenge-title": "Same title", "agency": "A", "tagline": "One` + change + `", "submission-start": "2020/03/19 12 p.m.", "submission-end": "March 19, 2021 11:59 PM EDT", "type-of-challenge": ["Ideas", "Scientific"], "rules": "<p>R</p>"},
			{"challenge-id": "8", "challenge-title": "Same title", "agency": "A", "submission-start": "03/19/20", "submission-end": "2099-01-01T00:00:00Z", "type-of-challenge": null},
			{"challenge-id": "9", "challenge-title": "Backwards", "submission-start": "04/02/2020 1:00 PM", "submission-end": "04/01/2020 1:00 PM"},
			{"challenge-id": "10", "challenge-title": "No dates", "submission-start": "TBD"},
			{"challenge-id": "10", "challenge-title": "Again"},
			{"challenge-id": "11", "challenge-title": "  "},
			{"challenge-title": "Nameless"},
			{"challenge-id": "12", "challenge-title": "` + strings.Repeat("x", 301) + `"}]}`
	}
	r := challenges(t, db, feed(""))
	if r.Read != 8 || r.Imported != 4 || len(r.Refused) != 4 || len(r.Noted) != 2 {
		t.Fatalf("%+v", r)
	}
	refused := []string{}
	for _, l := range r.Refused {
		refused = append(refused, l.ID+" "+l.Notes[0])
	}
	if got := strings.Join(refused, "|"); got != "10 this id stands in the file a second time|11 title is required| it has neither a challenge-id nor a permalink to know it by|12 title is too long" {
		t.Errorf("refused %s", got)
	}
	slugs := map[string]string{}
	rows, err := db.Pool().Query(t.Context(), `select external_id, slug from challenges where external_id is not null`)
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var id, slug string
		_ = rows.Scan(&id, &slug)
		slugs[id] = slug
	}
	if slugs["7"] != "same-title" || slugs["8"] != "same-title-8" {
		t.Errorf("slugs %v", slugs)
	}
	// A date far ahead does not make an archive open: it never closes next.
	page, err := contest.NewService(db).Search(t.Context(), contest.Filter{Status: "all", Limit: 1, Contest: importer.ChallengeGov})
	open, err2 := contest.NewService(db).Search(t.Context(), contest.Filter{Limit: 10})
	if err != nil || err2 != nil || page.Total != 4 || open.Total != 0 {
		t.Errorf("%d in the archive, %d open, %v %v", page.Total, open.Total, err, err2)
	}
	// A change in the feed changes that challenge alone, by a new version.
	next := challenges(t, db, feed(" more"))
	var version, textVersion int
	if err := db.Pool().QueryRow(t.Context(), `select c.version, x.version from challenges c join challenge_texts x on x.challenge_id = c.id where external_id = '7'`).Scan(&version, &textVersion); err != nil {
		t.Fatal(err)
	}
	if next.Updated != 1 || next.Unchanged != 3 || version != 2 || textVersion != 2 {
		t.Errorf("%+v, versions %d and %d", next, version, textVersion)
	}
}

func TestAnImportThatIsStoppedGoesOn(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	testkit.Programme(t, db)
	items := []string{}
	for i := range 20 {
		items = append(items, fmt.Sprintf(`{"challenge-id":"%d","challenge-title":"T %d","submission-start":"01/01/2020 1:00 PM","submission-end":"02/01/2020 1:00 PM"}`, i, i))
	}
	feed := "[" + strings.Join(items, ",") + "]"
	ctx, stop := context.WithCancel(t.Context())
	r, err := importer.Challenges(ctx, contest.NewService(db), "f", strings.NewReader(feed), func(done, _ int) {
		if done == 5 {
			stop()
		}
	})
	if err == nil || r.Created != 5 || !strings.Contains(err.Error(), "stopped after 5 of 20") {
		t.Fatalf("%+v %v", r, err)
	}
	if r := challenges(t, db, feed); r.Created != 15 || r.Unchanged != 5 {
		t.Errorf("%+v", r)
	}
	ctx, stop = context.WithCancel(t.Context())
	stop()
	if _, err := importer.Challenges(ctx, contest.NewService(db), "f", strings.NewReader(feed), nil); err == nil || !strings.Contains(err.Error(), "stopped after 0 of ") {
		t.Errorf("stopped at once: %v", err)
	}
}

func TestNoProgrammeAndNoFeed(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	if _, err := importer.Challenges(t.Context(), contest.NewService(db), "f", strings.NewReader(`[{"challenge-id":"1","challenge-title":"T"}]`), nil); err != contest.ErrNoProgramme { //nolint:errorlint // the sentinel itself
		t.Errorf("without a programme: %v", err)
	}
	for _, bad := range []string{"", "{}", "<html>", `{"_challenge": 3}`} {
		if _, err := importer.Challenges(t.Context(), contest.NewService(db), "f", strings.NewReader(bad), nil); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func TestTheStartupsBecomeUnclaimedOrganisations(t *testing.T) {
	t.Parallel()
	list := real(t, "startups_yc_2005_2014.csv")
	db := testkit.DB(t)
	run := func(list string) importer.Report {
		r, err := importer.Teams(t.Context(), team.New(db), "list.csv", strings.NewReader(list), nil)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := run(list)
	if r.Read != 688 || r.Imported != 688 || r.Created != 688 || len(r.Refused) != 0 {
		t.Fatalf("read %d, imported %d, refused %+v", r.Read, r.Imported, r.Refused)
	}
	var unclaimed, unknown, us, members int
	if err := db.Pool().QueryRow(t.Context(), `select count(*) filter (where unclaimed), count(*) filter (where country = 'ZZ'), count(*) filter (where country = 'US'),
		(select count(*) from grants) from teams`).Scan(&unclaimed, &unknown, &us, &members); err != nil {
		t.Fatal(err)
	}
	if unclaimed != 688 || unknown != 200 || us != 457 || members != 0 {
		t.Errorf("%d unclaimed, %d of no country, %d in the US, %d members", unclaimed, unknown, us, members)
	}
	var profile string
	if err := db.Pool().QueryRow(t.Context(), `select profile from teams where name = 'Curebit'`).Scan(&profile); err != nil {
		t.Fatal(err)
	}
	var said struct {
		Founded, Year int
		Funding       []struct {
			USD  int64
			Text string
		}
	}
	if err := json.Unmarshal([]byte(profile), &said); err != nil || said.Founded != 2010 || said.Year != 2011 || len(said.Funding) != 2 || said.Funding[0].USD != 1_200_000 || said.Funding[1].Text != "undisclosed amount" {
		t.Errorf("Curebit: %s %v", profile, err)
	}
	was := digest(t, db)
	if again := run(list); again.Changes() != 0 || digest(t, db) != was {
		t.Errorf("a second run: %+v", again)
	}
	// Claimed since: theirs to say what they are called.
	testkit.Exec(t, db, `update teams set unclaimed = false, name = 'Talkable' where name = 'Curebit'`)
	changed := strings.Replace(strings.Replace(list, "Talkable is a social", "Curebit is a social", 1), "Goldbely is an e-commerce", "Goldbely was an e-commerce", 1)
	if r := run(changed); r.Updated != 1 || r.Created != 0 {
		t.Errorf("after a claim: %+v", r)
	}
}

func TestOddRowsAreNoted(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	r, err := importer.Teams(t.Context(), team.New(db), "l", strings.NewReader("\uFEFFCompany,Headquarters (Country),Website,Year Founded,Y Combinator Year,Amounts raised in different funding rounds\n"+
		"One,USA,https://one.example,2013,2012,\"$1,200,000, about $5M\"\nTwo,Utopia,one.example,,,\nThree,,https://one.example/,soon,,\n,USA,,,,\nOne,USA,,,2012,\n=1+1,ES,,,,\nShort\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	notes := []string{}
	for _, l := range append(r.Noted, r.Refused...) {
		notes = append(notes, l.ID+": "+strings.Join(l.Notes, ", "))
	}
	want := []string{
		`line 2: founded in 2013, after it joined in 2012, the amount "about $5M" is no number: kept as text`,
		`line 3: the country "Utopia" is not known, the website "one.example" is no web address: left out`,
		`line 4: it names no country, the same website as One, founded "soon" is no year: left out`,
		`line 8: it names no country`, `line 5: it has no name`, `line 6: the same company, year and session stand in the file a second time`,
	}
	if strings.Join(notes, "\n") != strings.Join(want, "\n") || r.Imported != 5 {
		t.Errorf("imported %d:\n%s", r.Imported, strings.Join(notes, "\n"))
	}
}

var system = authz.System
