package abm

// history records a discrete run row by row, so that alternatives to it can be
// followed sparsely.
type history struct {
	n       int
	moments []moment // by block of rows, agent, and row in the block
	heard   []int32  // by agent, the last row after which it hears
	total   []Felt   // by row, what everybody together feels in its step
	counts  []float64
}

// moment is an agent at a row. It fills 8 bytes, so that a block of rows of an
// agent fills a line of the processor's cache: an alternative meets the same few
// agents row after row.
type moment struct {
	state State             // after the row
	shown Signal            // in the step that makes the row
	felt  [maxSignals]tally // in it, on sparse networks
}

// block is the number of rows of an agent that lie together.
const block = 8

// at returns the moment of agent i at a row.
func (h *history) at(row, i int) *moment { return &h.moments[(row/block*h.n+i)*block+row%block] }

// counted returns the numbers of agents in each of so many states after a row.
func (h *history) counted(row, states int) []float64 { return h.counts[row*states:][:states] }

// record keeps the row just made.
func (h *history) record(r *local) {
	row := r.w.step
	if row == 0 {
		h.begin(r)
	}
	moments := h.moments[row/block*h.n*block+row%block:]
	for i, s := range r.state {
		m := &moments[i*block]
		m.state, m.shown = s, r.shown[i]
		if r.hears[s] {
			h.heard[i] = int32(row)
		}
		for k, felt := range r.felt[1:] {
			if felt != nil {
				m.felt[k] = felt[i]
			}
		}
	}
	h.total[row] = r.total
	copy(h.counted(row, r.States), r.counts)
}

// begin makes room for a run.
func (h *history) begin(r *local) {
	rows := r.w.rows
	h.n = r.n
	if n := (rows + block - 1) / block * block * r.n; len(h.moments) != n {
		h.moments, h.heard = make([]moment, n), make([]int32, r.n)
	}
	clear(h.heard)
	if len(h.counts) != rows*r.States {
		h.total, h.counts = make([]Felt, rows), make([]float64, rows*r.States)
	}
}
