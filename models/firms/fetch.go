package firms

const (
	large = 1 << 12 // agents whose firms do not fit into fast memory
	ahead = 16      // turns that are fetched for at a time
)

// fetch reads what the turns from the given one on will read of friends and their
// firms, all over memory. As nothing waits for it here, the answers of slow memory
// overlap; in its turn an agent would wait for one after the other.
func (r *run) fetch(turn int, order []int) {
	slots, table, sum := r.firm.Values(), r.table.Values(), 0.0
	turns := min(ahead, r.n-turn)
	for k := range turns {
		for _, j := range r.friends.of(agentAt(turn+k, order)) {
			sum += slots[j]
		}
	}
	for k := range turns {
		i := agentAt(turn+k, order)
		sum += table[of(int(slots[i]), total)]
		for _, j := range r.friends.of(i) {
			sum += table[of(int(slots[j]), total)]
		}
	}
	r.fetched = sum
}

// agentAt returns whose turn it is in an order, nil for that of the index.
func agentAt(turn int, order []int) int {
	if order == nil {
		return turn
	}
	return order[turn]
}
