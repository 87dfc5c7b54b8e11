package score

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/google/uuid"
)

var (
	c1 = Criterion{ID: uuid.MustParse("00000000-0000-0000-0000-0000000000c1"), Weight: 50, Lowest: 0, Highest: 5}
	c2 = Criterion{ID: uuid.MustParse("00000000-0000-0000-0000-0000000000c2"), Weight: 30, Lowest: 0, Highest: 5}
	c3 = Criterion{ID: uuid.MustParse("00000000-0000-0000-0000-0000000000c3"), Weight: 20, Lowest: 1, Highest: 11}
)

func TestTotal(t *testing.T) {
	t.Parallel()
	rubric := []Criterion{c1, c2, c3}
	flat := []Criterion{{ID: c1.ID, Highest: 5}, {ID: c2.ID, Highest: 5}}
	for _, c := range []struct {
		name   string
		rubric []Criterion
		sheet  Sheet
		want   float64
		ok     bool
	}{
		{"all lowest is 0", rubric, Sheet{c1.ID: 0, c2.ID: 0, c3.ID: 1}, 0, true},
		{"all highest is 100", rubric, Sheet{c1.ID: 5, c2.ID: 5, c3.ID: 11}, 100, true},
		{"weights and scales count", rubric, Sheet{c1.ID: 4, c2.ID: 3, c3.ID: 6}, 40 + 18 + 10, true},
		{"weights that do not sum to 100", []Criterion{c1, c2}, Sheet{c1.ID: 4, c2.ID: 2}, 100 * (50*.8 + 30*.4) / 80, true},
		{"no weights at all", flat, Sheet{c1.ID: 5, c2.ID: 0}, 50, true},
		{"a missing criterion is no total", rubric, Sheet{c1.ID: 5, c2.ID: 5}, 0, false},
		{"no rubric", nil, Sheet{}, 0, false},
		{"what does not apply is left out", rubric, Sheet{c1.ID: 4, c2.ID: NotApplicable, c3.ID: 6}, 100 * (50*.8 + 20*.5) / 70, true},
		{"what does not apply, without weights", flat, Sheet{c1.ID: NotApplicable, c2.ID: 4}, 80, true},
		{"nothing applies", flat, Sheet{c1.ID: NotApplicable, c2.ID: NotApplicable}, 0, false},
	} {
		got, ok := Total(c.rubric, c.sheet)
		if ok != c.ok || math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: %v %v, want %v %v", c.name, got, ok, c.want, c.ok)
		}
	}
}

func id(n byte) uuid.UUID { return uuid.UUID{15: n} }

func review(entry byte, total float64, scores ...int) Review {
	s := Sheet{}
	for i, c := range []Criterion{c1, c2} {
		if i < len(scores) {
			s[c.ID] = scores[i]
		}
	}
	return Review{Entry: id(entry), Total: total, Scores: s}
}

// ranked is the order by means.
func ranked(criteria []Criterion, entries []uuid.UUID, reviews []Review, minReviews int, seed []byte) Summary {
	out := Summarise(criteria, entries, reviews)
	Rank(out.Rows, minReviews, seed)
	return out
}

// Marking a criterion as not applicable never lowers a total or a mean against the same scores
// elsewhere: it takes the criterion out of both.
func TestNotApplicableNeverLowers(t *testing.T) {
	t.Parallel()
	with := Sheet{c1.ID: 4, c2.ID: 4}
	without := Sheet{c1.ID: 4, c2.ID: NotApplicable}
	a, _ := Total([]Criterion{c1, c2}, with)
	b, ok := Total([]Criterion{c1, c2}, without)
	if !ok || b < a {
		t.Errorf("total %v, without the criterion %v", a, b)
	}
	row := Summarise([]Criterion{c1, c2}, []uuid.UUID{id(1)}, []Review{{Entry: id(1), Total: a, Scores: with}, {Entry: id(1), Total: b, Scores: without}}).Rows[0]
	if row.Criteria[0] != 80 || row.Criteria[1] != 80 {
		t.Errorf("means of the criteria %v", row.Criteria)
	}
	var back Sheet
	text, err := json.Marshal(without)
	if err == nil {
		err = json.Unmarshal(text, &back)
	}
	if err != nil || len(back) != 2 || back[c1.ID] != 4 || back[c2.ID] != NotApplicable || !bytes.Contains(text, []byte("null")) {
		t.Errorf("%s became %v, %v", text, back, err)
	}
}

