package meeting

import (
	"testing"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/jury"
)

// After a pitch round the minutes name the rank by the reviews, in the order that was to decide.
func TestTheRankByTheReviews(t *testing.T) {
	t.Parallel()
	var row jury.StandingRow
	row.Rank, row.RawRank, row.CalibratedRank = 1, 2, 3
	unfitted := row
	unfitted.CalibratedRank = 0
	for _, c := range []struct {
		order   contest.Order
		row     jury.StandingRow
		pitched bool
		want    int
	}{{contest.ByRaw, row, false, 1}, {contest.ByRaw, row, true, 2}, {contest.ByCalibrated, row, true, 3}, {contest.ByCalibrated, unfitted, true, 2}} {
		if got := firstRank(jury.Standing{Assessment: jury.Assessment{Order: c.order}}, c.row, c.pitched); got != c.want {
			t.Errorf("by %s, pitched %v: %d, want %d", c.order, c.pitched, got, c.want)
		}
	}
}
