package calibrate

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// anyPanel draws small panels of every shape: more jurors than entries, entries without a review,
// jurors with one, pools with nobody.
func anyPanel(t *rapid.T) Panel {
	p := Panel{Pools: rapid.IntRange(1, 3).Draw(t, "pools"), Jurors: rapid.IntRange(1, 9).Draw(t, "jurors")}
	for range rapid.IntRange(2, 9).Draw(t, "entries") {
		p.Pool = append(p.Pool, rapid.IntRange(0, p.Pools-1).Draw(t, "pool"))
	}
	for i := range p.Pool {
		for j := range p.Jurors {
			if rapid.Bool().Draw(t, "read") {
				p.Reviews = append(p.Reviews, Review{i, j, float64(rapid.IntRange(0, 1000).Draw(t, "score")) / 10})
			}
		}
	}
	return p
}

func anyRatios(t *rapid.T) Ratios {
	return Ratios{Entry: math.Exp(rapid.Float64Range(-3, 6).Draw(t, "λa")), Juror: math.Exp(rapid.Float64Range(-3, 6).Draw(t, "λb"))}
}

func close64(a, b float64) bool {
	return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-7*(1+math.Abs(a))
}

func same(t *rapid.T, what string, a, b []float64) {
	t.Helper()
	for i := range a {
		if !close64(a[i], b[i]) {
			t.Fatalf("%s %d: %v and %v", what, i, a[i], b[i])
		}
	}
}

// â = n/(n+λa) · (c − μ̂): what is shrunken and what is shown are one thing. And adding a constant
// to all scores moves the means only.
func TestIdentityAndShift(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, ratios := anyPanel(t), anyRatios(t)
		m, err := FitAt(p, ratios)
		if err != nil {
			return
		}
		count := make([]float64, len(p.Pool))
		for _, r := range p.Reviews {
			count[r.Entry]++
		}
		for i, n := range count {
			want := 0.0
			if n > 0 {
				want = n / (n + ratios.Entry) * (m.Score[i] - m.Mean[p.Pool[i]])
			}
			if !close64(m.Entry[i], want) && math.Abs(m.Entry[i]-want) > 1e-6 {
				t.Fatalf("entry %d: â %v, of its score %v", i, m.Entry[i], want)
			}
		}
		up := p
		up.Reviews = slices.Clone(p.Reviews)
		for k := range up.Reviews {
			up.Reviews[k].Score += 17
		}
		moved, err := FitAt(up, ratios)
		if err != nil {
			t.Fatal(err)
		}
		for pool := range moved.Mean {
			moved.Mean[pool] -= 17
		}
		same(t, "mean", m.Mean, moved.Mean)
		for i := range moved.Entry {
			if math.Abs(m.Entry[i]-moved.Entry[i]) > 1e-6 {
				t.Fatalf("entry %d moved: %v, %v", i, m.Entry[i], moved.Entry[i])
			}
		}
	})
}

// Who is called what, and in which order reviews come, changes nothing: not the fit, not the errors.
func TestRelabelling(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, ratios := anyPanel(t), anyRatios(t)
		m, err := FitAt(p, ratios)
		if err != nil {
			return
		}
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 1))
		entries, jurors := rng.Perm(len(p.Pool)), rng.Perm(p.Jurors)
		q := Panel{Pools: p.Pools, Jurors: p.Jurors, Pool: make([]int, len(p.Pool))}
		for i, to := range entries {
			q.Pool[to] = p.Pool[i]
		}
		for _, r := range p.Reviews {
			q.Reviews = append(q.Reviews, Review{entries[r.Entry], jurors[r.Juror], r.Score})
		}
		rng.Shuffle(len(q.Reviews), func(a, b int) { q.Reviews[a], q.Reviews[b] = q.Reviews[b], q.Reviews[a] })
		again, err := FitAt(q, ratios)
		if err != nil {
			t.Fatal(err)
		}
		if !close64(m.Criterion, again.Criterion) {
			t.Fatalf("criterion %v, %v", m.Criterion, again.Criterion)
		}
		back := func(list []float64, to []int) []float64 {
			out := make([]float64, len(list))
			for i := range out {
				out[i] = list[to[i]]
			}
			return out
		}
		same(t, "score", m.Score, back(again.Score, entries))
		same(t, "juror", m.Juror, back(again.Juror, jurors))
		same(t, "error", m.EntryErrors(), back(again.EntryErrors(), entries))
		same(t, "error of a juror", m.JurorErrors(), back(again.JurorErrors(), jurors))
		same(t, "z", p.ZScores(), back(q.ZScores(), entries))
	})
}