// The official value decides, and ties are ties of it, not of the mean.
func TestTheOfficialValueDecides(t *testing.T) {
	t.Parallel()
	s := Summarise([]Criterion{c1}, []uuid.UUID{id(1), id(2), id(3)}, []Review{review(1, 80, 3), review(2, 70, 4), review(3, 60, 5)})
	for i, official := range []float64{70, 75.001, 74.999} {
		s.Rows[i].Official = official
	}
	Rank(s.Rows, 1, nil)
	if s.Rows[0].Entry != id(3) || s.Rows[1].Entry != id(2) || s.Rows[2].Entry != id(1) || s.Rows[0].Tie != ByCriteria || s.Rows[2].Tie != NoTie {
		t.Errorf("%+v", s.Rows)
	}
}

func TestRankGivesMeansAndTheirSpread(t *testing.T) {
	t.Parallel()
	// Deviations: entry 1 ±5, entry 2 −4, +2, +2: SS = 50 + 24 = 74 on 1 + 2 degrees of freedom.
	got := ranked([]Criterion{c1, c2}, []uuid.UUID{id(1), id(2), id(3)}, []Review{
		review(1, 70, 3, 4), review(1, 80, 5, 4), review(2, 86, 4, 4), review(2, 92, 5, 4), review(2, 92, 5, 5),
	}, 2, nil)
	pooled := math.Sqrt(74.0 / 3)
	if math.Abs(*got.PooledSD-pooled) > 1e-12 {
		t.Errorf("pooled SD %v, want %v", *got.PooledSD, pooled)
	}
	a, b, c := got.Rows[0], got.Rows[1], got.Rows[2]
	if a.Entry != id(2) || a.Rank != 1 || a.Mean != 90 || math.Abs(*a.SE-pooled/math.Sqrt(3)) > 1e-12 || math.Abs(*a.SD-math.Sqrt(12)) > 1e-12 {
		t.Errorf("first %+v", a)
	}
	if b.Entry != id(1) || b.Rank != 2 || b.Mean != 75 || math.Abs(*b.SE-pooled/math.Sqrt2) > 1e-12 || b.Criteria[0] != 80 || b.Criteria[1] != 80 {
		t.Errorf("second %+v", b)
	}
	if c.Entry != id(3) || c.Rank != 0 || c.SE != nil || c.Reviews != 0 {
		t.Errorf("without reviews %+v", c)
	}
}

func TestTooFewReviewsAreNotRanked(t *testing.T) {
	t.Parallel()
	got := ranked([]Criterion{c1}, []uuid.UUID{id(1), id(2)}, []Review{review(1, 99), review(2, 40), review(2, 42)}, 2, nil)
	if got.Rows[0].Entry != id(2) || got.Rows[0].Rank != 1 || got.Rows[1].Rank != 0 || got.Rows[1].Reviews != 1 {
		t.Errorf("%+v", got.Rows)
	}
	if one := ranked([]Criterion{c1}, []uuid.UUID{id(1)}, []Review{review(1, 99)}, 1, nil); one.PooledSD != nil || one.Rows[0].SE != nil || one.Rows[0].Rank != 1 {
		t.Errorf("one review has no spread: %+v", one)
	}
}

func TestTiesFallToCriteriaThenToTheLottery(t *testing.T) {
	t.Parallel()
	rubric := []Criterion{c1, c2}
	entries := []uuid.UUID{id(1), id(2), id(3), id(4)}
	reviews := []Review{
		review(1, 60, 3, 3), review(2, 60.001, 4, 2), review(3, 60, 3, 3), review(4, 20, 1, 1),
	}
	open := ranked(rubric, entries, reviews, 1, nil)
	if r := open.Rows; r[0].Entry != id(2) || r[0].Rank != 1 || r[0].Tie != ByCriteria ||
		r[1].Rank != 2 || r[2].Rank != 2 || r[1].Tie != Open || r[2].Tie != Open || r[3].Rank != 4 || r[3].Tie != NoTie {
		t.Errorf("before the draw: %+v", r)
	}
	for _, seed := range [][]byte{[]byte("one"), []byte("two"), []byte("three"), []byte("four")} {
		first, second := id(1), id(3)
		if bytes.Compare(ticket(seed, first), ticket(seed, second)) > 0 {
			first, second = second, first
		}
		for range 2 {
			slices.Reverse(entries) // the order of ids must not matter
			r := ranked(rubric, entries, reviews, 1, seed).Rows
			if r[1].Entry != first || r[2].Entry != second || r[1].Rank != 2 || r[2].Rank != 3 || r[1].Tie != ByLottery || r[2].Tie != ByLottery {
				t.Errorf("seed %s: %+v", seed, r)
			}
		}
	}
}

// The order of the lottery is published: SHA-256(seed ‖ entry id in its usual spelling).
func TestTicketIsTheAgreedHash(t *testing.T) {
	t.Parallel()
	got := ticket([]byte("seed"), uuid.Nil)
	want := []byte{0x3e, 0x41, 0xde, 0x43}
	if !bytes.Equal(got[:4], want) {
		t.Errorf("ticket begins %x, want %x", got[:4], want)
	}
}
