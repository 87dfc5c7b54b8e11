package record

// Mixed runs mix on leaves given as kind and scope, and returns their old places
// in the new order.
func Mixed(leaves []PublicLeaf) []int64 {
	batch := make([]pendingLeaf, len(leaves))
	for i, l := range leaves {
		batch[i] = pendingLeaf{int64(i), l}
	}
	mix(batch)
	places := make([]int64, len(batch))
	for i, p := range batch {
		places[i] = p.id
	}
	return places
}
