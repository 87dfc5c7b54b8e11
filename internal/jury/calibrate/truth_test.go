package calibrate

import (
	"math"
	"testing"
)

// covered counts how often the 90 % interval of an entry's worth holds the truth.
func covered(t *testing.T, s plan, from uint64, times int) float64 {
	t.Helper()
	hits, all := 0, 0
	for round := range times {
		w := simulate(from+uint64(round), s)
		m, err := Fit(w.Panel)
		must(t, err)
		errors := m.EntryErrors()
		for i, worth := range w.worth {
			all++
			if math.Abs(m.Mean[m.Panel.Pool[i]]+m.Entry[i]-worth) <= 1.6449*errors[i] {
				hits++
			}
		}
	}
	return float64(hits) / float64(all)
}

func TestIntervalsHoldTheTruth(t *testing.T) {
	t.Parallel()
	large := covered(t, plan{entries: 100, jurors: 15, pools: 1, k: 3, entry: 8, juror: 5, error: 8}, 100, rounds(t, 40))
	t.Logf("figure interval_coverage = %.3f (90 %% intervals, 100 entries, 15 jurors, 3 reviews each)", large)
	if large < 0.88 || large > 0.96 {
		t.Errorf("the 90 %% interval covers %.3f", large)
	}
	small := covered(t, contest24(3), 500, rounds(t, 60))
	t.Logf("coverage at 24 × 6: %.3f", small)
	if small < 0.86 || small > 0.92 {
		t.Errorf("at 24 × 6 the 90 %% interval covers %.3f", small)
	}
}

// contest24 is the usual contest: 24 entries for two prizes, six jurors, k reviews each.
func contest24(k int) plan {
	return plan{entries: 24, jurors: 6, pools: 2, k: k, entry: 8, juror: 5, error: 8}
}

// winner is the best of a pool's entries by a value.
func winner(p Panel, pool int, value []float64) int {
	best := -1
	for i, x := range value {
		if p.Pool[i] == pool && (best < 0 || x > value[best]) {
			best = i
		}
	}
	return best
}

// right gives how often the best entry of a pool wins by raw means, by calibrated scores and by
// z-scores, and the part of fits that find no difference between jurors.
func right(t *testing.T, s plan, from uint64, times int) (raw, calibrated, standard, alike float64) {
	t.Helper()
	for round := range times {
		w := simulate(from+uint64(round), s)
		m, err := Fit(w.Panel)
		must(t, err)
		if m.JurorsAlike() {
			alike += 1 / float64(times)
		}
		for pool := range s.pools {
			best, one := winner(w.Panel, pool, w.worth), 1/float64(times*s.pools)
			if winner(w.Panel, pool, w.Raw()) == best {
				raw += one
			}
			if winner(w.Panel, pool, m.Score) == best {
				calibrated += one
			}
			if winner(w.Panel, pool, w.ZScores()) == best {
				standard += one
			}
		}
	}
	return raw, calibrated, standard, alike
}

// In small contests calibration hardly changes who wins, and everyone reading everything does more
// than any arithmetic: that is why the raw mean is their official order by default.
func TestSmallContests(t *testing.T) {
	t.Parallel()
	times := rounds(t, 300)
	raw, calibrated, standard, _ := right(t, contest24(3), 2000, times)
	t.Logf("figure small_right_winner_raw = %.2f (24 entries, 6 jurors, 3 reviews each)", raw)
	t.Logf("figure small_right_winner_calibrated = %.2f (z-scores: %.2f)", calibrated, standard)
	near(t, "right winner by raw mean", raw, 0.56, 0.06)
	near(t, "right winner by calibrated score", calibrated, 0.58, 0.06)
	if calibrated < raw-0.02 {
		t.Errorf("calibration picks the right winner %.3f of the time, the raw mean %.3f", calibrated, raw)
	}
	rawAll, calibratedAll, _, _ := right(t, contest24(6), 5000, times)
	t.Logf("everyone reads everything: raw %.3f, calibrated %.3f", rawAll, calibratedAll)
	near(t, "everyone reads everything, raw", rawAll, 0.66, 0.06)
	near(t, "everyone reads everything, calibrated", calibratedAll, rawAll, 1e-9)
	s := contest24(3)
	s.juror = 2
	_, _, _, alike := right(t, s, 8000, times/3)
	t.Logf("jurors who hardly differ: %.2f of the fits find nothing", alike)
	near(t, "fits at the boundary", alike, 0.3, 0.12)
}

