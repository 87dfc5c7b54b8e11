package assign

// start lays a first plan, made entry by entry from the cheapest jurors at hand, and the spanning
// tree of its flow. It is only where the simplex begins: a good start saves most of the pivots.
func (m *model) start() {
	first := m.base // of the entry's pairs
	load := make([]int, len(m.jurors))
	taken := make([][]int32, len(m.places))
	for n := range m.places {
		x := &m.places[n]
		end := first
		for int(end) < len(m.net.arcs) && int(m.pairs[end-m.base])/len(m.jurors) == x.entry {
			end++
		}
		if x.host >= 0 {
			taken[n] = m.pick(taken[n], first, end, 1, load, x.host)
		}
		taken[n] = m.pick(taken[n], first, end, x.seats, load, -1)
		first = end
	}
	m.plantJurors(load)
	for n := range m.places {
		m.plantEntry(&m.places[n], taken[n])
	}
}

// pick takes arcs of first … end until there are seats of them: always the one that is cheapest
// with the juror's load. into limits them to one node; −1 does not.
func (m *model) pick(taken []int32, first, end int32, seats int, load []int, into int32) []int32 {
	for len(taken) < seats {
		best, cost := int32(-1), int64(0)
		for n := first; n < end; n++ {
			a := &m.net.arcs[n]
			if a.flow > 0 || into >= 0 && a.head != into {
				continue
			}
			band := m.bandAt(int(a.tail), load[a.tail])
			if band < 0 {
				continue
			}
			if c := a.cost + m.net.arcs[band].cost; best < 0 || c < cost {
				best, cost = n, c
			}
		}
		if best < 0 {
			break
		}
		m.net.fill(best)
		load[m.net.arcs[best].tail]++
		taken = append(taken, best)
	}
	return taken
}

// bandAt is the arc over which a juror would get one more review after n new ones; −1 for none.
func (m *model) bandAt(j, n int) int32 {
	for _, b := range m.bands[j] {
		if n < int(m.net.arcs[b].room) {
			return b
		}
		n -= int(m.net.arcs[b].room)
	}
	return -1
}

// plantJurors hangs every juror below the source, by the last band in use or, without reviews, by
// the arc for what is not taken.
func (m *model) plantJurors(load []int) {
	for j, left := range load {
		if left == 0 {
			m.net.plant(int32(j), m.idle+int32(j), 0)
			continue
		}
		for _, b := range m.bands[j] {
			room := int(m.net.arcs[b].room)
			if left <= room {
				m.net.plant(narrow(j), b, narrow(left))
				break
			}
			m.net.fill(b)
			left -= room
		}
	}
}

// plantEntry hangs the nodes of an entry below what flows into them.
func (m *model) plantEntry(x *place, taken []int32) {
	hosts, hostArc, openArc := 0, int32(-1), int32(-1)
	for _, n := range taken {
		if m.net.arcs[n].head == x.host {
			hosts, hostArc = hosts+1, n
		} else {
			openArc = n
		}
	}
	for missing := range x.seats - len(taken) {
		openArc = x.unmet + int32(missing)
		m.net.fill(openArc)
	}
	if hosts == 0 {
		m.net.plant(x.open, openArc, 1)
		if x.host >= 0 {
			m.net.plant(x.host, x.waive, 1)
		}
		return
	}
	m.net.plant(x.host, hostArc, 1)
	switch {
	case hosts > 1:
		m.net.plant(x.open, x.pass, int32(hosts-1))
	case openArc >= 0:
		m.net.plant(x.open, openArc, 1)
	default:
		m.net.plant(x.open, x.waive, 0)
	}
}
