package ad

// Fix makes the nodes recorded so far the bottom of the tape, which every
// segment shares. See [Arena.Segment].
func (a *Arena) Fix() {
	a.mustBeReverse()
	t := a.tape
	t.fixed = extent{len(t.nodes), len(t.parents), len(t.edges)}
}

// Segment begins a new segment of the tape: nodes that are not fixed are
// forgotten. It is an error that panics to use their numbers; columns go on by
// way of a [Checkpoint].
func (a *Arena) Segment() {
	a.mustBeReverse()
	t := a.tape
	t.truncate()
	t.tag = a.id | (t.tag+1<<stampShift)&(stampMask<<stampShift)
}

// TapeBytes returns the memory that the tape uses and holds.
func (a *Arena) TapeBytes() (used, held int) {
	a.mustBeReverse()
	t := a.tape
	return bytes(len(t.nodes), len(t.parents), len(t.edges)), bytes(cap(t.nodes), cap(t.parents), cap(t.edges))
}

func bytes(nodes, parents, edges int) int { return 24*nodes + 4*parents + 16*edges }
