package assign

import "slices"

// propose gives every open entry arcs from its cheapest jurors, from some of its host city, and
// from all that read it already and could be moved.
func (m *model) propose() {
	order := make([]uint32, 0, len(m.jurors)) // cost and juror
	for n := range m.places {
		x := &m.places[n]
		order = order[:0]
		row := m.row(x.entry)
		for j, mark := range row {
			if mark&refusing == 0 {
				order = append(order, uint32(x.costs[j])<<16|uint32(j)) //nolint:gosec // G115: costs are 100 to 1059
			}
		}
		slices.Sort(order)
		told := 0
		for rank, v := range order {
			j := int(v & 0xffff)
			host := x.host >= 0 && told < hostsTold && m.isHost(x.entry, j)
			if host {
				told++
			}
			if rank < cheapest || host || row[j]&loose != 0 {
				m.link(x, j)
			}
		}
	}
}

// optimise solves, lets the dual prices look for pairs that would lower the cost, and solves again
// with those, until there are none: then the plan is the cheapest over all pairs.
func (m *model) optimise() Proof {
	for {
		m.net.solve()
		m.rounds++
		if m.price() == 0 {
			break
		}
	}
	return Proof{Cost: m.net.cost(), Rounds: m.rounds, Arcs: len(m.net.arcs), Pivots: m.net.pivots, Violations: m.net.violations()}
}

// price adds an arc for every pair without one whose reduced cost is negative, and counts them.
func (m *model) price() int {
	found := 0
	nodes := m.net.tree.nodes
	for n := range m.places {
		x := &m.places[n]
		most := nodes[x.open].price
		if x.host >= 0 {
			most = max(most, nodes[x.host].price)
		}
		first := x.entry * len(m.jurors)
		for j, mark := range m.row(x.entry) {
			if int64(x.costs[j]) >= most-nodes[j].price || mark&refusing != 0 || m.known[first+j] {
				continue
			}
			if int64(x.costs[j]) < nodes[m.into(x, j)].price-nodes[j].price {
				m.link(x, j)
				found++
			}
		}
	}
	return found
}