// Where everyone reads everything the calibrated order is the raw one, whatever the variances.
func TestCompleteDesignsKeepTheirOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := plan{entries: rapid.IntRange(2, 12).Draw(t, "entries"), jurors: rapid.IntRange(1, 12).Draw(t, "jurors"), pools: 1, entry: 8, juror: 5, error: 8}
		s.k = s.jurors
		w := simulate(rapid.Uint64().Draw(t, "seed"), s)
		m, err := FitAt(w.Panel, anyRatios(t))
		if err != nil {
			t.Fatal(err)
		}
		raw := w.Raw()
		for i := range raw {
			if math.Abs((m.Score[i]-raw[i])-(m.Score[0]-raw[0])) > 1e-8 {
				t.Fatalf("entry %d was moved by %v, entry 0 by %v", i, m.Score[i]-raw[i], m.Score[0]-raw[0])
			}
		}
	})
}

// The chances of a pool sum to its slots; bounds hold the expected rank; the seed alone decides.
func TestChancesSumToTheSlots(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := anyPanel(t)
		m, err := FitAt(p, anyRatios(t))
		if err != nil {
			return
		}
		slots, sizes := make([]int, p.Pools), make([]int, p.Pools)
		for _, pool := range p.Pool {
			sizes[pool]++
		}
		for pool := range slots {
			slots[pool] = rapid.IntRange(0, 4).Draw(t, "slots")
		}
		draws := rapid.SampledFrom([]int{1, block, 150}).Draw(t, "draws")
		c, err := m.Confidence(fields(p, slots...), draws, [32]byte{9})
		if err != nil {
			t.Fatal(err)
		}
		twice, _ := m.Confidence(fields(p, slots...), draws, [32]byte{9})
		if !slices.Equal(c, twice) {
			t.Fatal("the same seed gave other draws")
		}
		sum, ranks := make([]float64, p.Pools), make([]float64, p.Pools)
		for i, pool := range p.Pool {
			sum[pool] += c[i].Chance
			ranks[pool] += c[i].Expected
			if c[i].Low < 1 || c[i].Low > c[i].High || c[i].High > sizes[pool] {
				t.Fatalf("entry %d of %d: ranks %+v", i, sizes[pool], c[i])
			}
		}
		for pool, n := range sizes {
			if math.Abs(sum[pool]-float64(min(n, slots[pool]))) > 1e-9 || math.Abs(ranks[pool]-float64(n*(n+1)/2)) > 1e-6 {
				t.Fatalf("pool %d of %d: chances sum to %v for %d slots, ranks to %v", pool, n, sum[pool], slots[pool], ranks[pool])
			}
		}
	})
}

// However odd the panel, Fit answers with numbers or an error, and finds no better ratios nearby.
func TestFitIsAMinimum(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := anyPanel(t)
		m, err := Fit(p)
		if err != nil {
			return
		}
		for i, n := range m.EntryErrors() {
			if math.IsInf(n, 0) || math.IsNaN(n) && !math.IsNaN(m.Mean[p.Pool[i]]) {
				t.Fatalf("error of entry %d: %v", i, n)
			}
		}
		for _, step := range [][2]float64{{.2, 0}, {-.2, 0}, {0, .2}, {0, -.2}} {
			a, b := math.Log(m.Ratios.Entry)+step[0], math.Log(m.Ratios.Juror)+step[1]
			if a < lowest || a > highest || b < lowest || b > highest {
				continue
			}
			other, err := FitAt(p, Ratios{math.Exp(a), math.Exp(b)})
			if err == nil && other.Criterion < m.Criterion-1e-5 {
				t.Fatalf("λ %+v gives %v, %+v gives %v", m.Ratios, m.Criterion, other.Ratios, other.Criterion)
			}
		}
	})
}
