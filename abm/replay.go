package abm

// history records a discrete run row by row, so that alternatives to it can be
// followed sparsely.
type history struct {
	state  [][]State                 // states after the row
	shown  [][]Signal                // signals in the step that makes the row
	felt   [][maxSignals + 1][]int32 // what each agent feels in it, on sparse networks
	total  []Felt                    // and in total
	counts [][]float64               // agents in each state after the row
}

// record keeps the row just made.
func (h *history) record(r *local) {
	if h == nil {
		return
	}
	t := r.w.step
	if t >= len(h.state) {
		h.state, h.shown, h.counts = append(h.state, nil), append(h.shown, nil), append(h.counts, nil)
		h.felt, h.total = append(h.felt, [maxSignals + 1][]int32{}), append(h.total, Felt{})
	}
	h.state[t] = append(h.state[t][:0], r.state...)
	h.shown[t] = append(h.shown[t][:0], r.shown...)
	h.counts[t] = append(h.counts[t][:0], r.counts...)
	for k := range r.felt {
		h.felt[t][k] = append(h.felt[t][k][:0], r.felt[k]...)
	}
	h.total[t] = r.total
}
