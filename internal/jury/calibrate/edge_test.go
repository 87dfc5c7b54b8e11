package calibrate

import (
	"errors"
	"math"
	"testing"
)

// A juror who takes twenty points off everybody does not move the order; the model says who it is,
// and the errors are flagged where somebody scored one entry out of line.
func TestAHarshJuror(t *testing.T) {
	t.Parallel()
	s := plan{entries: 40, jurors: 8, pools: 1, k: 4, entry: 8, juror: 2, error: 1}
	w := simulate(11, s)
	before, err := Fit(w.Panel)
	must(t, err)
	for k := range w.Reviews {
		if w.Reviews[k].Juror == 3 {
			w.Reviews[k].Score -= 20
		}
	}
	after, err := Fit(w.Panel)
	must(t, err)
	if got, want := orderOf(after.Score), orderOf(before.Score); !equal(got, want) {
		t.Errorf("order %v, before the harsh juror %v", got, want)
	}
	if got := orderOf(w.Raw()); equal(got, orderOf(before.Score)) {
		t.Error("the raw order did not move either: this tries nothing")
	}
	errors := after.JurorErrors()
	near(t, "how much harsher the juror got", after.Juror[3]-before.Juror[3], -20, 3.5) // against seven others
	if math.Abs(after.Juror[3]) < 4*errors[3] {
		t.Errorf("leniency %v ± %v", after.Juror[3], errors[3])
	}
	if f := after.Flags(); len(f) > 2 {
		t.Errorf("a juror who is harsh throughout is flagged: %+v", f)
	}
	w.Reviews[10].Score -= 15
	out, err := Fit(w.Panel)
	must(t, err)
	f := out.Flags()
	if len(f) != 1 || f[0].Review != 10 || f[0].Sigmas > -3 || math.Abs(f[0].Residual-f[0].Sigmas*math.Sqrt(out.Variances.Residual)) > 1e-9 {
		t.Errorf("flags %+v", f)
	}
}

func orderOf(value []float64) []int {
	out := make([]int, len(value))
	for i := range value {
		for _, x := range value {
			if x > value[i] {
				out[i]++
			}
		}
	}
	return out
}

func equal(a, b []int) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// A juror with a single review is believed little: the leniency is finite and shrunken, its error
// nearly that of a juror of whom nothing is known. Entries and jurors without reviews break nothing.
func TestLittleIsKnown(t *testing.T) {
	t.Parallel()
	w := simulate(3, plan{entries: 20, jurors: 6, pools: 2, k: 3, entry: 8, juror: 5, error: 8})
	w.Jurors += 2
	w.Pools++
	w.Pool = append(w.Pool, 0, 2) // one entry nobody read, one alone in a pool without a review
	w.Reviews = append(w.Reviews, Review{Entry: 0, Juror: 6, Score: w.worth[0] + 30})
	m, err := FitAt(w.Panel, Ratios{Entry: 1, Juror: 2.5})
	must(t, err)
	jurors, entries := m.JurorErrors(), m.EntryErrors()
	alone := math.Sqrt(m.Variances.Juror)
	if b := m.Juror[6]; b <= 0 || b > 20 || jurors[6] >= alone || jurors[6] < 0.6*alone {
		t.Errorf("one review: %v ± %v, where jurors differ by %v", b, jurors[6], alone)
	}
	near(t, "a juror without reviews", m.Juror[7], 0, 1e-9)
	near(t, "its error", jurors[7], alone, 1e-9)
	unread, lonely := len(w.Pool)-2, len(w.Pool)-1
	near(t, "an entry without reviews", m.Entry[unread], 0, 1e-9)
	if !math.IsNaN(m.Score[unread]) || !math.IsNaN(w.Raw()[unread]) || !math.IsNaN(m.Mean[2]) || entries[unread] < math.Sqrt(m.Variances.Entry) {
		t.Errorf("an entry without reviews: %v ± %v, pool %v", m.Score[unread], entries[unread], m.Mean[2])
	}
	if parts := w.Parts(); parts[unread] != -1 || parts[lonely] != -1 || parts[0] != 0 || w.Split() {
		t.Errorf("parts %v", parts)
	}
	c, err := m.Confidence(fields(w.Panel, 1), 200, [32]byte{})
	must(t, err)
	if c[lonely].Chance != 1 || c[lonely].Expected != 1 {
		t.Errorf("alone in its pool: %+v", c[lonely])
	}
	without, err := m.Without(0)
	must(t, err)
	if without.Ratios != m.Ratios || without.Juror[0] != 0 || len(without.Panel.Reviews) >= len(m.Panel.Reviews) {
		t.Errorf("without juror 0: %+v", without.Juror)
	}
}

