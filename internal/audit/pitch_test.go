package audit

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/pitch/final"
	"fieldtrial/internal/record"
)

func entry(n byte) uuid.UUID { return uuid.UUID{15: n} }

// is expects an error by its code and words; "" for none.
func is(t *testing.T, what string, err error, code record.Code, says string) {
	t.Helper()
	var wrong *record.VerifyError
	if code == "" && err == nil {
		return
	}
	if !errors.As(err, &wrong) || wrong.Code != code || !strings.Contains(wrong.Detail, says) {
		t.Errorf("%s: %v, want %q (%s)", what, err, code, says)
	}
}

// ranking is a first round: entry 1 before 2 before 3 and 4, which tie, before 5, which has too few reviews.
func ranking() stored {
	out := stored{Order: "raw", Least: 2}
	for i, mean := range []float64{90, 80, 70, 70, 60} {
		out.Entries = append(out.Entries, assessed{Entry: entry(byte(i + 1)), Reviews: 3, Mean: mean, Criteria: []float64{50}})
	}
	out.Entries[4].Reviews = 1
	return out
}

// drawn is a lottery that puts entry 4 before entry 3.
func drawn(t *testing.T) []byte {
	t.Helper()
	for n := range byte(100) {
		if ranking().ordered(func(uuid.UUID) bool { return true }, []byte{n})[2].Entry == entry(4) {
			return []byte{n}
		}
	}
	t.Fatal("no lottery puts 4 before 3")
	return nil
}

func TestTheShortlistFollowsFromTheRanks(t *testing.T) {
	t.Parallel()
	in := func(n byte, rank int, reason string) listed { return listed{entry(n), rank, true, reason} }
	out := func(n byte, rank int, reason string) listed { return listed{entry(n), rank, false, reason} }
	for what, c := range map[string]struct {
		list    []listed
		pitched []byte
		left    []byte
		says    string // "": the list is sound
		departs int
	}{
		"in order":                               {[]listed{in(1, 1, ""), in(2, 2, "")}, []byte{1, 2}, nil, "", 0},
		"as the lottery has it":                  {[]listed{in(1, 1, ""), in(2, 2, ""), in(4, 3, "")}, []byte{1, 2, 4}, nil, "", 0},
		"before the lottery":                     {[]listed{in(1, 1, ""), in(2, 2, ""), in(3, 3, "")}, []byte{1, 2, 3}, nil, "", 0},
		"behind the lottery's first":             {[]listed{in(1, 1, ""), in(2, 2, ""), in(3, 4, "")}, []byte{1, 2, 3}, nil, "departs from the order of rank without", 0},
		"a departure with reasons":               {[]listed{in(1, 1, ""), in(4, 3, "why"), out(2, 2, "why")}, []byte{1, 4}, nil, "", 2},
		"invited without a reason":               {[]listed{in(1, 1, ""), in(4, 3, ""), out(2, 2, "why")}, []byte{1, 4}, nil, "departs from the order of rank without", 0},
		"passed over without a reason":           {[]listed{in(1, 1, ""), in(4, 3, "why")}, []byte{1, 4}, nil, "departs from the order of rank without", 0},
		"a rank that it never had":               {[]listed{in(1, 1, ""), in(2, 1, "")}, []byte{1, 2}, nil, "has rank 2 by the rules, 1", 0},
		"passed over with a made-up rank":        {[]listed{in(1, 1, ""), in(4, 3, "why"), out(2, 4, "why")}, []byte{1, 4}, nil, "has rank 2 by the rules, 4", 0},
		"too few reviews to be ranked":           {[]listed{in(5, 0, "why")}, []byte{5}, nil, "by the rules, 0", 0},
		"nobody":                                 {[]listed{out(1, 1, "why")}, nil, nil, "0 entries were invited", 0},
		"more than were announced":               {[]listed{in(1, 1, ""), in(2, 2, ""), in(4, 3, ""), in(3, 4, "")}, []byte{1, 2, 3, 4}, nil, "4 entries were invited, 3", 0},
		"one twice":                              {[]listed{in(1, 1, ""), in(1, 1, "")}, []byte{1}, nil, "1 entries were invited", 0},
		"who pitched uninvited":                  {[]listed{in(1, 1, "")}, []byte{1, 2}, nil, "pitched and was not invited", 0},
		"who pitched twice":                      {[]listed{in(1, 1, "")}, []byte{1, 1}, nil, "pitched twice", 0},
		"who is gone from the result":            {[]listed{in(1, 1, ""), in(2, 2, "")}, []byte{1}, nil, "is not in the result", 0},
		"invited and left":                       {[]listed{in(1, 1, ""), in(2, 2, ""), in(4, 3, "")}, []byte{1, 4}, []byte{2}, "", 0},
		"left before it was named":               {[]listed{in(2, 1, ""), in(4, 2, "")}, []byte{2, 4}, []byte{1}, "", 0},
		"left before, by the ranks of all":       {[]listed{in(2, 2, ""), in(4, 3, "")}, []byte{2, 4}, []byte{1}, "by the rules", 0},
		"passed over with a reason, and left":    {[]listed{in(2, 2, "why"), out(1, 1, "why")}, []byte{2}, []byte{1}, "", 2},
		"a remark on one that does not depart":   {[]listed{in(1, 1, ""), out(2, 7, "a remark")}, []byte{1}, nil, "", 0},
		"left, and of the result all the same":   {[]listed{in(1, 1, ""), in(2, 2, "")}, []byte{1, 2}, []byte{2}, "", 0},
		"left, and another of the list with it":  {[]listed{in(1, 1, ""), in(2, 2, "")}, nil, []byte{1, 2}, "", 0},
		"one that nobody knows":                  {[]listed{in(1, 1, ""), in(9, 2, "")}, []byte{1}, nil, "is not in the result", 0},
		"passed over, ranked behind the invited": {[]listed{in(1, 1, ""), in(2, 2, ""), out(4, 3, "why")}, []byte{1, 2}, nil, "", 0},
	} {
		var r final.Result
		for _, n := range c.pitched {
			r.Entries = append(r.Entries, final.Pitched{Entry: entry(n)})
		}
		b := BundleResult{Pitch: &PitchRound{}, seed: drawn(t)}
		for _, n := range c.left {
			b.Left = append(b.Left, entry(n))
		}
		code := CodeOtherList
		if c.says == "" {
			code = ""
		}
		err := pitchList{c.list}.verify(&b, ranking(), 3, r)
		is(t, what, err, code, c.says)
		if err == nil && len(b.Pitch.Departs) != c.departs {
			t.Errorf("%s: departures %v, want %d", what, b.Pitch.Departs, c.departs)
		}
	}
}

