package abm

// Shuffled is [World.Agents] in an order drawn anew, each order as likely as any
// other. One goes on at a time: the order is forgotten when the next is drawn.
func (w *World) Shuffled(purpose Purpose, n int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		s := w.stream(purpose)
		w.order = w.order[:0]
		for i := range n { // Fisher–Yates from the inside out
			j := s.IntN(i + 1)
			w.order = append(w.order, i)
			w.order[i], w.order[j] = w.order[j], w.order[i]
		}
		for _, i := range w.order {
			mark := w.mark()
			w.agent = i
			more := yield(i)
			w.release(mark)
			if !more {
				break
			}
		}
		w.agent = -1
	}
}
