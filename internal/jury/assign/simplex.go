package assign

import "math"

// Where an arc stands: at its capacity, in the spanning tree, or empty. The sign turns reduced
// costs so that a negative product always means "worth changing".
const (
	atCapacity int8 = -1
	inTree     int8 = 0
	empty      int8 = 1
)

type arc struct {
	tail, head int32
	room, flow int32 // units; room is the capacity
	cost       int64 // a unit
	state      int8
}

// network is a minimum-cost flow problem, solved by the primal network simplex with a block search
// for the entering arc and a strongly feasible tree, which cannot cycle: every arc of the tree can
// take one more unit towards the root. It starts from a flow and a tree that the model lays, and
// solved again after arcs were added it goes on from where it stood.
type network struct {
	arcs   []arc
	tree   tree
	scan   int // where the search for the next entering arc goes on
	pivots int
}

func newNetwork(nodes, arcs int) *network {
	return &network{arcs: make([]arc, 0, arcs), tree: newTree(nodes)}
}

// add makes an arc and gives back its number.
func (g *network) add(tail, head, room int32, cost int64) int32 {
	g.arcs = append(g.arcs, arc{tail: tail, head: head, room: room, cost: cost, state: empty})
	return narrow(len(g.arcs) - 1)
}

// fill sends as much over an arc as it takes.
func (g *network) fill(n int32) { g.arcs[n].flow, g.arcs[n].state = g.arcs[n].room, atCapacity }

// plant hangs a node into the first tree by an arc with this flow; the other end hangs already.
func (g *network) plant(u, n, flow int32) {
	a := &g.arcs[n]
	a.flow, a.state = flow, inTree
	parent, price := a.tail, a.cost
	if a.tail == u {
		parent, price = a.head, -a.cost
	}
	g.tree.hang(u, parent, n, a.tail == u)
	g.tree.nodes[u].price = g.tree.nodes[parent].price + price
	g.tree.nodes[u].depth = g.tree.nodes[parent].depth + 1
}

// reduced is what one unit over the arc costs at the prices of its ends.
func (g *network) reduced(a *arc) int64 {
	return a.cost + g.tree.nodes[a.tail].price - g.tree.nodes[a.head].price
}

// solve pivots until no arc is worth changing.
func (g *network) solve() {
	for in := g.entering(); in >= 0; in = g.entering() {
		g.pivot(in)
		g.pivots++
	}
}

// entering looks through blocks of ½√arcs for the arc that is most worth changing, from where it
// stopped last; −1 when there is none.
func (g *network) entering() int32 {
	count := len(g.arcs)
	block := max(64, int(math.Sqrt(float64(count))/2))
	best, in, left, at := int64(0), int32(-1), block, g.scan
	for range count {
		if at >= len(g.arcs) {
			at = 0
		}
		if a := &g.arcs[at]; a.state != inTree {
			if worth := int64(a.state) * g.reduced(a); worth < best {
				best, in = worth, int32(at)
			}
		}
		at++
		if left--; left == 0 {
			if in >= 0 {
				break
			}
			left = block
		}
	}
	g.scan = at
	return in
}

// pivot sends as much as fits around the cycle that the entering arc closes, and lets the arc that
// blocks leave the tree.
func (g *network) pivot(in int32) {
	a := &g.arcs[in]
	from, to := a.tail, a.head // the direction in which flow goes along the entering arc
	if a.state == atCapacity {
		from, to = to, from
	}
	join := g.tree.join(from, to)
	amount, leaving, onTo := g.blocking(from, to, join, a.room)
	if amount > 0 {
		a.flow += amount * int32(a.state)
		g.push(from, join, -amount)
		g.push(to, join, amount)
	}
	if leaving < 0 {
		a.state = -a.state
		return
	}
	out := &g.arcs[g.tree.nodes[leaving].arc]
	out.state = atCapacity
	if out.flow == 0 {
		out.state = empty
	}
	a.state = inTree
	below, above := from, to
	if onTo {
		below, above = to, from
	}
	shift := g.reduced(a)
	if a.head == below {
		shift = -shift
	}
	g.tree.rehang(below, above, leaving, in, a.tail == below)
	g.tree.lower(below, -shift)
}

// blocking finds how much fits around the cycle and the node whose arc to its parent limits it;
// −1 where the entering arc itself does. Of several the last along the cycle from its top leaves:
// that keeps the tree strongly feasible.
func (g *network) blocking(from, to, join, amount int32) (most, leaving int32, onTo bool) {
	leaving = -1
	for u := from; u != join; u = g.tree.nodes[u].parent {
		if d := g.slack(u, g.tree.nodes[u].up); d < amount {
			amount, leaving = d, u
		}
	}
	for u := to; u != join; u = g.tree.nodes[u].parent {
		if d := g.slack(u, !g.tree.nodes[u].up); d <= amount {
			amount, leaving, onTo = d, u, true
		}
	}
	return amount, leaving, onTo
}

// slack is how much the flow of the arc above u can change.
func (g *network) slack(u int32, less bool) int32 {
	a := &g.arcs[g.tree.nodes[u].arc]
	if less {
		return a.flow
	}
	return a.room - a.flow
}

// push changes the flows between u and the top of the cycle: amount units more go upwards.
func (g *network) push(u, join, amount int32) {
	for ; u != join; u = g.tree.nodes[u].parent {
		n := &g.tree.nodes[u]
		if n.up {
			g.arcs[n.arc].flow += amount
		} else {
			g.arcs[n.arc].flow -= amount
		}
	}
}

// violations counts what complementary slackness forbids: an arc with flow at a loss, an arc with
// room at a gain. 0 proves the flow optimal.
func (g *network) violations() int {
	n := 0
	for i := range g.arcs {
		a := &g.arcs[i]
		if r := g.reduced(a); r < 0 && a.flow < a.room || r > 0 && a.flow > 0 {
			n++
		}
	}
	return n
}

// cost is what the flow costs in all.
func (g *network) cost() int64 {
	sum := int64(0)
	for _, a := range g.arcs {
		sum += int64(a.flow) * a.cost
	}
	return sum
}
