package calibrate

import (
	"math"
	"slices"
)

// count is how often one unknown occurs in the reviews of one eliminated unit.
type count struct {
	at    int
	times float64
}

// unit is one entry (or juror, where there are more jurors) that is eliminated from the equations.
type unit struct {
	n, sum float64 // of its reviews; scores centred
	counts []count // v: pools and the other side's units that its reviews belong to
}

// system is the mixed model's equations with the larger side eliminated. The unknowns that stay are
// the pools' means, then the units of the smaller side.
type system struct {
	pools, kept int
	swapped     bool // jurors are eliminated, entries kept
	units       []unit
	cross       upper     // K'K
	right       []float64 // K'y
	squares     float64   // y'y
	centre      float64   // taken off each score for precision
	freedom     float64   // reviews less pools that have any
}

func newSystem(p Panel) *system {
	s := &system{pools: p.Pools, kept: p.Jurors, swapped: p.Jurors > len(p.Pool)}
	s.units = make([]unit, len(p.Pool))
	if s.swapped {
		s.kept = len(p.Pool)
		s.units = make([]unit, p.Jurors)
	}
	for _, r := range p.Reviews {
		s.centre += r.Score / float64(len(p.Reviews))
	}
	size := max(1, s.pools+s.kept)
	s.cross, s.right = newUpper(size), make([]float64, size)
	for _, r := range p.Reviews {
		s.add(p.Pool[r.Entry], r)
	}
	s.freedom = float64(len(p.Reviews))
	for pool := range s.pools {
		if mean := &s.cross.data[pool*size+pool]; *mean == 0 {
			*mean = 1 // nobody scored here: a mean of its own that touches nothing
			continue
		}
		s.freedom--
	}
	for i := range s.units {
		slices.SortFunc(s.units[i].counts, func(a, b count) int { return a.at - b.at })
	}
	return s
}

func (s *system) add(pool int, r Review) {
	gone, kept := r.Entry, s.pools+r.Juror
	if s.swapped {
		gone, kept = r.Juror, s.pools+r.Entry
	}
	y := r.Score - s.centre
	s.squares += y * y
	s.right[pool] += y
	s.right[kept] += y
	for _, at := range [][2]int{{pool, pool}, {kept, kept}, {pool, kept}} {
		s.cross.data[at[0]*s.cross.n+at[1]]++
	}
	u := &s.units[gone]
	u.n++
	u.sum += y
	u.count(pool)
	u.count(kept)
}

func (u *unit) count(at int) {
	for k := range u.counts {
		if u.counts[k].at == at {
			u.counts[k].times++
			return
		}
	}
	u.counts = append(u.counts, count{at, 1})
}

// times is v'x.
func (u *unit) times(x []float64) float64 {
	sum := 0.0
	for _, c := range u.counts {
		sum += c.times * x[c.at]
	}
	return sum
}

// solution is the equations solved at given ratios of variances.
type solution struct {
	eliminated, kept float64 // λ of either side
	theta            []float64
	factor           upper   // U of S = U'U
	residual         float64 // σe²
	criterion        float64 // −2 ℓ_R; +∞ where the equations have no solution
}

// workspace is what every evaluation of the criterion needs anew.
type workspace struct {
	matrix upper
	right  []float64 // g
	out    solution
}

func (s *system) workspace() *workspace {
	n := len(s.right)
	return &workspace{matrix: newUpper(n), right: make([]float64, n), out: solution{theta: make([]float64, n)}}
}

// solve solves the equations in w, whose solution is good until the next call.
func (s *system) solve(w *workspace, eliminated, kept float64) *solution {
	out := &w.out
	out.eliminated, out.kept, out.criterion = eliminated, kept, math.Inf(1)
	determinant, left := s.eliminate(w, eliminated, kept)
	out.factor = w.matrix
	if !out.factor.factorise() {
		return out
	}
	copy(out.theta, w.right)
	out.factor.solveTransposed(out.theta)
	for k, x := range out.theta {
		left -= x * x // θ'g = |U'⁻¹g|²
		determinant += 2 * math.Log(out.factor.from(k)[0])
	}
	out.factor.solve(out.theta)
	left = max(left, 1e-12*s.squares) // scores without any error would have an infinite likelihood
	out.residual = left / s.freedom
	out.criterion = s.freedom*(1+math.Log(2*math.Pi*out.residual)) + determinant -
		float64(len(s.units))*math.Log(eliminated) - float64(s.kept)*math.Log(kept)
	return out
}

// eliminate writes S and g, and gives Σ ln D and y'y − Σ t²/D.
func (s *system) eliminate(w *workspace, eliminated, kept float64) (determinant, left float64) {
	copy(w.matrix.data, s.cross.data)
	copy(w.right, s.right)
	n := w.matrix.n
	for k := s.pools; k < s.pools+s.kept; k++ {
		w.matrix.data[k*n+k] += kept
	}
	left = s.squares
	for i := range s.units {
		u := &s.units[i]
		d := u.n + eliminated
		determinant += math.Log(d)
		left -= u.sum * u.sum / d
		for k, a := range u.counts {
			w.right[a.at] -= a.times * u.sum / d
			row := w.matrix.data[a.at*n:]
			for _, b := range u.counts[k:] { // in rising order: the upper triangle
				row[b.at] -= a.times * b.times / d
			}
		}
	}
	return determinant, left
}
