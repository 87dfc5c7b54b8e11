package jury

import (
	"math"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/jury/calibrate"
	"fieldtrial/internal/jury/score"
)

func at(n byte) uuid.UUID { return uuid.UUID{15: n} }

// basisOf makes a basis of totals: rows are entries 1, 2, …, columns jurors 101, 102, …; below 0: not
// read.
func basisOf(order contest.Order, places int, totals ...[]float64) basis {
	b := basis{order: order, places: places, least: 2, fit: calibrate.Fit}
	var ids []uuid.UUID
	var reviews []score.Review
	for i, row := range totals {
		ids = append(ids, at(byte(i+1)))
		for j, total := range row {
			if total >= 0 {
				b.reviews = append(b.reviews, Counted{Entry: at(byte(i + 1)), Seat: at(byte(j + 101)), Total: total})
				reviews = append(reviews, score.Review{Entry: at(byte(i + 1)), Juror: at(byte(j + 101)), Total: total})
			}
		}
	}
	b.summary = score.Summarise(nil, ids, reviews)
	return b
}

// strict is a panel whose third juror takes fifteen points off: entry 1 had the bad luck, entry 4
// would not be second without it.
var strict = [][]float64{
	{80, 81, 66, -1}, {74, 75, -1, 74}, {-1, 60, 46, 61}, {76, -1, -1, 76}, {50, 52, 36, 51}, {40, -1, 24, 41}, {-1, 70, 55, 71},
}

func TestCalibrationFollowsThePanel(t *testing.T) {
	t.Parallel()
	raw, calibrated := assess(basisOf(contest.ByRaw, 2, strict...)), assess(basisOf(contest.ByCalibrated, 2, strict...))
	first := raw.Entries[0]
	if raw.Fit == nil || first.Official != first.Mean || math.Abs(first.Mean-227.0/3) > 1e-9 || *first.Calibrated < first.Mean+0.5 {
		t.Errorf("raw: %+v", first)
	}
	if e := calibrated.Entries[0]; e.Official != *e.Calibrated || e.Official < calibrated.Entries[3].Official {
		t.Errorf("calibrated: %+v", e)
	}
	third := calibrated.Jurors[2]
	if third.Seat != at(103) || third.Reviews != 5 || math.Abs(third.Mean-45.4) > 1e-9 || *third.Leniency > -8 || *third.Error <= 0 {
		t.Errorf("the strict juror: %+v", third)
	}
	sum := 0.0
	for _, r := range calibrated.Reviews {
		if r.Entry == at(1) {
			for _, j := range calibrated.Jurors {
				if j.Seat == r.Seat {
					sum += (r.Total - *j.Leniency) / 3
				}
			}
		}
	}
	if math.Abs(sum-calibrated.Entries[0].Official) > 1e-9 {
		t.Errorf("the arithmetic that is shown gives %v, the official score is %v", sum, calibrated.Entries[0].Official)
	}
	total := 0.0
	for _, e := range raw.Entries {
		total += e.Worth.Chance
	}
	if math.Abs(total-2) > 1e-9 || raw.Entries[0].Worth.Low < 1 {
		t.Errorf("the chances sum to %v", total)
	}
}

func TestLeavingOneJurorOut(t *testing.T) {
	t.Parallel()
	got := assess(basisOf(contest.ByRaw, 1, []float64{90, 60, 60}, []float64{80, 70, 65}, []float64{10, 20, 15})).Without
	if len(got) != 2 || got[0].Seat != at(102) || len(got[0].Wins) != 1 || got[0].Wins[0] != at(1) || got[0].Lose[0] != at(2) {
		t.Errorf("%+v", got)
	}
	// Raw: 70 and 71.67. Without the second juror 75 and 72.5, without the third 75 and 75: a tie, both in.
	if len(got) == 2 && (got[1].Seat != at(103) || len(got[1].Wins) != 1 || len(got[1].Lose) != 0) {
		t.Errorf("a tie for the last place: %+v", got[1])
	}
	lucky := assess(basisOf(contest.ByCalibrated, 2, strict...)).Without
	plain := assess(basisOf(contest.ByRaw, 2, strict...)).Without
	if len(plain) == 0 || len(plain) == len(lucky) && plain[0].Seat == lucky[0].Seat && len(plain[0].Wins) == len(lucky[0].Wins) {
		t.Errorf("raw and calibrated orders hang on the same jurors: %+v, %+v", plain, lucky)
	}
}

func TestWhatCannotBeCalibrated(t *testing.T) {
	t.Parallel()
	for name, totals := range map[string][][]float64{
		"nobody scored":    {{-1, -1}, {-1, -1}},
		"one review":       {{70, -1}, {-1, -1}},
		"all scores alike": {{70, 70}, {70, 70}},
	} {
		a := assess(basisOf(contest.ByCalibrated, 1, totals...))
		if a.Fit != nil || len(a.Entries) != 2 || a.Entries[0].Calibrated != nil || a.Entries[0].Worth != nil || a.Entries[0].Official != a.Entries[0].Mean {
			t.Errorf("%s: %+v", name, a)
		}
	}
	few := assess(basisOf(contest.ByRaw, 1, []float64{70, 60, 65}, []float64{90, -1, -1}, []float64{50, 66, 61}))
	if e := few.Entries[1]; e.Worth != nil || e.Calibrated == nil {
		t.Errorf("an entry with too few reviews competes: %+v", e)
	}
	split := assess(basisOf(contest.ByRaw, 1, []float64{70, 60, -1, -1}, []float64{-1, -1, 50, 66}))
	if !split.Split || few.Split {
		t.Error("parts that no juror connects are not told from those that hang together")
	}
}

// Who must not see an entry reads what the others alone come to: no number depends on the hidden one.
func TestHiddenEntriesLeaveNoTrace(t *testing.T) {
	t.Parallel()
	whole := assess(basisOf(contest.ByCalibrated, 2, strict...))
	hidden := map[uuid.UUID]bool{at(1): true}
	seen := whole.without(hidden, [32]byte{})
	changed := [][]float64{{1, 99, 50, -1}}
	other := assess(basisOf(contest.ByCalibrated, 2, append(changed, strict[1:]...)...))
	other.Fit = whole.Fit // the ratios of the variances are the one thing that stays
	again := other.without(hidden, [32]byte{})
	if len(seen.Entries) != 6 || len(again.Entries) != 6 {
		t.Fatalf("%d and %d entries", len(seen.Entries), len(again.Entries))
	}
	if alone := assess(basisOf(contest.ByCalibrated, 2, strict[1:]...)); *seen.PooledSD != *again.PooledSD || math.Abs(*seen.PooledSD-*alone.PooledSD) > 1e-9 {
		t.Errorf("pooled spread %v and %v, of the others alone %v", *seen.PooledSD, *again.PooledSD, *alone.PooledSD)
	}
	for i := range seen.Entries {
		a, b := seen.Entries[i], again.Entries[i]
		if a.Entry == at(1) || a.Official != b.Official || *a.Worth != *b.Worth || *a.Error != *b.Error || *a.SE != *b.SE {
			t.Errorf("%+v, %+v", a, b)
		}
	}
	for j := range seen.Jurors {
		if a, b := seen.Jurors[j], again.Jurors[j]; *a.Leniency != *b.Leniency || a.Mean != b.Mean || a.Reviews != b.Reviews {
			t.Errorf("juror %+v, %+v", a, b)
		}
	}
	if same := whole.without(nil, [32]byte{9}); *same.Entries[0].Worth != *whole.Entries[0].Worth {
		t.Error("who may see everything gets other draws than those of the lock")
	}
}
