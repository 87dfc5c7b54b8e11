package programme_test

import (
	"testing"
	"time"

	"fieldtrial/internal/programme"
)

func TestMonth(t *testing.T) {
	t.Parallel()
	p := programme.Programme{StartsOn: time.Date(2018, 7, 1, 0, 0, 0, 0, time.UTC), Zone: "Europe/Madrid"}
	for _, c := range []struct {
		at   string
		want int
	}{
		{"2018-07-01T00:00:00+02:00", 1}, {"2018-06-30T23:59:59+02:00", 0}, {"2018-06-30T22:00:00Z", 1},
		{"2020-02-29T23:59:59+01:00", 20}, {"2020-02-29T23:30:00Z", 21}, {"2021-06-30T12:00:00Z", 36}, {"2021-07-01T12:00:00Z", 37},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Month(at); got != c.want {
			t.Errorf("%s: month %d, want %d", c.at, got, c.want)
		}
	}
}