// By hand: 60 · 3/5 + 40 · 5/10 = 56 and 60 · 4/5 over the 60 that apply = 80; mean 68, squares 288; 40 per
// cent of 68 and 60 of 90 make 81.2.
func TestWhatAPitchCameTo(t *testing.T) {
	t.Parallel()
	lock := pitchLock{Order: "raw", Share: 40, Rubric: []Criterion{{"clarity", 60, 0, 5}, {"proof", 40, 0, 10}}}
	n := func(x int) *int { return &x }
	sound := func() final.Pitched {
		pitch, spread, total := 68., 16.97056274847714, 81.2
		return final.Pitched{Entry: entry(1), First: 90, Pitch: &pitch, Spread: &spread, Total: &total, Sheets: []final.Sheet{
			{Seat: entry(7), Scores: map[string]*int{"clarity": n(3), "proof": n(5)}, Total: 56}, {Seat: entry(8), Scores: map[string]*int{"clarity": n(4), "proof": nil}, Total: 80}}}
	}
	is(t, "sound", recompute(sound(), ranking(), lock), "", "")
	is(t, "nobody scored", recompute(final.Pitched{Entry: entry(1), First: 90}, ranking(), lock), "", "")
	other := 82.
	for what, c := range map[string]struct {
		change func(*final.Pitched)
		code   record.Code
		says   string
	}{
		"the first round":          {func(x *final.Pitched) { x.First = 91 }, CodeOtherTotal, "first round"},
		"an entry nobody judged":   {func(x *final.Pitched) { x.Entry = entry(9) }, CodeOtherTotal, "first round"},
		"a score":                  {func(x *final.Pitched) { x.Sheets[0].Scores["clarity"] = n(4) }, CodeOtherTotal, "a sheet gives another"},
		"what applies":             {func(x *final.Pitched) { x.Sheets[1].Scores["proof"] = n(8) }, "", ""}, // 48 + 32 = 80, too: the hash finds it
		"a total":                  {func(x *final.Pitched) { x.Sheets[1].Total = 81 }, CodeOtherTotal, "a sheet gives another"},
		"a juror who counts twice": {func(x *final.Pitched) { x.Sheets[1].Seat = entry(7) }, CodeOtherTotal, "counts twice"},
		"a sheet gone":             {func(x *final.Pitched) { x.Sheets = x.Sheets[:1] }, CodeOtherTotal, "another mean"},
		"all sheets gone":          {func(x *final.Pitched) { x.Sheets = nil }, CodeOtherTotal, "another mean"},
		"the mean":                 {func(x *final.Pitched) { x.Pitch = &other }, CodeOtherTotal, "another mean"},
		"the spread":               {func(x *final.Pitched) { x.Spread = nil }, CodeOtherTotal, "another mean"},
		"the total":                {func(x *final.Pitched) { x.Total = &other }, CodeOtherTotal, "another mean"},
		"a score off its scale":    {func(x *final.Pitched) { x.Sheets[0].Scores["clarity"] = n(6) }, CodeMalformed, "outside its scale"},
		"a score missing":          {func(x *final.Pitched) { delete(x.Sheets[0].Scores, "proof") }, CodeMalformed, "missing"},
	} {
		x := sound()
		c.change(&x)
		is(t, what, recompute(x, ranking(), lock), c.code, c.says)
	}
	calibrated := 88.
	k := ranking()
	k.Order, k.Entries[0].Calibrated = "calibrated", &calibrated
	is(t, "the mean where the calibrated score decides", recompute(sound(), k, lock), CodeOtherTotal, "first round")
}

