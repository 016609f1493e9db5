package abm

import (
	"math"

	"gonum.org/v1/gonum/mathext"

	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
	"github.com/nudge-abm/nudge/rng/reparam"
)

// Gamma draws from the gamma law with the given shape and rate, of mean
// shape/rate, with pathwise derivatives: in the shape by implicit
// reparameterisation (Figurnov, Mohamed and Mnih, 2018). The run fails unless
// both are positive and finite. Shapes below about 0.05 may underflow to 0,
// without derivatives.
func (w *World) Gamma(purpose Purpose, shape, rate ad.Num) ad.Num {
	w.shape(purpose, "a gamma law", shape.Primal())
	w.positive(purpose, "the rate of a gamma law", rate.Primal())
	s := w.stream(purpose)
	log := logGamma(&s, shape)
	w.laws.gamma = gamma{shape: shape, rate: rate, log: log.Primal()}
	return w.continuous(purpose, &w.laws.gamma, log.Exp().Div(rate), shape, rate)
}

// gamma is the gamma law at e^log/rate.
type gamma struct {
	shape, rate ad.Num
	log         float64
}

// Score has d log f = (log − ψ(shape))·d shape + (shape − e^log)/rate·d rate.
func (g *gamma) Score() ad.Num {
	shape := g.shape.Primal()
	return ad.Combine(0, g.log-mathext.Digamma(shape), g.shape, (shape-math.Exp(g.log))/g.rate.Primal(), g.rate)
}

// Redraw draws log anew.
func (g *gamma) Redraw(s *rng.Stream) float64 {
	g.log = s.LogGamma(g.shape.Primal())
	return math.Exp(g.log) / g.rate.Primal()
}

// logGamma returns the logarithm of a draw of the Gamma(shape, 1) law, which
// does not underflow.
func logGamma(s *rng.Stream, shape ad.Num) ad.Num {
	v := shape.Primal()
	x := s.LogGamma(v)
	if !shape.Active() {
		return ad.Const(x)
	}
	return shape.Chain(x, reparam.GammaShapeLog(x, v))
}

// smallestShape is where logarithms of gamma draws cease to be finite.
const smallestShape = 1e-300

// shape fails unless v can be a shape parameter of the law.
func (w *World) shape(purpose Purpose, law string, v float64) {
	if !(v >= smallestShape) || math.IsInf(v, 1) {
		w.fail(w.site(purpose), "a shape of %s must be positive and finite, is %g", law, v)
	}
}
