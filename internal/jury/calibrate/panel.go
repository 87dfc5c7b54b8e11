// Package calibrate separates what an entry is worth from how strict its jurors are. It fits
//
//	score = mean of the pool + entry + juror + error
//
// with pools fixed, entries and jurors random and the variances by REML, exactly, and says how sure
// the order is. It is pure: numbers in, numbers out, the same for the same input. The mathematics,
// with sources, stands in docs/calibration.md.
package calibrate

import (
	"errors"
	"fmt"
	"math"
)

// Review is one total of one juror for one entry, 0 to 100. Entry and Juror are places in a Panel.
type Review struct {
	Entry, Juror int
	Score        float64
}

// Panel is everything that was scored. Entries that share prizes share a pool; entries are ranked
// within their pool only.
type Panel struct {
	Pool    []int // of each entry, from 0; its length is the number of entries
	Pools   int
	Jurors  int
	Reviews []Review
}

// What no model can be fitted to.
var (
	// ErrTooFew is for no more reviews than pools: nothing is left to tell spread from level.
	ErrTooFew = errors.New("calibrate: too few reviews to fit")
	// ErrNoSpread says that within each pool all scores are the same.
	ErrNoSpread = errors.New("calibrate: all scores are the same")
)

// check finds what a caller got wrong.
func (p Panel) check() error {
	for i, pool := range p.Pool {
		if pool < 0 || pool >= p.Pools {
			return fmt.Errorf("calibrate: entry %d is in pool %d of %d", i, pool, p.Pools)
		}
	}
	for k, r := range p.Reviews {
		switch {
		case r.Entry < 0 || r.Entry >= len(p.Pool):
			return fmt.Errorf("calibrate: review %d is of entry %d of %d", k, r.Entry, len(p.Pool))
		case r.Juror < 0 || r.Juror >= p.Jurors:
			return fmt.Errorf("calibrate: review %d is by juror %d of %d", k, r.Juror, p.Jurors)
		case math.IsNaN(r.Score) || math.IsInf(r.Score, 0):
			return fmt.Errorf("calibrate: review %d has no score", k)
		}
	}
	return nil
}

// Raw is each entry's mean score, NaN without reviews.
func (p Panel) Raw() []float64 {
	return p.means(func(r Review) float64 { return r.Score })
}

// means averages a value of each review over each entry; NaN without reviews.
func (p Panel) means(value func(Review) float64) []float64 {
	out, count := make([]float64, len(p.Pool)), make([]float64, len(p.Pool))
	for _, r := range p.Reviews {
		out[r.Entry] += value(r)
		count[r.Entry]++
	}
	for i := range out {
		out[i] /= count[i]
	}
	return out
}

// Without is the panel without one juror's reviews.
func (p Panel) Without(juror int) Panel {
	left := make([]Review, 0, len(p.Reviews))
	for _, r := range p.Reviews {
		if r.Juror != juror {
			left = append(left, r)
		}
	}
	p.Reviews = left
	return p
}