func TestThePitchRoundIsTheOneThatWasAnnounced(t *testing.T) {
	t.Parallel()
	rubric := []Criterion{{"clarity", 100, 0, 5}}
	rules, lock, round := pitchRules{Held: true, Invited: 3, Share: 40, Rubric: rubric}, pitchLock{Order: "raw", Share: 40, Rubric: rubric}, Round{Order: "raw"}
	is(t, "as announced", lock.by(rules, round), "", "")
	for what, change := range map[string]func(*pitchRules, *pitchLock, *Round){
		"none was announced": func(r *pitchRules, _ *pitchLock, _ *Round) { r.Held = false },
		"another share":      func(_ *pitchRules, l *pitchLock, _ *Round) { l.Share = 60 },
		"another weight":     func(_ *pitchRules, l *pitchLock, _ *Round) { l.Rubric = []Criterion{{"clarity", 90, 0, 5}} },
		"another number":     func(_ *pitchRules, _ *pitchLock, r *Round) { r.Order = "calibrated" },
	} {
		r, l, first := rules, lock, round
		change(&r, &l, &first)
		is(t, what, l.by(r, first), CodeOtherPitch, "that were announced")
	}
	flat := []Criterion{{"clarity", 100, 5, 5}}
	is(t, "no scale", pitchLock{Order: "raw", Rubric: flat}.by(pitchRules{Held: true, Rubric: flat}, round), CodeMalformed, "no scale")
}

// The host departs where a winner stands before an entry that ranks higher in the end: one that did not win,
// or won a later place.
func TestWhereTheHostDeparts(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		ranks, won []int
		want       int
	}{
		"in order":                    {[]int{1, 2, 3}, []int{1, 2, 0}, 0},
		"two change places":           {[]int{1, 2, 3}, []int{2, 1, 0}, 1},
		"the third for the second":    {[]int{1, 2, 3}, []int{1, 0, 2}, 1},
		"either of two that tie":      {[]int{1, 1, 3}, []int{0, 1, 0}, 0},
		"one that was not ranked":     {[]int{1, 2, 0}, []int{1, 0, 2}, 1},
		"nobody won":                  {[]int{1, 2, 3}, []int{0, 0, 0}, 0},
		"both against the first":      {[]int{1, 2, 3}, []int{0, 1, 2}, 2},
		"the best left, all moved up": {[]int{1, 2}, []int{1, 2}, 0},
	} {
		var r BundleResult
		for i, rank := range c.ranks {
			r.Entries = append(r.Entries, Placed{Place: Place{Rank: 9}, Final: final.Place{Rank: rank}, Won: c.won[i]})
		}
		if got := r.departures(); len(got) != c.want {
			t.Errorf("%s: %+v, want %d", what, got, c.want)
		}
	}
}
