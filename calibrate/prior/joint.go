package prior

import (
	"fmt"
	"strings"
)

// Joint is an ordered list of independent blocks; it is itself a [Block]. Its
// θ is that of the blocks laid end to end; so is z, but for the coordinates of
// [Discrete] blocks, which come first.
type Joint struct {
	blocks []placed
	names  []string
	dim    int

	leading int // coordinates in which θ jumps; they come first in z
}

// placed is a block with the ranges of θ and z it owns.
type placed struct {
	Block
	theta, z span
}

// span is a half-open range of a vector.
type span struct{ from, to int }

func (s span) of(x []float64) []float64 { return x[s.from:s.to:s.to] }

// NewJoint returns the joint prior of the blocks. It returns an error if there
// is none, if two parameters share a name, or if a joint prior among the blocks
// holds discrete parameters, which must be blocks of their own.
func NewJoint(blocks ...Block) (*Joint, error) {
	j := &Joint{}
	for _, b := range blocks {
		if _, nested := b.(*Joint); nested && jumps(b) > 0 {
			return nil, fmt.Errorf("a joint prior with discrete parameters cannot be a block of another; give its blocks one by one")
		}
		j.leading += jumps(b)
	}
	jumping := 0
	j.dim = j.leading
	for _, b := range blocks {
		names, from := b.Names(), &j.dim
		if jumps(b) > 0 {
			from = &jumping
		}
		j.blocks = append(j.blocks, placed{
			Block: b,
			theta: span{len(j.names), len(j.names) + len(names)},
			z:     span{*from, *from + b.Dim()},
		})
		j.names = append(j.names, names...)
		*from += b.Dim()
	}
	if len(j.names) == 0 {
		return nil, fmt.Errorf("a prior needs at least one parameter")
	}
	if err := j.checkNames(); err != nil {
		return nil, err
	}
	return j, nil
}

func (j *Joint) checkNames() error {
	seen := make(map[string]bool, len(j.names))
	for _, name := range j.names {
		if seen[name] {
			return fmt.Errorf("parameter %q has two priors", name)
		}
		seen[name] = true
	}
	return nil
}

// Names implements [Block].
func (j *Joint) Names() []string { return append([]string(nil), j.names...) }

// Blocks returns the independent blocks in order.
func (j *Joint) Blocks() []Block {
	all := make([]Block, len(j.blocks))
	for i, b := range j.blocks {
		all[i] = b.Block
	}
	return all
}

// Dim implements [Block].
func (j *Joint) Dim() int { return j.dim }

// Constrain implements [Block].
func (j *Joint) Constrain(theta, z []float64) (logDet float64) {
	j.want(z, theta)
	for _, b := range j.blocks {
		logDet += b.Constrain(b.theta.of(theta), b.z.of(z))
	}
	return logDet
}

// Unconstrain implements [Block].
func (j *Joint) Unconstrain(z, theta []float64) {
	j.want(z, theta)
	for _, b := range j.blocks {
		b.Unconstrain(b.z.of(z), b.theta.of(theta))
	}
}

// LogDensity implements [Block].
func (j *Joint) LogDensity(grad, z []float64) (logp float64) {
	wantLen("z", len(z), j.dim)
	if grad == nil {
		for _, b := range j.blocks {
			logp += b.LogDensity(nil, b.z.of(z))
		}
		return logp
	}
	wantLen("gradient", len(grad), j.dim)
	for _, b := range j.blocks {
		logp += b.LogDensity(b.z.of(grad), b.z.of(z))
	}
	return logp
}

// Pull implements [Block].
func (j *Joint) Pull(zbar, z, theta, thetabar []float64) {
	j.want(z, theta)
	j.want(zbar, thetabar)
	for _, b := range j.blocks {
		b.Pull(b.z.of(zbar), b.z.of(z), b.theta.of(theta), b.theta.of(thetabar))
	}
}

// Draw implements [Block].
func (j *Joint) Draw(theta, u []float64) {
	j.want(u, theta)
	for _, b := range j.blocks {
		b.Draw(b.theta.of(theta), b.z.of(u))
	}
}

// Sample draws parameters and their unconstrained coordinates, by as many uniform
// numbers in (0, 1) as there are coordinates.
func (j *Joint) Sample(uniform func() float64) (theta, z []float64) {
	theta, z = make([]float64, len(j.Names())), make([]float64, j.Dim())
	u := make([]float64, j.Dim())
	for k := range u {
		u[k] = uniform()
	}
	j.Draw(theta, u)
	j.Unconstrain(z, theta)
	return theta, z
}

// Saturated implements [Block].
func (j *Joint) Saturated(z []float64) (n int) {
	wantLen("z", len(z), j.dim)
	for _, b := range j.blocks {
		n += b.Saturated(b.z.of(z))
	}
	return n
}

// Marginal implements [Block].
func (j *Joint) Marginal(i int) Density {
	wantIndex(i, len(j.names))
	for _, b := range j.blocks {
		if i < b.theta.to {
			return b.Marginal(i - b.theta.from)
		}
	}
	return nil // not reached: i is in range
}

// String returns one block a line.
func (j *Joint) String() string {
	lines := make([]string, len(j.blocks))
	for i, b := range j.blocks {
		lines[i] = b.String()
	}
	return strings.Join(lines, "\n")
}

func (j *Joint) want(z, theta []float64) {
	wantLen("z", len(z), j.dim)
	wantLen("θ", len(theta), len(j.names))
}
