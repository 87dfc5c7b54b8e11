package contest_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

func slugs(t *testing.T, s *contest.Service, f contest.Filter) []string {
	t.Helper()
	page, err := s.Search(context.Background(), f)
	if err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for _, i := range page.Items {
		out = append(out, i.Slug)
	}
	if page.Next == "" && page.Total < len(out) {
		t.Errorf("total %d for %d items", page.Total, len(out))
	}
	return out
}

func TestSearchFiltersAndSorts(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	p := testkit.Programme(t, db)
	day := 24 * time.Hour
	testkit.OpenChallenge(t, db, testkit.In(p), testkit.Named("later"), testkit.Closes(9*day))
	testkit.OpenChallenge(t, db, testkit.In(p), testkit.Named("soon"), testkit.Closes(2*day), testkit.InFujisawa())
	testkit.OpenChallenge(t, db, testkit.In(p), testkit.Named("upcoming"), testkit.Opens(day), testkit.Closes(5*day))
	testkit.OpenChallenge(t, db, testkit.In(p), testkit.Named("over"), testkit.Opens(-9*day), testkit.Closes(-day))
	testkit.OpenChallenge(t, db, testkit.In(p), testkit.Named("long-over"), testkit.Opens(-9*day), testkit.Closes(-2*day))
	testkit.OpenChallenge(t, db, testkit.In(p), testkit.Named("hidden"), testkit.AsDraft())
	testkit.Exec(t, db, `update challenge_texts set title = 'Cámaras de ＩｏＴ', summary = '100% _seguras_' where challenge_id = (select id from challenges where slug = 'later')`)
	testkit.Exec(t, db, `insert into challenge_texts (challenge_id, language, title, summary) select id, 'en', 'Áurea clean streets', 'Count the bags' from challenges where slug = 'soon'`)
	testkit.Exec(t, db, `update challenge_texts set problem = 'Una medición en la **acera**' where challenge_id = (select id from challenges where slug = 'later')`)
	testkit.Exec(t, db, `update challenge_texts set terms = 'Nothing stays on the pavement' where language = 'en' and challenge_id = (select id from challenges where slug = 'soon')`)
	s := contest.NewService(db)
	for _, c := range []struct {
		name string
		f    contest.Filter
		want []string
	}{
		{"open and upcoming, closing soonest first", contest.Filter{}, []string{"soon", "upcoming", "later"}},
		{"open", contest.Filter{Status: "open"}, []string{"soon", "later"}},
		{"upcoming", contest.Filter{Status: "upcoming"}, []string{"upcoming"}},
		{"closed, the last one first", contest.Filter{Status: "closed"}, []string{"over", "long-over"}},
		{"all, closed ones after", contest.Filter{Status: "all"}, []string{"soon", "upcoming", "later", "over", "long-over"}},
		{"city", contest.Filter{City: "fujisawa"}, []string{"soon"}},
		{"unknown city", contest.Filter{City: "atlantis"}, []string{}},
		{"contest", contest.Filter{Contest: "contest", Status: "open"}, []string{"soon", "later"}},
		{"unknown contest", contest.Filter{Contest: "other"}, []string{}},
		{"words without accents or width", contest.Filter{Words: "CAMARAS iot"}, []string{"later"}},
		{"words in a language that is not shown", contest.Filter{Words: "clean BAGS", Want: lang.JA}, []string{"soon"}},
		{"every word counts", contest.Filter{Words: "camaras bags"}, []string{}},
		{"half-width katakana is not needed", contest.Filter{Words: "ごみの量"}, []string{"soon"}},
		{"per cent is a character", contest.Filter{Words: "100%"}, []string{"later"}},
		{"underscore is a character", contest.Filter{Words: "_seguras_"}, []string{"later"}},
		{"a pattern is not a pattern", contest.Filter{Words: "c%s"}, []string{}},
		{"a backslash is a character", contest.Filter{Words: `\`}, []string{}},
		{"words in a section as it is shown", contest.Filter{Words: "MEDICION acera"}, []string{"later"}},
		{"the section is Spanish, and Spanish stands in for Japanese", contest.Filter{Words: "acera", Want: lang.JA}, []string{"later"}},
		{"words in a section that is not shown", contest.Filter{Words: "pavement", Want: lang.ES}, []string{}},
		{"words in a section of the wanted language", contest.Filter{Words: "pavement", Want: lang.EN}, []string{"soon"}},
		{"a word of the title and one of a section", contest.Filter{Words: "streets pavement", Want: lang.EN}, []string{"soon"}},
		{"by title, accents aside", contest.Filter{Sort: "title", Want: lang.EN, Status: "open"}, []string{"soon", "later"}},
	} {
		if got := slugs(t, s, c.f); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestSearchShowsTheWantedLanguageOrTheOriginal(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	c := testkit.OpenChallenge(t, db, testkit.InFujisawa())
	s := contest.NewService(db)
	page, err := s.Search(context.Background(), contest.Filter{Want: lang.ES})
	if err != nil || len(page.Items) != 1 {
		t.Fatal(err, len(page.Items))
	}
	i := page.Items[0]
	if !i.Pending || i.Lang != lang.JA || i.Title == "" || i.Hosts[0].Slug != "fujisawa" || i.Hosts[0].Name[lang.JA] != "藤沢市" || len(i.Prizes) != 2 || i.Prizes[0].Region != "EU" {
		t.Errorf("item %+v", i)
	}
	testkit.Exec(t, db, `insert into challenge_texts (challenge_id, language, title) values ($1, 'es', 'Calles limpias')`, c.Challenge)
	page, _ = s.Search(context.Background(), contest.Filter{Want: lang.ES})
	if i := page.Items[0]; i.Pending || i.Title != "Calles limpias" || i.Lang != lang.ES {
		t.Errorf("item %+v", i)
	}
}

// many inserts published challenges beside the first one.
func many(t *testing.T, db *database.DB, n int) {
	t.Helper()
	c := testkit.OpenChallenge(t, db)
	testkit.Exec(t, db, `with new as (
			insert into challenges (id, contest_id, lead_city_id, slug, language, submitted_at, approved_at, published_at, closes_at)
			select gen_random_uuid(), $1, $2, 'challenge-' || i, 'es', now(), now(), now() - make_interval(secs => i % 7), case when i % 3 = 0 then now() + interval '1 day' end
			from generate_series(2, $3::int) i returning id, slug),
		cities as (insert into challenge_cities (challenge_id, city_id, position) select id, $2, 1 from new)
		insert into challenge_texts (challenge_id, language, title) select id, 'es', 'Reto ' || slug from new`, c.Contest, c.City, n)
}

func TestListTakesOneQueryWhateverItsSize(t *testing.T) {
	t.Parallel()
	for _, n := range []int{8, 800} {
		db := testkit.DB(t)
		many(t, db, n)
		s := contest.NewService(db)
		before := db.Pool().Stat().AcquireCount()
		page, err := s.Search(context.Background(), contest.Filter{Limit: 100})
		if err != nil || page.Total != n || len(page.Items) != min(n, 100) {
			t.Fatalf("%d: total %d, %d items, %v", n, page.Total, len(page.Items), err)
		}
		if queries := db.Pool().Stat().AcquireCount() - before; queries != 1 {
			t.Errorf("%d challenges take %d queries", n, queries)
		}
	}
}

func TestPagesMeetWithoutGapOrRepeat(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	many(t, db, 53)
	s := contest.NewService(db)
	for _, sort := range []string{"closing", "newest", "title"} {
		seen, pages := map[string]bool{}, 0
		f := contest.Filter{Sort: sort, Limit: 10, Status: "all"}
		for {
			page, err := s.Search(context.Background(), f)
			if err != nil || page.Total != 53 {
				t.Fatal(err, page.Total)
			}
			for _, i := range page.Items {
				if seen[i.Slug] {
					t.Fatalf("%s: %s twice", sort, i.Slug)
				}
				seen[i.Slug] = true
			}
			pages++
			if page.Next == "" {
				break
			}
			f.Cursor = page.Next
		}
		if len(seen) != 53 || pages != 6 {
			t.Errorf("%s: %d challenges on %d pages", sort, len(seen), pages)
		}
	}
	if _, err := s.Search(context.Background(), contest.Filter{Cursor: "bm90IGEgY3Vyc29y"}); fmt.Sprint(err) != fmt.Sprint(database.ErrCursor) {
		t.Errorf("foreign cursor: %v", err)
	}
}
