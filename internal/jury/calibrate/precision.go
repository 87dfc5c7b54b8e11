package calibrate

import "math"

// EntryErrors are the standard errors of each entry's worth, μ + a, where the pool's mean is
// estimated as well.
func (m *Model) EntryErrors() []float64 {
	out := make([]float64, len(m.Panel.Pool))
	for i, pool := range m.Panel.Pool {
		out[i] = m.error(m.system.swapped, i, pool)
	}
	return out
}

// JurorErrors are the standard errors of each juror's leniency. A juror without reviews has that of
// the jurors' spread.
func (m *Model) JurorErrors() []float64 {
	out := make([]float64, m.Panel.Jurors)
	for j := range out {
		out[j] = m.error(!m.system.swapped, j, -1)
	}
	return out
}

// error is the standard error of unit i's effect, kept in the equations or eliminated from them,
// plus the mean of a pool unless that is -1.
func (m *Model) error(kept bool, i, pool int) float64 {
	u := []count{}
	if pool >= 0 {
		u = append(u, count{pool, 1})
	}
	own := 0.0
	if kept {
		u = append(u, count{m.system.pools + i, 1})
	} else {
		x := &m.system.units[i]
		d := x.n + m.solution.eliminated
		own = 1 / d
		for _, c := range x.counts {
			u = append(u, count{c.at, -c.times / d})
		}
	}
	return math.Sqrt(m.Variances.Residual * (own + m.quadratic(u)))
}

// quadratic is u'S⁻¹u of a sparse u.
func (m *Model) quadratic(u []count) float64 {
	if m.inverse.n == 0 {
		m.inverse = m.solution.factor.inverse()
	}
	sum := 0.0
	for _, a := range u {
		for _, b := range u {
			sum += a.times * b.times * m.inverse.data[min(a.at, b.at)*m.inverse.n+max(a.at, b.at)]
		}
	}
	return sum
}
