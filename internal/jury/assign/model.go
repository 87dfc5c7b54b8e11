package assign

// How many of the cheapest pairs of an entry, and of its host jurors, the first solution may use.
// Pricing brings in whatever else it needs.
const (
	cheapest  = 40
	hostsTold = 8
)

// model is a problem as a network. Nodes: first the jurors, then for every entry with open seats
// its open part O, and before that its host part H where the host seat is open; last the source.
//
//	source → juror    bands of rising price up to the juror's room
//	juror → source    what a juror does not take
//	juror → H or O    one review, at the price of the pair; jurors of the host city through H
//	H → O             hosts take open seats too
//	O → H             the host seat waived
//	source → O        a seat nobody fills, each next one of an entry dearer
//
// H needs one unit and O the other seats.
type model struct {
	*problem
	net    *network
	prices prices
	places []place // of the entries with open seats
	source int32
	idle   int32     // the first of the arcs juror → source, in the order of the jurors
	bands  [][]int32 // arcs source → juror, by juror
	base   int32     // the first arc of a pair
	pairs  []int32   // place in mark, by arc − base
	known  []bool    // by place in mark: the pair has its arc
	rounds int
}

// place is an entry with open seats. There is no host node (−1) where the host seat is not open.
type place struct {
	entry, seats int
	host, open   int32   // nodes
	waive, pass  int32   // arcs O → H and H → O; −1 where there is none
	unmet        int32   // the first of the arcs source → O, one a seat
	costs        []int16 // of the pairs, by juror
}

// prices of what a plan could not have. Each is above everything that giving in on a lesser rule
// could save along one path of changes, which passes each juror and each entry once at most.
type prices struct {
	stay   int64 // a loose pair that stays where it is saves this
	waived int64 // a host seat without a host
	unmet  int64 // a seat nobody fills: once for the first of an entry, twice for the second, …
}

func newModel(p *problem) *model {
	m := &model{problem: p, known: make([]bool, len(p.mark))}
	m.setPlaces()
	m.setPrices()
	m.net = newNetwork(int(m.source)+1, len(m.places)*(min(cheapest+hostsTold, len(p.jurors))+8)+64*len(p.jurors))
	m.linkJurors()
	m.linkSeats()
	m.base = narrow(len(m.net.arcs))
	m.propose()
	m.start()
	return m
}

// setPlaces numbers the nodes and computes the costs of all pairs with open seats.
func (m *model) setPlaces() {
	next := narrow(len(m.jurors))
	for i := range m.entries {
		seats := m.seats(i)
		if seats == 0 {
			continue
		}
		x := place{entry: i, seats: seats, host: -1, waive: -1, pass: -1, costs: make([]int16, len(m.jurors))}
		if m.host && !m.hosted[i] {
			x.host = next
			next++
		}
		x.open = next
		next++
		m.weigh.fill(x.costs, m.entries[i], m.jurors)
		m.places = append(m.places, x)
	}
	m.source = next
}

func (m *model) setPrices() {
	reviews, most := 0, 0
	for _, n := range m.load {
		reviews += n
		most = max(most, n)
	}
	for _, x := range m.places {
		reviews += x.seats
	}
	m.weigh.scale = newScale(reviews, len(m.jurors))
	top, _ := m.weigh.scale.band(len(m.entries) + most)
	long := int64(len(m.jurors) + 2)
	path := 2*dearest*long + 2*top
	if m.movable > 0 {
		m.prices.stay = path
		path = 2 * path * long
	}
	m.prices.waived = path
	m.prices.unmet = 2 * path * long
}

func (m *model) linkJurors() {
	m.idle = 0
	for j := range m.jurors {
		m.net.add(narrow(j), m.source, narrow(len(m.entries))+1, 0)
	}
	m.bands = make([][]int32, len(m.jurors))
	for j := range m.jurors {
		for q, end := m.load[j], m.load[j]+m.room(j); q < end; {
			price, width := m.weigh.scale.band(q)
			width = min(width, end-q)
			m.bands[j] = append(m.bands[j], m.net.add(m.source, narrow(j), narrow(width), price))
			q += width
		}
	}
}

func (m *model) linkSeats() {
	for n := range m.places {
		x := &m.places[n]
		if x.host >= 0 {
			x.waive = m.net.add(x.open, x.host, 1, m.prices.waived)
			if x.seats > 1 {
				x.pass = m.net.add(x.host, x.open, narrow(x.seats-1), 0)
			}
		}
		x.unmet = narrow(len(m.net.arcs))
		for missing := 1; missing <= x.seats; missing++ {
			m.net.add(m.source, x.open, 1, m.prices.unmet*int64(missing))
		}
	}
}

// into is the node through which juror j enters an entry.
func (m *model) into(x *place, j int) int32 {
	if x.host >= 0 && m.isHost(x.entry, j) {
		return x.host
	}
	return x.open
}

// priceOf is the cost of a pair, less what it saves to leave it where it is.
func (m *model) priceOf(x *place, j int) int64 {
	c := int64(x.costs[j])
	if m.row(x.entry)[j]&loose != 0 {
		c -= m.prices.stay
	}
	return c
}

func (m *model) link(x *place, j int) {
	m.net.add(narrow(j), m.into(x, j), 1, m.priceOf(x, j))
	at := x.entry*len(m.jurors) + j
	m.pairs = append(m.pairs, narrow(at))
	m.known[at] = true
}

// take gives what flows.
func (m *model) take() {
	for n, at := range m.pairs {
		if m.net.arcs[int(m.base)+n].flow > 0 {
			m.give(int(at)/len(m.jurors), int(at)%len(m.jurors))
		}
	}
}

// narrow takes a number of nodes, arcs or seats into 32 bits.
func narrow(n int) int32 { return int32(n) } //nolint:gosec // G115: all of them are far fewer than 2³¹
