package prior

import "fmt"

// Pair is the uniform prior over two named parameters start < end in [lo, hi],
// such as the dates between which a policy holds. The three gaps they leave are
// Dirichlet(1, 1, 1): start is the lesser of two uniform dates, end the
// greater.
type Pair struct {
	OrderedPair
	start, end string
	pieces     [2]Beta
}

// NewPair returns the uniform prior over ordered pairs. It returns an error
// unless lo and hi are finite and lo < hi, and the names differ.
func NewPair(start, end string, lo, hi float64) (*Pair, error) {
	if start == "" || end == "" || start == end {
		return nil, fmt.Errorf("an ordered pair needs two different names, has %q and %q", start, end)
	}
	ordered, err := NewOrderedPair(lo, hi)
	if err != nil {
		return nil, fmt.Errorf("%s and %s: %w", start, end, err)
	}
	p := &Pair{OrderedPair: ordered, start: start, end: end, pieces: [2]Beta{newBeta(1, 2), newBeta(1, 1)}}
	for k, piece := range p.pieces {
		if p.sticks[k], err = standardise(piece); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// Names implements [Block].
func (p *Pair) Names() []string { return []string{p.start, p.end} }

// Dim implements [Block].
func (p *Pair) Dim() int { return 2 }

// Constrain implements [Block].
func (p *Pair) Constrain(theta, z []float64) (logDet float64) { return p.Forward(theta, z) }

// Unconstrain implements [Block].
func (p *Pair) Unconstrain(z, theta []float64) { p.Inverse(z, theta) }

// LogDensity implements [Block].
func (p *Pair) LogDensity(grad, z []float64) float64 {
	return logDensityOfSticks(grad, z, p.sticks[:], p.pieces[:])
}

// Pull implements [Block].
func (p *Pair) Pull(zbar, z, theta, thetabar []float64) { p.Backward(zbar, z, theta, thetabar, 0) }

// Draw implements [Block]: the order statistics of two uniform numbers, the
// lesser first, then the greater given the lesser.
func (p *Pair) Draw(theta, u []float64) {
	p.want(u, theta)
	theta[0], _, _, _ = Interval{p.lo, p.hi}.Forward(p.pieces[0].QuantileAt(u[0]))
	theta[1], _, _, _ = Interval{theta[0], p.hi}.Forward(p.pieces[1].QuantileAt(u[1]))
}

// Marginal implements [Block]: the least and the greatest of two uniform
// numbers.
func (p *Pair) Marginal(i int) Density {
	wantIndex(i, 2)
	beta := newBeta(1, 2)
	if i == 1 {
		beta = newBeta(2, 1)
	}
	return stretched{beta, p.lo, p.hi - p.lo}
}

func (p *Pair) String() string {
	return fmt.Sprintf("(%s, %s) ~ UniformOrderedPair(lo=%v, hi=%v)", p.start, p.end, p.lo, p.hi)
}
