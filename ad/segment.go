package ad

// Fix makes the nodes recorded so far the bottom of the tape, which every
// segment shares. See [Arena.Segment].
func (a *Arena) Fix() {
	a.mustBeReverse()
	t := a.tape
	t.fixed = extent{len(t.nodes), len(t.parents), len(t.edges)}
	a.Segment()
}

// Segment begins a new segment of the tape: nodes that are not fixed are
// forgotten. To use one of their numbers is an error that panics, unless an
// operation leaves it out.
func (a *Arena) Segment() {
	a.mustBeReverse()
	t := a.tape
	t.truncate()
	t.tag = a.id | (t.tag+1<<stampShift)&(stampMask<<stampShift)
}

// Mute stops the recording, or takes it up again. Meanwhile numbers know whether
// they carry derivatives and nothing more, so that a calculation costs little
// more than its values; begin a segment before recording again.
func (a *Arena) Mute(on bool) {
	a.mustBeReverse()
	a.tape.mute = on
}

// TapeBytes returns the memory that the tape holds.
func (a *Arena) TapeBytes() int {
	a.mustBeReverse()
	return 24*cap(a.tape.nodes) + 4*cap(a.tape.parents) + 16*cap(a.tape.edges)
}
