package calibrate

import (
	"math"
)

// Flag is a review that the model does not expect: further than three σe from what the entry and the
// juror would give. It asks for a conversation, never for a correction.
type Flag struct {
	Review   int     // its place in the panel
	Residual float64 // points above what was expected
	Sigmas   float64 // the same in σe
}

// Flags are the reviews with a residual beyond 3 σe, in the panel's order.
func (m *Model) Flags() []Flag {
	out := []Flag{}
	sigma := math.Sqrt(m.Variances.Residual)
	for k, r := range m.Panel.Reviews {
		residual := r.Score - m.Expected(r.Entry, r.Juror)
		if math.Abs(residual) > 3*sigma {
			out = append(out, Flag{k, residual, residual / sigma})
		}
	}
	return out
}

// ZScores are each entry's mean of its jurors' standardised scores: a diagnostic that never decides.
// NaN without reviews; a juror whose scores are all the same, or only one, says nothing (0).
func (p Panel) ZScores() []float64 {
	sums, squares, counts := make([]float64, p.Jurors), make([]float64, p.Jurors), make([]float64, p.Jurors)
	for _, r := range p.Reviews {
		sums[r.Juror] += r.Score
		counts[r.Juror]++
	}
	for _, r := range p.Reviews {
		d := r.Score - sums[r.Juror]/counts[r.Juror]
		squares[r.Juror] += d * d
	}
	return p.means(func(r Review) float64 {
		if counts[r.Juror] < 2 || squares[r.Juror] < 1e-9 {
			return 0
		}
		deviation := math.Sqrt(squares[r.Juror] / (counts[r.Juror] - 1))
		return (r.Score - sums[r.Juror]/counts[r.Juror]) / deviation
	})
}

// Parts tells which entries can be compared at all: entries with the same number hang together by
// jurors who read several of them, through however many steps. −1 without reviews. Numbers follow
// the entries' order.
func (p Panel) Parts() []int {
	root := make([]int, len(p.Pool)+p.Jurors)
	for k := range root {
		root[k] = k
	}
	find := func(k int) int {
		for root[k] != k {
			root[k] = root[root[k]]
			k = root[k]
		}
		return k
	}
	read := make([]bool, len(p.Pool))
	for _, r := range p.Reviews {
		read[r.Entry] = true
		root[find(r.Entry)] = find(len(p.Pool) + r.Juror)
	}
	out, numbers := make([]int, len(p.Pool)), map[int]int{}
	for i := range out {
		if !read[i] {
			out[i] = -1
			continue
		}
		at := find(i)
		if _, known := numbers[at]; !known {
			numbers[at] = len(numbers)
		}
		out[i] = numbers[at]
	}
	return out
}

// Split reports whether some pool's entries fall into parts that no juror connects: then calibration
// between the parts rests on the model's assumptions alone.
func (p Panel) Split() bool {
	first := make([]int, p.Pools)
	for pool := range first {
		first[pool] = -1
	}
	for i, part := range p.Parts() {
		pool := p.Pool[i]
		if part >= 0 && first[pool] >= 0 && part != first[pool] {
			return true
		}
		if part >= 0 {
			first[pool] = part
		}
	}
	return false
}
