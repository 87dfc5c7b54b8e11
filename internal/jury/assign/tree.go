package assign

// node is one of the spanning tree. arc links it to its parent and points upwards where up is set.
// Children form a list: first of the parent, then next; prev goes back. −1 ends a list.
type node struct {
	price             int64 // the potential: reduced costs of the tree's arcs are 0
	parent, arc       int32
	first, next, prev int32
	depth             int32
	up                bool
}

// tree is the spanning tree of a basis. Its root is the node that was never hung.
type tree struct {
	nodes []node
	stack []int32
}

func newTree(n int) tree {
	t := tree{nodes: make([]node, n), stack: make([]int32, 0, 64)}
	for u := range t.nodes {
		t.nodes[u].parent, t.nodes[u].first, t.nodes[u].next, t.nodes[u].prev = -1, -1, -1, -1
	}
	return t
}

// hang puts u below parent by an arc.
func (t *tree) hang(u, parent, arc int32, up bool) {
	n, p := &t.nodes[u], &t.nodes[parent]
	n.parent, n.arc, n.up = parent, arc, up
	n.next, n.prev = p.first, -1
	if p.first >= 0 {
		t.nodes[p.first].prev = u
	}
	p.first = u
}

// unhang takes u with all below it off its parent.
func (t *tree) unhang(u int32) {
	n := &t.nodes[u]
	if n.prev >= 0 {
		t.nodes[n.prev].next = n.next
	} else {
		t.nodes[n.parent].first = n.next
	}
	if n.next >= 0 {
		t.nodes[n.next].prev = n.prev
	}
}

// join is the lowest node above both.
func (t *tree) join(u, v int32) int32 {
	for u != v {
		switch du, dv := t.nodes[u].depth, t.nodes[v].depth; {
		case du > dv:
			u = t.nodes[u].parent
		case dv > du:
			v = t.nodes[v].parent
		default:
			u, v = t.nodes[u].parent, t.nodes[v].parent
		}
	}
	return u
}

// rehang cuts the part below the leaving node's arc off and hangs it to above by the entering arc,
// turned so that below becomes its top.
func (t *tree) rehang(below, above, leaving, arc int32, up bool) {
	for u := below; ; {
		n := t.nodes[u]
		t.unhang(u)
		t.hang(u, above, arc, up)
		if u == leaving {
			return
		}
		u, above, arc, up = n.parent, u, n.arc, !n.up
	}
}

// lower adds to the prices of u and all below it, and counts their depths anew.
func (t *tree) lower(u int32, add int64) {
	t.stack = append(t.stack[:0], u)
	for len(t.stack) > 0 {
		u = t.stack[len(t.stack)-1]
		t.stack = t.stack[:len(t.stack)-1]
		n := &t.nodes[u]
		n.price += add
		n.depth = t.nodes[n.parent].depth + 1
		for c := n.first; c >= 0; c = t.nodes[c].next {
			t.stack = append(t.stack, c)
		}
	}
}
