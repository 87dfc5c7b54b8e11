package award

// Outcome is what the host decides for an entry.
type Outcome string

// The outcomes. Reserves follow in their order when a winner does not take its place.
const (
	Winner      Outcome = "winner"
	Reserve     Outcome = "reserve"
	NotSelected Outcome = "not_selected"
)

// Valid reports whether o is one of the outcomes.
func (o Outcome) Valid() bool { return o == Winner || o == Reserve || o == NotSelected }

// Placed is one entry as departures see it: the jury's rank (0: none) and what the host makes of it.
type Placed struct {
	Rank    int
	Outcome Outcome // "": not decided yet
	Place   int
	Reason  bool // one is given
}

const last = 1 << 30

func (p Placed) rank() int {
	if p.Rank == 0 {
		return last
	}
	return p.Rank
}

// position is the host's order: winners, reserves, the rest.
func (p Placed) position() int {
	switch p.Outcome {
	case Winner:
		return p.Place
	case Reserve:
		return last/2 + p.Place
	}
	return last
}

// Unexplained marks the entries at which a reason is missing. Wherever the host puts an entry
// before one that the jury ranks higher, one of the two must carry a reason; the one that departs
// from most others is asked for it. An entry that the jury did not rank needs one to win.
func Unexplained(all []Placed) []bool {
	needs := make([]bool, len(all))
	for i, p := range all {
		needs[i] = p.Outcome == Winner && p.Rank == 0 && !p.Reason
	}
	for {
		most, at := 0, -1
		count := make([]int, len(all))
		for i, up := range all {
			if up.Outcome == "" || up.Outcome == NotSelected || up.Reason || needs[i] {
				continue
			}
			for j, down := range all {
				if down.Outcome == "" || down.Reason || needs[j] || down.rank() >= up.rank() || down.position() <= up.position() {
					continue
				}
				count[i]++
				count[j]++
			}
		}
		for i, n := range count {
			if n > 0 && n >= most { // of two alike the one that gains: its reason stands beside its name
				most, at = n, i
			}
		}
		if at < 0 {
			return needs
		}
		needs[at] = true
	}
}
