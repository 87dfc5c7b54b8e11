package calibrate

import (
	"math"
	"math/rand/v2"
	"testing"
)

// skating is the real panel: 1,726 performances, 215 judges, 152 segments; a review is the mean of
// five criteria, times ten.
func skating(t *testing.T) Panel {
	t.Helper()
	type key struct{ entry, juror int }
	pools, entries, jurors := places{}, places{}, places{}
	p := Panel{}
	at := map[key]int{}
	for _, row := range table(t, "skating_reviews.csv") {
		k := key{entries.of(row[1]), jurors.of(row[2])}
		if k.entry == len(p.Pool) {
			p.Pool = append(p.Pool, pools.of(row[0]))
		}
		if _, known := at[k]; !known {
			at[k] = len(p.Reviews)
			p.Reviews = append(p.Reviews, Review{Entry: k.entry, Juror: k.juror})
		}
		p.Reviews[at[k]].Score += decimal(t, row[4]) * 10 / 5
	}
	p.Pools, p.Jurors = len(pools), len(jurors)
	if len(p.Pool) != 1726 || p.Jurors != 215 || p.Pools != 152 || len(p.Reviews) != 15534 {
		t.Fatalf("%d entries, %d jurors, %d pools, %d reviews", len(p.Pool), p.Jurors, p.Pools, len(p.Reviews))
	}
	return p
}

// halves keeps three reviews an entry to learn from; the others are to be foretold.
func halves(p Panel, rng *rand.Rand) (learn Panel, rest []Review) {
	of := make([][]Review, len(p.Pool))
	for _, r := range p.Reviews {
		of[r.Entry] = append(of[r.Entry], r)
	}
	learn = p
	learn.Reviews = nil
	for _, list := range of {
		rng.Shuffle(len(list), func(a, b int) { list[a], list[b] = list[b], list[a] })
		learn.Reviews = append(learn.Reviews, list[:3]...)
		rest = append(rest, list[3:]...)
	}
	return learn, rest
}

// miss is the root mean square of what a forecast is off by.
func miss(rest []Review, forecast func(Review) float64) float64 {
	sum := 0.0
	for _, r := range rest {
		d := r.Score - forecast(r)
		sum += d * d
	}
	return math.Sqrt(sum / float64(len(rest)))
}

// From three judges' scores the model foretells the other six better than the raw mean does; z-scores
// do worse than raw.
func TestSkating(t *testing.T) {
	t.Parallel()
	p := skating(t)
	var raw, calibrated, standard float64
	times := rounds(t, 3)
	for round := range times {
		learn, rest := halves(p, rand.New(rand.NewPCG(uint64(round), 3)))
		m, err := Fit(learn)
		must(t, err)
		means, z := learn.Raw(), onScale(learn)
		n := float64(times)
		raw += miss(rest, func(r Review) float64 { return means[r.Entry] }) / n
		calibrated += miss(rest, func(r Review) float64 { return m.Expected(r.Entry, r.Juror) }) / n
		standard += miss(rest, func(r Review) float64 { return z[r.Entry] }) / n
	}
	t.Logf("figure skating_rmse_raw = %.2f points (mean of three reviews against the other six)", raw)
	t.Logf("figure skating_rmse_calibrated = %.2f points (z-scores: %.2f)", calibrated, standard)
	near(t, "raw", raw, 4.53, 0.08)
	if calibrated > raw-0.4 {
		t.Errorf("calibrated %.3f is not 0.4 below raw %.3f", calibrated, raw)
	}
	if standard <= raw {
		t.Errorf("z-scores %.3f are not worse than raw %.3f", standard, raw)
	}
}

// onScale puts z-scores back on the panel's scale.
func onScale(p Panel) []float64 {
	var sum, squares float64
	n := float64(len(p.Reviews))
	for _, r := range p.Reviews {
		sum += r.Score
		squares += r.Score * r.Score
	}
	mean := sum / n
	deviation := math.Sqrt(squares/n - mean*mean)
	out := p.ZScores()
	for i := range out {
		out[i] = mean + out[i]*deviation
	}
	return out
}
