package kpi

import (
	"slices"
	"time"
)

// Status says in one word where an indicator stands.
type Status string

// The states. Empty: neither counted nor measured yet.
const (
	Empty   Status = "empty"
	Below   Status = "below"
	Reached Status = "reached"
)

// StatusOf compares a value with its target. op "gt" wants more than the target, "gte" at least it.
func StatusOf(op string, target float64, value *float64) Status {
	switch {
	case value == nil:
		return Empty
	case *value > target, op == "gte" && *value == target:
		return Reached
	}
	return Below
}

// Sum is what an indicator is worth: counted plus measured, nil when it has neither.
func Sum(counted *int, measured *float64) *float64 {
	if counted == nil && measured == nil {
		return nil
	}
	v := 0.0
	if counted != nil {
		v = float64(*counted)
	}
	if measured != nil {
		v += *measured
	}
	return &v
}

// Latest finds the measurement that holds at the end of a day: the latest day, and of one day the
// one entered last. Withdrawn ones do not count. It is nil when there is none.
func Latest(all []Measurement, until time.Time) *Measurement {
	var best *Measurement
	for i := range all {
		m := &all[i]
		if m.WithdrawnAt != nil || m.On.After(until) {
			continue
		}
		if best == nil || m.On.After(best.On) || (m.On.Equal(best.On) && m.CreatedAt.After(best.CreatedAt)) {
			best = m
		}
	}
	return best
}

// MonthValue is the value as known at the end of a programme month.
type MonthValue struct {
	Month int
	Value *float64
}

// Series gives the value of each programme month from the first to that of today. since is the
// moment from which on the platform counts (nil: it does not), times are the moments at which each
// counted thing came in.
func Series(starts, today time.Time, zone *time.Location, measured []Measurement, since *time.Time, times []time.Time) []MonthValue {
	out := []MonthValue{}
	times = slices.SortedFunc(slices.Values(times), time.Time.Compare)
	for month := 1; month <= MonthOf(starts, today); month++ {
		end := monthEnd(starts, month)
		var entered *float64
		if m := Latest(measured, end.AddDate(0, 0, -1)); m != nil {
			entered = &m.Value
		}
		var counted *int
		if at := startIn(end, zone); since != nil && since.Before(at) {
			n, _ := slices.BinarySearchFunc(times, at, time.Time.Compare)
			counted = &n
		}
		out = append(out, MonthValue{month, Sum(counted, entered)})
	}
	return out
}
