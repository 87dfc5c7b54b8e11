package score

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

func anyRubric(t *rapid.T) []Criterion {
	out := make([]Criterion, rapid.IntRange(1, 6).Draw(t, "criteria"))
	for i := range out {
		low := rapid.IntRange(-3, 3).Draw(t, "lowest")
		out[i] = Criterion{ID: uuid.UUID{1, 15: byte(i)}, Weight: rapid.IntRange(0, 40).Draw(t, "weight"), Lowest: low,
			Highest: low + rapid.IntRange(1, 10).Draw(t, "span")}
	}
	return out
}

func anySheet(t *rapid.T, rubric []Criterion, skips bool) Sheet {
	s := Sheet{}
	for _, c := range rubric {
		s[c.ID] = rapid.IntRange(c.Lowest, c.Highest).Draw(t, "score")
		if skips && rapid.IntRange(0, 4).Draw(t, "applies") == 0 {
			s[c.ID] = NotApplicable
		}
	}
	return s
}

// A total lies on its scale, both ends are reached, and a better score never lowers it.
func TestTotalsStayOnTheScale(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rubric := anyRubric(t)
		s := anySheet(t, rubric, true)
		total, ok := Total(rubric, s)
		if !ok {
			return // nothing applies
		}
		if total < 0 || total > 100 || math.IsNaN(total) {
			t.Fatalf("total %v", total)
		}
		best, worst := Sheet{}, Sheet{}
		for _, c := range rubric {
			best[c.ID], worst[c.ID] = c.Highest, c.Lowest
		}
		if top, _ := Total(rubric, best); math.Abs(top-100) > 1e-9 {
			t.Fatalf("the best of all is %v", top)
		}
		if low, _ := Total(rubric, worst); math.Abs(low) > 1e-9 {
			t.Fatalf("the worst of all is %v", low)
		}
		c := rubric[rapid.IntRange(0, len(rubric)-1).Draw(t, "which")]
		if v := s[c.ID]; v != NotApplicable && v < c.Highest {
			s[c.ID] = v + 1
			if more, _ := Total(rubric, s); more < total-1e-9 {
				t.Fatalf("a better score lowers %v to %v", total, more)
			}
		}
		delete(s, c.ID)
		if _, ok := Total(rubric, s); ok {
			t.Fatal("a missing criterion was made up")
		}
	})
}

// The order depends on what is official, the criteria and the seed, and on nothing else: not on the order
// in which entries came. With a seed every rank is given once; without, ties share theirs.
func TestRanksDependOnNothingElse(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows := make([]Row, rapid.IntRange(0, 12).Draw(t, "entries"))
		for i := range rows {
			rows[i] = Row{Entry: uuid.UUID{2, 15: byte(i)}, Reviews: rapid.IntRange(0, 3).Draw(t, "reviews"),
				Official: float64(rapid.IntRange(0, 3).Draw(t, "official")), Criteria: []float64{float64(rapid.IntRange(0, 2).Draw(t, "criterion"))}}
		}
		var seed []byte
		if rapid.Bool().Draw(t, "drawn") {
			seed = []byte("a seed")
		}
		mixed := slices.Clone(rows)
		rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 1)).Shuffle(len(mixed), func(a, b int) { mixed[a], mixed[b] = mixed[b], mixed[a] })
		Rank(rows, 2, seed)
		Rank(mixed, 2, seed)
		by := map[uuid.UUID]Row{}
		for _, r := range mixed {
			by[r.Entry] = r
		}
		taken := map[int]bool{}
		for i, r := range rows {
			if r.Rank != by[r.Entry].Rank || r.Tie != by[r.Entry].Tie {
				t.Fatalf("entry %v: %d %s and %d %s", r.Entry, r.Rank, r.Tie, by[r.Entry].Rank, by[r.Entry].Tie)
			}
			if (r.Rank == 0) != (r.Reviews < 2) {
				t.Fatalf("%d reviews, rank %d", r.Reviews, r.Rank)
			}
			if r.Rank > 0 && seed != nil && taken[r.Rank] {
				t.Fatalf("rank %d is given twice", r.Rank)
			}
			taken[r.Rank] = true
			if i > 0 && r.Rank > 0 && rows[i-1].Official < r.Official {
				t.Fatalf("%v stands before %v", rows[i-1].Official, r.Official)
			}
		}
	})
}
