package assign

import (
	"cmp"
	"slices"
)

// report reads the plan off what was given, and names what could not be had.
func (p *problem) report(out *Plan) {
	for _, at := range p.stay {
		if m := p.row(at[0])[at[1]]; m&given != 0 && m&loose == 0 {
			out.Added = append(out.Added, p.pair(at[0], at[1]))
		}
	}
	slices.SortFunc(out.Added, comparePairs)
	for i := range p.entries {
		if p.seats(i) > 0 {
			out.Short = append(out.Short, p.short(i))
		}
		if p.host && !p.hosted[i] {
			out.Waived = append(out.Waived, p.entries[i].ID)
		}
	}
	if p.movable > 0 {
		for at, m := range p.mark {
			if m&loose != 0 && m&given == 0 {
				out.Removed = append(out.Removed, p.pair(at/len(p.jurors), at%len(p.jurors)))
			}
		}
	}
	out.Removed = append(out.Removed, p.gone...)
	slices.SortFunc(out.Removed, comparePairs)
	out.Parts = p.parts()
}

func (p *problem) short(i int) Short {
	s := Short{Entry: p.entries[i].ID, Missing: p.seats(i)}
	for j, m := range p.row(i) {
		switch {
		case m&(held|given) != 0:
		case m&barred != 0:
			s.Barred++
		case m&foreign != 0:
			s.Language++
		case p.room(j) == 0:
			s.Full++
		}
	}
	return s
}

// parts finds what is linked: by pairs that exist or are made, of jurors and of people who are no
// jurors any more. Entries and jurors without any pair are in no part.
func (p *problem) parts() []Part {
	n := len(p.entries)
	group := make([]int, n+len(p.jurors)) // up to the first of each group
	for x := range group {
		group[x] = x
	}
	var top func(int) int
	top = func(x int) int {
		if group[x] != x {
			group[x] = top(group[x])
		}
		return group[x]
	}
	read := make([]bool, len(group))
	unite := func(a, b int) {
		read[a], read[b] = true, true
		group[top(a)] = top(b)
	}
	for _, at := range p.stay {
		unite(at[0], n+at[1])
	}
	former := map[[16]byte]int{} // somebody who left links the entries they read
	for _, x := range p.links {
		i := p.atEntry[x.Entry]
		if first, seen := former[x.Juror]; seen {
			unite(i, first)
		} else {
			former[x.Juror] = i
			read[i] = true
		}
	}
	of := map[int]*Part{}
	var out []*Part
	for x := range group {
		if !read[x] {
			continue
		}
		part, known := of[top(x)]
		if !known {
			part = &Part{}
			of[top(x)] = part
			out = append(out, part)
		}
		if x < n {
			part.Entries = append(part.Entries, p.entries[x].ID)
		} else {
			part.Jurors = append(part.Jurors, p.jurors[x-n].ID)
		}
	}
	slices.SortStableFunc(out, func(a, b *Part) int { return cmp.Compare(len(b.Entries), len(a.Entries)) })
	parts := make([]Part, len(out))
	for k, part := range out {
		parts[k] = *part
	}
	return parts
}
