package kpi

import "time"

// MonthOf gives the programme month of a day: 1 for the first, 0 or less for days before it.
// starts is the first day of Month 1; only the calendar dates of both are looked at.
func MonthOf(starts, day time.Time) int {
	n := (day.Year()-starts.Year())*12 + int(day.Month()) - int(starts.Month()) + 1
	// A month that starts on the 31st starts on the last day of a shorter one.
	if first := min(starts.Day(), lastDay(day.Year(), day.Month())); day.Day() < first {
		n--
	}
	return n
}

// monthEnd is the first day after a programme month, as a date in UTC.
func monthEnd(starts time.Time, month int) time.Time {
	y, m := starts.Year(), starts.Month()+time.Month(month)
	first := time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)
	return first.AddDate(0, 0, min(starts.Day(), lastDay(first.Year(), first.Month()))-1)
}

func lastDay(year int, m time.Month) int {
	return time.Date(year, m+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// dateIn gives the calendar date of a moment in a zone, as a date in UTC.
func dateIn(t time.Time, zone *time.Location) time.Time {
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// startIn gives the moment at which a date begins in a zone.
func startIn(date time.Time, zone *time.Location) time.Time {
	y, m, d := date.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}
