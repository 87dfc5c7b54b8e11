package calibrate

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
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
	cross       blas64.Symmetric // K'K, its upper triangle
	right       []float64        // K'y
	squares     float64          // y'y
	centre      float64          // taken off each score for precision
	freedom     float64          // reviews less pools that have any
}

func symmetric(n int) blas64.Symmetric {
	return blas64.Symmetric{Uplo: blas.Upper, N: n, Stride: n, Data: make([]float64, n*n)}
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
	s.cross, s.right = symmetric(size), make([]float64, size)
	for _, r := range p.Reviews {
		s.add(p.Pool[r.Entry], r)
	}
	s.freedom = float64(len(p.Reviews))
	for pool := range s.pools {
		if mean := &s.cross.Data[pool*size+pool]; *mean == 0 {
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
		s.cross.Data[at[0]*s.cross.Stride+at[1]]++
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
	factor           blas64.Triangular // U of S = U'U
	residual         float64           // σe²
	criterion        float64           // −2 ℓ_R; +∞ where the equations have no solution
}

// workspace is what every evaluation of the criterion needs anew.
type workspace struct {
	matrix blas64.Symmetric
	right  []float64 // g
	out    solution
}

func (s *system) workspace() *workspace {
	n := len(s.right)
	return &workspace{matrix: symmetric(n), right: make([]float64, n), out: solution{theta: make([]float64, n)}}
}

// solve solves the equations in w, whose solution is good until the next call.
func (s *system) solve(w *workspace, eliminated, kept float64) *solution {
	out := &w.out
	out.eliminated, out.kept, out.criterion = eliminated, kept, math.Inf(1)
	determinant, left := s.eliminate(w, eliminated, kept)
	var ok bool
	if out.factor, ok = lapack64.Potrf(w.matrix); !ok {
		return out
	}
	copy(out.theta, w.right)
	theta := blas64.Vector{N: len(out.theta), Inc: 1, Data: out.theta}
	blas64.Trsv(blas.Trans, out.factor, theta)
	left -= blas64.Dot(theta, theta) // θ'g = |U'⁻¹g|²
	blas64.Trsv(blas.NoTrans, out.factor, theta)
	for k := range out.factor.N {
		determinant += 2 * math.Log(out.factor.Data[k*out.factor.Stride+k])
	}
	left = max(left, 1e-12*s.squares) // scores without any error would have an infinite likelihood
	out.residual = left / s.freedom
	out.criterion = s.freedom*(1+math.Log(2*math.Pi*out.residual)) + determinant -
		float64(len(s.units))*math.Log(eliminated) - float64(s.kept)*math.Log(kept)
	return out
}

// eliminate writes S and g, and gives Σ ln D and y'y − Σ t²/D.
func (s *system) eliminate(w *workspace, eliminated, kept float64) (determinant, left float64) {
	copy(w.matrix.Data, s.cross.Data)
	copy(w.right, s.right)
	n := w.matrix.Stride
	for k := s.pools; k < s.pools+s.kept; k++ {
		w.matrix.Data[k*n+k] += kept
	}
	left = s.squares
	for i := range s.units {
		u := &s.units[i]
		d := u.n + eliminated
		determinant += math.Log(d)
		left -= u.sum * u.sum / d
		for k, a := range u.counts {
			w.right[a.at] -= a.times * u.sum / d
			row := w.matrix.Data[a.at*n:]
			for _, b := range u.counts[k:] { // in rising order: the upper triangle
				row[b.at] -= a.times * b.times / d
			}
		}
	}
	return determinant, left
}
