package calibrate

import (
	"cmp"
	"math"
	"slices"
)

// Where the logarithms of the ratios of variances are looked for. At the upper end a variance is a
// millionth of the error's: none that matters.
const lowest, highest = -9, 14

// point is a place and the criterion there.
type point struct {
	x     [2]float64
	value float64
}

// minimise finds the least value of f over the square [lowest, highest]² by Nelder and Mead's
// simplex; steps that would leave the square end at its edge. It starts once more, in smaller steps,
// from where it ended, since a simplex that lies along an edge may have stopped too early.
func minimise(f func(a, b float64) float64, start [2]float64) [2]float64 {
	return descend(f, descend(f, start, 1, 1e-2), 0.1, 1e-4)
}

// descend starts with a simplex of the given step and ends when it has shrunk to the given size.
func descend(f func(a, b float64) float64, start [2]float64, step, size float64) [2]float64 {
	at := func(x [2]float64) point {
		for k := range x {
			x[k] = min(max(x[k], lowest), highest)
		}
		return point{x, f(x[0], x[1])}
	}
	inward := func(x float64) float64 {
		if x > highest-step {
			return x - step
		}
		return x + step
	}
	simplex := []point{at(start), at([2]float64{inward(start[0]), start[1]}), at([2]float64{start[0], inward(start[1])})}
	for range 200 {
		slices.SortFunc(simplex, func(a, b point) int { return cmp.Compare(a.value, b.value) })
		best, middle, worst := simplex[0], simplex[1], simplex[2]
		if worst.value-best.value < 1e-3*size && span(simplex) < size {
			break
		}
		// The line from the worst point through the middle of the others.
		along := func(by float64) point {
			var x [2]float64
			for k := range x {
				centre := (best.x[k] + middle.x[k]) / 2
				x[k] = centre + by*(centre-worst.x[k])
			}
			return at(x)
		}
		mirrored := along(1)
		switch {
		case mirrored.value < best.value:
			if further := along(2); further.value < mirrored.value {
				mirrored = further
			}
			simplex[2] = mirrored
		case mirrored.value < middle.value:
			simplex[2] = mirrored
		default:
			half := along(-0.5)
			if mirrored.value < worst.value {
				half = along(0.5)
			}
			if half.value < min(mirrored.value, worst.value) {
				simplex[2] = half
				break
			}
			for k := 1; k < 3; k++ { // shrink towards the best
				x := simplex[k].x
				simplex[k] = at([2]float64{(best.x[0] + x[0]) / 2, (best.x[1] + x[1]) / 2})
			}
		}
	}
	return simplex[0].x
}

// span is the greatest distance of a simplex's points from its first, along an axis.
func span(simplex []point) float64 {
	out := 0.0
	for _, p := range simplex[1:] {
		for k := range p.x {
			out = math.Max(out, math.Abs(p.x[k]-simplex[0].x[k]))
		}
	}
	return out
}
