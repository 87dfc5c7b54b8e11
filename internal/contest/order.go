package contest

// Order says which number puts the entries of a challenge in order. It is chosen before anything is
// published and stands on record with the rules.
type Order string

// ByRaw orders by the mean of the reviews' totals, ByCalibrated by the mean after taking off each
// juror's measured leniency.
const (
	ByRaw        Order = "raw"
	ByCalibrated Order = "calibrated"
)

// Known reports whether this is one of the two.
func (o Order) Known() bool { return o == ByRaw || o == ByCalibrated }