// A chance of a slot is kept: of what is said to be 70 % likely, 70 % comes true.
func TestChancesAreHonest(t *testing.T) {
	t.Parallel()
	const bins = 10
	var said, came, count [bins]float64
	s := plan{entries: 100, jurors: 15, pools: 1, k: 3, entry: 8, juror: 5, error: 8}
	slots, all := 10, 0.0
	for round := range rounds(t, 40) {
		w := simulate(20000+uint64(round), s)
		m, err := Fit(w.Panel)
		must(t, err)
		c, err := m.Confidence(fields(w.Panel, slots), 1000, [32]byte{byte(round)})
		must(t, err)
		for i, worth := range w.worth {
			better := 0
			for _, other := range w.worth {
				if other > worth {
					better++
				}
			}
			bin := min(bins-1, int(c[i].Chance*bins))
			said[bin] += c[i].Chance
			count[bin]++
			all++
			if better < slots {
				came[bin]++
			}
		}
	}
	off := 0.0
	for b := range bins {
		off += math.Abs(said[b]-came[b]) / all
	}
	t.Logf("expected calibration error %.4f", off)
	if off > 0.02 {
		t.Errorf("expected calibration error %.4f", off)
	}
}

// Two tracks without a shared juror and a gap of ten points: pools as fixed effects keep the gap,
// one pool for all shrinks it away.
func TestTracksWithoutASharedJuror(t *testing.T) {
	t.Parallel()
	s := plan{entries: 60, jurors: 12, pools: 2, k: 3, entry: 8, juror: 5, error: 8, gap: 10, apart: true}
	// The jurors' own levels and the tracks' entries are whatever they were drawn: the truth is what
	// this sample's entries and jurors add up to.
	var bias, without float64
	times := rounds(t, 60)
	for round := range times {
		w := simulate(30000+uint64(round), s)
		truth := gap(w, func(i int) float64 { return w.worth[i] }) + gapOf(w, w.lenient)
		m, err := Fit(w.Panel)
		must(t, err)
		bias += (gap(w, func(i int) float64 { return m.Mean[w.Pool[i]] + m.Entry[i] }) - truth) / float64(times)
		one := w.Panel
		one.Pools, one.Pool = 1, make([]int, len(w.Pool))
		m, err = Fit(one)
		must(t, err)
		without += (gap(w, func(i int) float64 { return m.Mean[0] + m.Entry[i] }) - truth) / float64(times)
	}
	t.Logf("bias of the gap %.2f, without the pools' effect %.2f", bias, without)
	near(t, "bias", bias, 0, 0.5)
	if without > -4 {
		t.Errorf("one pool for both tracks: bias %.2f", without)
	}
	if w := simulate(1, s); w.Split() || w.Parts()[0] == w.Parts()[1] {
		t.Error("the tracks hang together, or a pool does not")
	}
}

// gap is the mean of the second track less that of the first.
func gap(w truth, value func(i int) float64) float64 {
	var sum, n [2]float64
	for i, pool := range w.Pool {
		sum[pool] += value(i)
		n[pool]++
	}
	return sum[1]/n[1] - sum[0]/n[0]
}

// gapOf is how much more lenient the second track's jurors are, over its reviews.
func gapOf(w truth, lenient []float64) float64 {
	var sum, n [2]float64
	for _, r := range w.Reviews {
		sum[w.Pool[r.Entry]] += lenient[r.Juror]
		n[w.Pool[r.Entry]]++
	}
	return sum[1]/n[1] - sum[0]/n[0]
}
