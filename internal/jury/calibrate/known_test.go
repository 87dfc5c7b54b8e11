package calibrate

import (
	"math"
	"testing"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s: %.6f, want %.6f ± %g", what, got, want, within)
	}
}

// Penicillin: the figures that lme4 publishes for its own data set.
func TestPenicillin(t *testing.T) {
	t.Parallel()
	samples, plates := places{}, places{}
	p := Panel{Pools: 1}
	for _, row := range table(t, "penicillin.csv") {
		p.Reviews = append(p.Reviews, Review{Entry: samples.of(row[3]), Juror: plates.of(row[2]), Score: decimal(t, row[1])})
	}
	p.Pool, p.Jurors = make([]int, len(samples)), len(plates)
	m, err := Fit(p)
	must(t, err)
	t.Logf("figure penicillin_reml = %.4f (lme4 publishes 330.8606)", m.Criterion)
	near(t, "criterion", m.Criterion, 330.8606, 5e-5)
	near(t, "SD of plates", math.Sqrt(m.Variances.Juror), 0.8467, 5e-5)
	near(t, "SD of samples", math.Sqrt(m.Variances.Entry), 1.9316, 5e-5)
	near(t, "SD of errors", math.Sqrt(m.Variances.Residual), 0.5499, 5e-5)
	near(t, "mean", m.Mean[0], 22.9722, 5e-5)
	for i, want := range []float64{2.18706, -1.01048, 1.93790, -0.09689, -0.01384, -3.00374} {
		near(t, "sample", m.Entry[i], want, 5e-5)
	}
}

// Three entries, three jurors, and ratios given: everything is a fraction.
var fractions = Panel{Pools: 1, Pool: []int{0, 0, 0}, Jurors: 3, Reviews: []Review{
	{0, 0, 70}, {0, 1, 80}, {1, 1, 75}, {1, 2, 65}, {2, 0, 50}, {2, 2, 60}}}

func TestFractions(t *testing.T) {
	t.Parallel()
	m, err := FitAt(fractions, Ratios{Entry: 1, Juror: 2})
	must(t, err)
	near(t, "μ", m.Mean[0], 200.0/3, 1e-9)
	for i, want := range [3]float64{175.0 / 33, 40.0 / 33, -215.0 / 33} {
		near(t, "a", m.Entry[i], want, 1e-9)
	}
	for j, want := range [3]float64{-100.0 / 33, 125.0 / 33, -25.0 / 33} {
		near(t, "b", m.Juror[j], want, 1e-9)
	}
	for i, want := range [3]float64{4925.0 / 66, 2260.0 / 33, 3755.0 / 66} {
		near(t, "c", m.Score[i], want, 1e-9)
	}
}

// Whichever side is eliminated, the answer is the same: jurors and entries change places.
func TestEitherSideCanBeEliminated(t *testing.T) {
	t.Parallel()
	p := simulate(7, plan{entries: 9, jurors: 5, pools: 1, k: 3, entry: 8, juror: 5, error: 8})
	turned := Panel{Pools: 1, Pool: make([]int, p.Jurors), Jurors: len(p.Pool)}
	for _, r := range p.Reviews {
		turned.Reviews = append(turned.Reviews, Review{Entry: r.Juror, Juror: r.Entry, Score: r.Score})
	}
	a, err := FitAt(p.Panel, Ratios{Entry: 1.3, Juror: 2.4})
	must(t, err)
	b, err := FitAt(turned, Ratios{Entry: 2.4, Juror: 1.3})
	must(t, err)
	if a.system.swapped || !b.system.swapped {
		t.Fatal("the same side was eliminated twice")
	}
	near(t, "criterion", a.Criterion, b.Criterion, 1e-8)
	near(t, "residual variance", a.Variances.Residual, b.Variances.Residual, 1e-8)
	plain, crossed := a.JurorErrors(), b.EntryErrors()
	for j := range a.Juror {
		near(t, "leniency", a.Juror[j], b.Entry[j], 1e-8)
		if plain[j] >= crossed[j] {
			t.Errorf("the error of a juror's leniency %v holds the mean's as well: %v", plain[j], crossed[j])
		}
	}
	kept := b.JurorErrors()
	for i := range a.Entry {
		near(t, "entry", a.Entry[i], b.Juror[i], 1e-8)
		// The error of a alone, from the side where entries are kept, by the full inverse.
		near(t, "error of an entry", kept[i], a.error(false, i, -1), 1e-8)
	}
}
