package award

import (
	"slices"
	"testing"
)

func TestWhereTheHostMustGiveAReason(t *testing.T) {
	t.Parallel()
	win := func(rank, place int) Placed { return Placed{Rank: rank, Outcome: Winner, Place: place} }
	res := func(rank, place int) Placed { return Placed{Rank: rank, Outcome: Reserve, Place: place} }
	out := func(rank int) Placed { return Placed{Rank: rank, Outcome: NotSelected} }
	why := func(p Placed) Placed { p.Reason = true; return p }
	for _, c := range []struct {
		name string
		all  []Placed
		want []int
	}{
		{"the jury's order", []Placed{win(1, 1), win(2, 2), res(3, 1), out(4)}, nil},
		{"the third wins before the others", []Placed{out(1), out(2), win(3, 1)}, []int{2}},
		{"with its reason", []Placed{out(1), out(2), why(win(3, 1))}, nil},
		{"the first is passed over", []Placed{out(1), win(2, 1), win(3, 2), res(4, 1)}, []int{0}},
		{"with its reason at the one passed over", []Placed{why(out(1)), win(2, 1), win(3, 2)}, nil},
		{"winners out of order", []Placed{win(1, 2), win(2, 1)}, []int{1}},
		{"a reserve before a winner of the jury", []Placed{res(1, 1), win(2, 1), win(3, 2)}, []int{0}},
		{"equal ranks are free", []Placed{out(1), win(1, 1)}, nil},
		{"an entry without a rank wins", []Placed{win(1, 1), win(0, 2)}, []int{1}},
		{"not decided yet is no departure", []Placed{{Rank: 1}, win(2, 1)}, nil},
		{"two departures, two reasons", []Placed{out(1), out(2), win(3, 1), win(4, 2)}, []int{2, 3}},
	} {
		got := []int{}
		for i, need := range Unexplained(c.all) {
			if need {
				got = append(got, i)
			}
		}
		if !slices.Equal(got, c.want) && len(got)+len(c.want) > 0 {
			t.Errorf("%s: reasons missing at %v, want %v", c.name, got, c.want)
		}
	}
}
