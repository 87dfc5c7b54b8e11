package contestapi_test

import (
	"testing"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/testkit"
)

// One page of the public list costs the same number of queries however many challenges there are.
// Outside a transaction every query takes a connection from the pool once, so that is what is
// counted, over the whole request.
func TestListQueries(t *testing.T) {
	counts := map[int]int64{}
	for _, n := range []int{8, 800} {
		s := newSite(t)
		c := testkit.OpenChallenge(t, s.db)
		testkit.Exec(t, s.db, `with new as (
				insert into challenges (id, contest_id, lead_city_id, slug, language, submitted_at, approved_at, published_at)
				select gen_random_uuid(), $1, $2, 'challenge-' || i, 'es', now(), now(), now()
				from generate_series(2, $3::int) i returning id, slug),
			cities as (insert into challenge_cities (challenge_id, city_id, position) select id, $2, 1 from new)
			insert into challenge_texts (challenge_id, language, title) select id, 'es', 'Reto ' || slug from new`, c.Contest, c.City, n)
		before := s.db.Pool().Stat().AcquireCount()
		list := as[common.ChallengeList](t, s.ask(authz.Actor{}, "GET", "/challenges?limit=50", ""), 200)
		counts[n] = s.db.Pool().Stat().AcquireCount() - before
		if list.Total != n || len(list.Items) != min(n, 50) {
			t.Fatalf("%d challenges: total %d, %d on the page", n, list.Total, len(list.Items))
		}
	}
	if counts[8] != counts[800] || counts[8] == 0 {
		t.Fatalf("queries for one page: %d at 8 challenges, %d at 800", counts[8], counts[800])
	}
	t.Logf("\nfigure list_queries = %d queries", counts[800])
}
