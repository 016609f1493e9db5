package prior

import (
	"math"
	"sync"

	"gonum.org/v1/gonum/integrate/quad"
)

// pooled is the density of θ = b(mean + spread·x), x standard normal, integrated
// over the densities of mean and spread: in w = mean + spread·x a mixture of
// shifted copies of one density or another.
type pooled struct {
	bijector Bijector
	parts    []shifted
	law      string
	moments  func() (mean, sd float64)
}

// shifted is a part of a mixture.
type shifted struct {
	weight  float64
	density Density
	by      float64
}

// spreads and others are the numbers of nodes that spread and, for each of them,
// mean or x are integrated over.
const spreads, others = 32, 16

// newPooled integrates. Nodes are equally probable in the sense of quadrature over
// quantiles. For a given spread the wider of mean and spread·x stays a density, so
// that the mixture is smooth.
func newPooled(b Bijector, mean, spread Density, law string) pooled {
	p := pooled{bijector: b, law: law}
	us, ws := unitNodes(spreads)
	un, wn := unitNodes(others)
	for j, u := range us {
		s := spread.Quantile(u)
		for k, v := range un {
			if weight := ws[j] * wn[k]; s > mean.SD() {
				p.parts = append(p.parts, shifted{weight, Normal{0, s}, mean.Quantile(v)})
			} else {
				p.parts = append(p.parts, shifted{weight, mean, s * standard.Quantile(v)})
			}
		}
	}
	p.moments = sync.OnceValues(p.integrate)
	return p
}

// unitNodes are the nodes and weights of Gauss-Legendre quadrature from 0 to 1.
func unitNodes(n int) (at, weight []float64) {
	at, weight = make([]float64, n), make([]float64, n)
	quad.Legendre{}.FixedLocations(at, weight, 0, 1)
	return at, weight
}

// Bijector implements [Unconstrained].
func (p pooled) Bijector() Bijector { return p.bijector }

// LogDensityAt implements [Unconstrained].
func (p pooled) LogDensityAt(w float64) (logp, dlogp float64) {
	sum, slope := 0.0, 0.0
	for _, x := range p.parts {
		l, dl := x.density.LogDensity(w - x.by)
		d := x.weight * math.Exp(l)
		sum += d
		slope += d * dl
	}
	if sum == 0 {
		return outside()
	}
	return math.Log(sum), slope / sum
}

// QuantileAt implements [Unconstrained], to a billionth of the probability of the
// smaller side.
func (p pooled) QuantileAt(u float64) float64 {
	wantProbability(u)
	switch u {
	case 0:
		return math.Inf(-1)
	case 1:
		return math.Inf(1)
	}
	enough := 1e-10*math.Min(u, 1-u) + 1e-15*u
	return newton(func(w float64) (value, slope float64) {
		logp, _ := p.LogDensityAt(w)
		if value = p.below(w) - u; math.Abs(value) < enough {
			value = 0 // the rest is rounding
		}
		return value, math.Exp(logp)
	}, p.parts[len(p.parts)/2].by)
}

// below is the probability below w.
func (p pooled) below(w float64) (sum float64) {
	for _, x := range p.parts {
		sum += x.weight * x.density.CDF(w-x.by)
	}
	return sum
}

// LogDensity implements [Density].
func (p pooled) LogDensity(x float64) (logp, dlogp float64) {
	if lo, hi := p.Support(); !(x > lo && x < hi) {
		return outside()
	}
	w := p.bijector.Inverse(x)
	_, dx, logDet, dlogDet := p.bijector.Forward(w)
	logp, dlogp = p.LogDensityAt(w)
	return logp - logDet, (dlogp - dlogDet) / dx
}

// CDF implements [Density].
func (p pooled) CDF(x float64) float64 {
	switch lo, hi := p.Support(); {
	case !(x > lo):
		return 0
	case x >= hi:
		return 1
	}
	return p.below(p.bijector.Inverse(x))
}

// Quantile implements [Density].
func (p pooled) Quantile(u float64) float64 {
	x, _, _, _ := p.bijector.Forward(p.QuantileAt(u))
	return x
}

// Mean implements [Density].
func (p pooled) Mean() float64 {
	mean, _ := p.moments()
	return mean
}

// SD implements [Density].
func (p pooled) SD() float64 {
	_, sd := p.moments()
	return sd
}

// integrate returns mean and standard deviation of all but 2e-11 of the mass: the
// tails of a log-normal with an uncertain spread may have none.
func (p pooled) integrate() (mean, sd float64) {
	moment := func(f func(x float64) float64) float64 {
		return quad.Fixed(func(w float64) float64 {
			logp, _ := p.LogDensityAt(w)
			x, _, _, _ := p.bijector.Forward(w)
			return f(x) * math.Exp(logp)
		}, p.QuantileAt(1e-11), p.QuantileAt(1-1e-11), 400, quad.Legendre{}, 0)
	}
	mean = moment(func(x float64) float64 { return x })
	return mean, math.Sqrt(moment(func(x float64) float64 { return (x - mean) * (x - mean) }))
}

// Support implements [Density].
func (p pooled) Support() (lo, hi float64) {
	lo, _, _, _ = p.bijector.Forward(math.Inf(-1))
	hi, _, _, _ = p.bijector.Forward(math.Inf(1))
	return lo, hi
}

func (p pooled) String() string { return p.law }
