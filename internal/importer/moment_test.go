package importer_test

import (
	"strings"
	"testing"
	"time"

	"fieldtrial/internal/importer"
)

func TestMoment(t *testing.T) {
	t.Parallel()
	eastern, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, want, note string }{
		// the nine shapes of the feed, and their variants of space and case
		{"03/18/2019 12:00 AM", "2019-03-18T04:00:00Z", ""},
		{"05/24/2019 5:00 PM", "2019-05-24T21:00:00Z", ""},
		{"9/16/2019 12:00 PM", "2019-09-16T16:00:00Z", ""},
		{"11/1/2019 12:00 AM", "2019-11-01T04:00:00Z", ""},
		{"2020/03/19 12 p.m.", "2020-03-19T16:00:00Z", ""},
		{"2020/08/28 12 p.m.", "2020-08-28T16:00:00Z", ""},
		{"2020/02/28 8 a.m.", "2020-02-28T13:00:00Z", ""},
		{"04/24/2020 5 PM", "2020-04-24T21:00:00Z", ""},
		{"09/10/2020 09:00AM", "2020-09-10T13:00:00Z", ""},
		{"10/08/2019  11:00 AM", "2019-10-08T15:00:00Z", ""},
		{"12/31/2019 11:59 pm", "2020-01-01T04:59:00Z", ""},
		{"10/08/2020 5:59:59 PM", "2020-10-08T21:59:59Z", ""},
		{"09/23/2021 04:59 PM ET", "2021-09-23T20:59:00Z", ""},
		{"03/15/2021 ", "2021-03-15T04:00:00Z", ""},
		{"06/02/2021 00:00 AM", "2021-06-02T04:00:00Z", ""},
		// others
		{"2020-03-19", "2020-03-19T04:00:00Z", ""},
		{"2020-03-19T23:59:00-04:00", "2020-03-20T03:59:00Z", ""},
		{"2020-03-19T23:59:00.123Z", "2020-03-19T23:59:00Z", ""},
		{"2020-03-19T23:59Z", "2020-03-19T23:59:00Z", ""},
		{"2020-03-19 23:59", "2020-03-20T03:59:00Z", ""},
		{"20200319", "2020-03-19T04:00:00Z", ""},
		{"March 19, 2020 11:59 PM EDT", "2020-03-20T03:59:00Z", ""},
		{"Thursday, March 19th, 2020 at 5 p.m. ET", "2020-03-19T21:00:00Z", ""},
		{"19 March 2020 17:00", "2020-03-19T21:00:00Z", ""},
		{"19-Mar-2020 5pm", "2020-03-19T21:00:00Z", ""},
		{"Sept. 3, 2020, noon Eastern time", "2020-09-03T16:00:00Z", ""},
		{"03/19/20", "2020-03-19T04:00:00Z", ""},
		{"03/19/99 1:00 PM", "1999-03-19T18:00:00Z", ""},
		{"03-19-2020 10:00 AM PDT", "2020-03-19T17:00:00Z", ""},
		{"19.03.2020 17:00 CET", "2020-03-19T16:00:00Z", ""},
		{"25/12/2020 9:00 AM", "2020-12-25T14:00:00Z", ""},
		{"2020年3月19日 17:00 JST", "2020-03-19T08:00:00Z", ""},
		{"２０２０／０３／１９ 12:00 PM", "2020-03-19T16:00:00Z", ""},
		{"July 4, 2020 11:59 PM EST", "2020-07-05T03:59:00Z", ""}, // the clock on the wall
		{"03/19/2020 12:00 noon", "2020-03-19T16:00:00Z", ""},
		{"03/19/2020 midnight", "2020-03-19T04:00:00Z", ""},
		{"03/19/2020 5:00 PM UTC+2", "2020-03-19T15:00:00Z", ""},
		{"03/19/2020 17:00 PM", "2020-03-19T21:00:00Z", "one of 24"},
		{"03/19/2020 5:00 PM XYZ", "2020-03-19T21:00:00Z", `"XYZ" is not known`},
		{"03/19/2020 5:00 PM (extended twice)", "2020-03-19T21:00:00Z", "not understood"},
		{"03/08/2020 2:30 AM", "2020-03-08T07:30:00Z", "put forward"},
	} {
		got, note, err := importer.Moment(c.text, eastern, false)
		if err != nil || got.Format(time.RFC3339) != c.want {
			t.Errorf("%q is %v (%v), want %s", c.text, got.Format(time.RFC3339), err, c.want)
		}
		if (note == "") != (c.note == "") || !strings.Contains(note, c.note) {
			t.Errorf("%q notes %q, want %q", c.text, note, c.note)
		}
	}
	for text, want := range map[string]string{
		"10/19/2019": "2019-10-20T03:59:00Z", "03/19/2020 midnight": "2020-03-20T04:00:00Z", "2020-03-19": "2020-03-20T03:59:00Z",
	} {
		got, note, err := importer.Moment(text, eastern, true)
		if err != nil || note == "" || got.Format(time.RFC3339) != want {
			t.Errorf("an end %q is %v (%q, %v), want %s", text, got.Format(time.RFC3339), note, err, want)
		}
	}
	for _, text := range []string{"", "  ", "03/02/20202 05:00 PM", "04/23/ 10:00 AM", "02/30/2020 1:00 PM", "13/32/2020", "02/29/2021", "03/19/2020 25:00",
		"03/19/2020 0:30 PM", "03/19/2020 5:75 PM", "TBD", "rolling", "0000-00-00", "2020", "March 2020", "19 Foo 2020", "00/00/0000", "1/1/1"} {
		if got, _, err := importer.Moment(text, eastern, true); err == nil || !got.IsZero() {
			t.Errorf("%q is %v", text, got)
		}
	}
}

func FuzzMoment(f *testing.F) {
	for _, s := range []string{"03/18/2019 12:00 AM", "2020/03/19 12 p.m.", "March 19, 2020 11:59 PM EDT", "::am", "12 am12/12/2020", "2020年3月19日"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at, _, err := importer.Moment(s, time.UTC, true)
		if err == nil && (at.Year() < 1969 || at.Year() > 2201) {
			t.Errorf("%q is %v", s, at)
		}
	})
}