func TestNothingToFit(t *testing.T) {
	t.Parallel()
	one := Panel{Pools: 1, Pool: []int{0}, Jurors: 1, Reviews: []Review{{0, 0, 50}}}
	flat := Panel{Pools: 2, Pool: []int{0, 0, 1}, Jurors: 2, Reviews: []Review{{0, 0, 50}, {1, 1, 50}, {2, 0, 70}, {2, 1, 70}}}
	for name, c := range map[string]struct {
		panel Panel
		want  error
	}{
		"no entries": {Panel{}, ErrTooFew},
		"no reviews": {Panel{Pools: 1, Pool: []int{0, 0}, Jurors: 3}, ErrTooFew},
		"one review": {one, ErrTooFew},
		"all alike":  {flat, ErrNoSpread},
	} {
		if _, err := Fit(c.panel); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	for name, r := range map[string]Review{"entry": {1, 0, 5}, "juror": {0, 1, 5}, "score": {0, 0, math.NaN()}} {
		if _, err := Fit(Panel{Pools: 1, Pool: []int{0}, Jurors: 1, Reviews: []Review{r}}); err == nil || errors.Is(err, ErrTooFew) {
			t.Errorf("a wrong %s: %v", name, err)
		}
	}
	if _, err := Fit(Panel{Pools: 1, Pool: []int{1}}); err == nil || errors.Is(err, ErrTooFew) {
		t.Errorf("a wrong pool: %v", err)
	}
}

// Large fields are sorted by counting, small ones by comparing: the ranks are the same, and an entry
// outside of every field takes nobody's place.
func TestRanksOfLargeFields(t *testing.T) {
	t.Parallel()
	w := simulate(4, plan{entries: 301, jurors: 9, pools: 1, k: 3, entry: 8, juror: 5, error: 8})
	m, err := Fit(w.Panel)
	must(t, err)
	d := m.drawer([32]byte{5})
	worths := d.next(1)
	large := &standing{ranks: make([]uint16, 300), keys: make([]uint64, 300), spare: make([]uint64, 300)}
	for i := range 300 {
		large.Entries = append(large.Entries, i+1)
	}
	large.rank(worths, 0, 1)
	for at, i := range large.Entries {
		better := 0
		for _, other := range large.Entries {
			if worths[other] > worths[i] {
				better++
			}
		}
		if int(large.ranks[at]) != better {
			t.Fatalf("entry %d has rank %d, %d are better", i, large.ranks[at], better)
		}
	}
	c, err := m.Confidence([]Field{{large.Entries, 300}}, 10, [32]byte{5})
	must(t, err)
	if c[0] != (Confidence{}) || c[1].Chance != 1 {
		t.Errorf("outside %+v, inside %+v", c[0], c[1])
	}
	if _, err := m.Confidence([]Field{{make([]int, 1<<16), 1}}, 1, [32]byte{}); !errors.Is(err, ErrTooMany) {
		t.Errorf("too many: %v", err)
	}
}

// Scores that add up exactly, without any error, are fitted all the same.
func TestScoresWithoutError(t *testing.T) {
	t.Parallel()
	p := Panel{Pools: 1, Pool: make([]int, 5), Jurors: 4}
	for i := range p.Pool {
		for j := range p.Jurors {
			p.Reviews = append(p.Reviews, Review{i, j, float64(50 + 5*i - 3*j)})
		}
	}
	m, err := Fit(p)
	must(t, err)
	for i := range p.Pool {
		near(t, "entry", m.Score[i]-m.Score[0], float64(5*i), 1e-6)
	}
	if m.JurorsAlike() || m.EntriesAlike() {
		t.Errorf("ratios %+v", m.Ratios)
	}
}
