package assign

import (
	"cmp"
	"slices"

	"github.com/google/uuid"
)

// Why a pair is not open to the optimiser, as bits.
const (
	barred   uint8 = 1 << iota // never
	foreign                    // the juror does not read the language
	held                       // exists, and stays
	loose                      // exists, and may be moved
	given                      // made by this plan
	refusing = barred | foreign | held | given
)

// problem is an input with ids replaced by places in sorted lists, so that the plan depends on
// neither the order of the input nor that of maps.
type problem struct {
	entries []Entry
	jurors  []Juror
	atEntry map[uuid.UUID]int
	atJuror map[uuid.UUID]int
	mark    []uint8  // by entry × jurors + juror
	need    []int    // seats wanted, by entry
	filled  []int    // seats taken by pairs that stay, by entry; held by people who are no jurors now too
	hosted  []bool   // a pair that stays takes the host seat, by entry
	load    []int    // pairs that stay, by juror
	gone    []Pair   // loose pairs of people who are no jurors now
	stay    [][2]int // every pair of an entry and a juror that stays or is made
	links   []Pair   // pairs that stay of people who are no jurors now
	weigh   weights
	host    bool
	movable int // loose pairs
}

func compile(in Input) *problem {
	p := &problem{entries: slices.Clone(in.Entries), jurors: slices.Clone(in.Jurors), host: in.HostSeat,
		atEntry: make(map[uuid.UUID]int, len(in.Entries)), atJuror: make(map[uuid.UUID]int, len(in.Jurors))}
	slices.SortFunc(p.entries, func(a, b Entry) int { return slices.Compare(a.ID[:], b.ID[:]) })
	slices.SortFunc(p.jurors, func(a, b Juror) int { return slices.Compare(a.ID[:], b.ID[:]) })
	for i, e := range p.entries {
		p.atEntry[e.ID] = i
	}
	for j, x := range p.jurors {
		p.atJuror[x.ID] = j
	}
	p.mark = make([]uint8, len(p.entries)*len(p.jurors))
	p.need, p.filled, p.hosted = make([]int, len(p.entries)), make([]int, len(p.entries)), make([]bool, len(p.entries))
	p.load = make([]int, len(p.jurors))
	p.weigh = newWeights(in.Seed, p.jurors)
	for _, x := range in.Barred {
		if at, known := p.at(x); known {
			p.mark[at] |= barred
		}
	}
	for _, x := range in.Held {
		p.keep(x, in.Move)
	}
	return p
}

// want sets how many reviews each entry should get; 0: one of everyone who may read it.
func (p *problem) want(perEntry int) {
	for i := range p.entries {
		p.need[i] = perEntry
		if perEntry == 0 || p.seats(i) > 0 {
			p.markLanguage(i)
		}
		if perEntry == 0 {
			p.need[i] = p.filled[i] + p.readers(i)
		}
	}
}

// at is the place of a pair in mark; false where its entry or its juror is not part of the plan.
func (p *problem) at(x Pair) (int, bool) {
	i, entry := p.atEntry[x.Entry]
	j, juror := p.atJuror[x.Juror]
	return i*len(p.jurors) + j, entry && juror
}

func (p *problem) row(i int) []uint8 { return p.mark[i*len(p.jurors) : (i+1)*len(p.jurors)] }

func (p *problem) pair(i, j int) Pair { return Pair{p.entries[i].ID, p.jurors[j].ID} }

// markLanguage shuts out the jurors who do not read an entry's language.
func (p *problem) markLanguage(i int) {
	l := p.entries[i].Language
	if l == "" {
		return
	}
	row := p.row(i)
	for j, x := range p.jurors {
		if len(x.Languages) > 0 && !slices.Contains(x.Languages, l) {
			row[j] |= foreign
		}
	}
}

// keep takes note of a pair that exists.
func (p *problem) keep(x Held, move bool) {
	i, known := p.atEntry[x.Entry]
	if !known {
		return
	}
	at, sits := p.at(x.Pair)
	move = move && !x.Begun
	switch {
	case !sits && move:
		p.gone = append(p.gone, x.Pair)
	case !sits:
		p.filled[i]++
		p.links = append(p.links, x.Pair)
	case p.mark[at]&(held|loose) != 0: // listed twice
	case move:
		p.mark[at] |= loose
		p.movable++
	default:
		p.mark[at] |= held
		p.settle(i, at-i*len(p.jurors))
	}
}

// settle counts a pair that is not for the optimiser to change.
func (p *problem) settle(i, j int) {
	p.stay = append(p.stay, [2]int{i, j})
	p.filled[i]++
	p.load[j]++
	p.hosted[i] = p.hosted[i] || p.isHost(i, j)
}

// give makes a new pair, or keeps a loose one where it is.
func (p *problem) give(i, j int) {
	p.row(i)[j] |= given
	p.settle(i, j)
}

func (p *problem) isHost(i, j int) bool {
	city := p.jurors[j].City
	return city != uuid.Nil && slices.Contains(p.entries[i].Cities, city)
}

// readers counts the jurors who may still read an entry.
func (p *problem) readers(i int) int {
	n := 0
	for _, m := range p.row(i) {
		if m&refusing == 0 {
			n++
		}
	}
	return n
}

// seats is how many seats of an entry are open.
func (p *problem) seats(i int) int { return max(0, p.need[i]-p.filled[i]) }

// room is how many more reviews a juror takes.
func (p *problem) room(j int) int {
	if limit := p.jurors[j].Limit; limit != nil {
		return max(0, *limit-p.load[j])
	}
	return len(p.entries)
}

// pin makes the pairs the chair asks for, and gives back those that are barred.
func (p *problem) pin(pairs []Pair) []Pair {
	refused := []Pair{}
	for _, x := range pairs {
		at, known := p.at(x)
		switch {
		case !known || p.mark[at]&(held|given) != 0:
		case p.mark[at]&barred != 0:
			refused = append(refused, x)
		default:
			p.give(at/len(p.jurors), at%len(p.jurors))
		}
	}
	slices.SortFunc(refused, comparePairs)
	return slices.Compact(refused)
}

func comparePairs(a, b Pair) int {
	return cmp.Or(slices.Compare(a.Entry[:], b.Entry[:]), slices.Compare(a.Juror[:], b.Juror[:]))
}

// unlimited says that everyone is to read everything and that no limit is in the way.
func (p *problem) unlimited(in Input) bool {
	if in.PerEntry > 0 {
		return false
	}
	for j, x := range p.jurors {
		if x.Limit == nil {
			continue
		}
		asked := 0
		for i := range p.entries {
			if p.row(i)[j]&refusing == 0 {
				asked++
			}
		}
		if asked > p.room(j) {
			return false
		}
	}
	return true
}

// giveAll gives everyone everything that is open.
func (p *problem) giveAll() {
	for i := range p.entries {
		for j, m := range p.row(i) {
			if m&refusing == 0 {
				p.give(i, j)
			}
		}
	}
}
