package calibrate

import "math"

// Ratios are the error's variance over that of the entries (λa) and of the jurors (λb). Large: the
// entries, or the jurors, hardly differ.
type Ratios struct{ Entry, Juror float64 }

// Variances are in squared points of score.
type Variances struct{ Entry, Juror, Residual float64 }

// Model is a fitted panel.
type Model struct {
	Panel     Panel
	Ratios    Ratios
	Variances Variances
	Criterion float64   // −2 × the restricted log-likelihood
	Mean      []float64 // μ of each pool; NaN where nobody scored
	Entry     []float64 // a: how far an entry is above its pool's mean, shrunken by what is not known
	Juror     []float64 // b: how far a juror scores above the others; above 0 is lenient
	// Score is the calibrated score: the mean of an entry's reviews after taking off each juror's
	// leniency. It is not shrunken, so that a councillor can follow it. NaN without reviews.
	Score []float64

	system   *system
	solution *solution
	inverse  upper // S⁻¹; made when first asked for
}

// Fit estimates the variances by REML and everything that follows from them.
func Fit(p Panel) (*Model, error) {
	s, err := prepare(p)
	if err != nil {
		return nil, err
	}
	w := s.workspace()
	best := minimise(func(a, b float64) float64 {
		return s.solve(w, math.Exp(a), math.Exp(b)).criterion
	}, [2]float64{0, 1})
	return s.model(p, s.solve(w, math.Exp(best[0]), math.Exp(best[1])))
}

// FitAt takes the ratios as given.
func FitAt(p Panel, r Ratios) (*Model, error) {
	s, err := prepare(p)
	if err != nil {
		return nil, err
	}
	eliminated, kept := r.Entry, r.Juror
	if s.swapped {
		eliminated, kept = kept, eliminated
	}
	return s.model(p, s.solve(s.workspace(), eliminated, kept))
}

// Without fits the same ratios to the panel without one juror's reviews.
func (m *Model) Without(juror int) (*Model, error) {
	return FitAt(m.Panel.Without(juror), m.Ratios)
}

func prepare(p Panel) (*system, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	s := newSystem(p)
	if s.freedom < 1 {
		return nil, ErrTooFew
	}
	if !p.spread() {
		return nil, ErrNoSpread
	}
	return s, nil
}

// spread reports whether any pool has two different scores.
func (p Panel) spread() bool {
	first := map[int]float64{}
	for _, r := range p.Reviews {
		pool := p.Pool[r.Entry]
		score, seen := first[pool]
		if seen && score != r.Score {
			return true
		}
		first[pool] = r.Score
	}
	return false
}

func (s *system) model(p Panel, sol *solution) (*Model, error) {
	if math.IsInf(sol.criterion, 1) {
		return nil, ErrTooFew
	}
	m := &Model{Panel: p, Criterion: sol.criterion, system: s, solution: sol}
	m.Ratios = Ratios{Entry: sol.eliminated, Juror: sol.kept}
	gone, kept := make([]float64, len(s.units)), append([]float64(nil), sol.theta[s.pools:s.pools+s.kept]...)
	for i := range s.units {
		u := &s.units[i]
		gone[i] = (u.sum - u.times(sol.theta)) / (u.n + sol.eliminated)
	}
	m.Entry, m.Juror = gone, kept
	if s.swapped {
		m.Ratios = Ratios{Entry: sol.kept, Juror: sol.eliminated}
		m.Entry, m.Juror = kept, gone
	}
	m.Variances = Variances{Entry: sol.residual / m.Ratios.Entry, Juror: sol.residual / m.Ratios.Juror, Residual: sol.residual}
	m.Mean = make([]float64, s.pools)
	for pool := range m.Mean {
		m.Mean[pool] = sol.theta[pool] + s.centre
	}
	scored := make([]bool, s.pools)
	for _, r := range p.Reviews {
		scored[p.Pool[r.Entry]] = true
	}
	for pool, yes := range scored {
		if !yes {
			m.Mean[pool] = math.NaN()
		}
	}
	m.Score = p.means(func(r Review) float64 { return r.Score - m.Juror[r.Juror] })
	return m, nil
}

// Expected is what the model says of a juror's score of an entry.
func (m *Model) Expected(entry, juror int) float64 {
	return m.Mean[m.Panel.Pool[entry]] + m.Entry[entry] + m.Juror[juror]
}

// flat is the ratio from which a variance is nothing that could be measured.
var flat = math.Exp(highest - 1)

// JurorsAlike reports that no difference between the jurors' strictness could be found.
func (m *Model) JurorsAlike() bool { return m.Ratios.Juror > flat }

// EntriesAlike reports that no difference between the entries could be found.
func (m *Model) EntriesAlike() bool { return m.Ratios.Entry > flat }
