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
	t.print = 0
	t.tag = a.id | (t.tag+1<<stampShift)&(stampMask<<stampShift)
}

// Mute stops the recording, or takes it up again in a new segment. Meanwhile
// numbers know whether they carry derivatives and nothing more, which costs
// little more than their values.
func (a *Arena) Mute(on bool) {
	a.Segment()
	a.tape.mute = on
}

// Fingerprint returns a number that tells the local derivatives of the operations
// since the segment began, recorded or not, from others.
func (a *Arena) Fingerprint() uint64 {
	a.mustBeReverse()
	return a.tape.print
}

// TapeBytes returns the memory that the tape uses and holds.
func (a *Arena) TapeBytes() (used, held int) {
	a.mustBeReverse()
	t := a.tape
	return bytes(len(t.nodes), len(t.parents), len(t.edges)), bytes(cap(t.nodes), cap(t.parents), cap(t.edges))
}

func bytes(nodes, parents, edges int) int { return 24*nodes + 4*parents + 16*edges }
