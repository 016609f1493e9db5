package prior

// Leading returns the number of coordinates in which θ jumps, those of
// [Discrete] blocks. They come first in z, whatever the order of the blocks, so
// that a flow can finish them first.
func (j *Joint) Leading() int { return j.leading }

// Discrete returns, for each parameter in the order of θ, whether it is
// discrete.
func (j *Joint) Discrete() []bool {
	is := make([]bool, len(j.names))
	for _, b := range j.blocks {
		_, is[b.theta.from] = b.Block.(*Discrete)
	}
	return is
}

// Within writes to z, beside the coordinates of the other parameters at θ, those
// of the discrete ones at the given shares of their values' cells, u having one
// number in (0, 1) for each. As u runs through the unit cube, the coordinates run
// through all that give θ, evenly by prior probability.
func (j *Joint) Within(z, theta, u []float64) {
	wantLen("u", len(u), j.leading)
	j.Unconstrain(z, theta)
	for _, b := range j.blocks {
		if d, is := b.Block.(*Discrete); is {
			d.within(b.z.of(z), b.theta.of(theta), u[b.z.from])
		}
	}
}

// jumps returns the number of coordinates of a block in which θ jumps.
func jumps(b Block) int {
	switch b := b.(type) {
	case *Discrete:
		return 1
	case *Joint:
		return b.leading
	}
	return 0
}
