package gradient

import (
	"math"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// flipTuning is what the pilot runs learn.
type flipTuning struct {
	spacing float64
	scale   []float64            // 1/n_p, one a parameter
	effect  map[flipKind]float64 // root mean square effect; kinds never seen take mean
	mean    float64

	foresight learntForesight // what was learnt of forecasts, if there are any
}

// flipKind groups flips that act alike: one purpose in one stretch of time.
type flipKind struct {
	purpose int
	stretch int
}

// stretches is the number of stretches of time that effects are told apart by.
const stretches = 12

// flipRule leaves every draw plain and chooses alternatives on the way.
type flipRule struct {
	side    Side
	tuning  flipTuning
	mass    float64 // cumulated so far
	next    float64 // mass at which the next alternative is chosen
	masses  []float64
	offers  int // alternatives considered
	chosen  []flip
	tangent []float64

	foresight *foresight // nil: nothing is expected of an alternative
}

// begin readies the rule for a run. The offset of the systematic sample is luck
// of its own, independent of the run's.
func (r *flipRule) begin(luck rng.Seed) {
	r.mass, r.offers, r.chosen = 0, 0, r.chosen[:0]
	r.next = r.tuning.spacing * luck.Uniform(rng.Key{Purpose: choosingFlips, Agent: -1})
	clear(r.masses)
	if r.foresight != nil {
		clear(r.foresight.control)
	}
}

// choosingFlips is the purpose of the sampling offset; models' own purposes are
// small numbers.
const choosingFlips = 0xF11B

// Plain marks that draws stay plain.
func (r *flipRule) Plain() {}

// EventsOnly reports whether alternatives are only to what has happened.
func (r *flipRule) EventsOnly() bool { return r.side == LeftSide }

func (r *flipRule) Bernoulli(w *abm.World, at abm.Site, p ad.Num, x float64) ad.Num {
	q := p.Primal()
	weight := 1.0 // of ∇p on F(alternative) − F(x)
	switch {
	case r.side == RightSide && x == 0:
		weight = 1 / (1 - q)
	case r.side == RightSide:
		weight = 0
	case r.side == LeftSide && x == 1:
		weight = -1 / q
	case r.side == LeftSide:
		weight = 0
	case x == 1:
		weight = -1
	}
	r.offer(w, at, p, 1-x, weight, r.forecast(at, 1-2*x))
	return ad.Const(x)
}

func (r *flipRule) Categorical(w *abm.World, at abm.Site, p, onehot []ad.Num) {
	drawn := 0.0
	for c := range p {
		if onehot[c].Primal() == 1 {
			drawn = r.forecastOf(at, c)
		}
	}
	for c := range p {
		if onehot[c].Primal() == 0 {
			r.offer(w, at, p[c], float64(c), 1, r.forecastOf(at, c)-drawn)
		}
	}
}

func (r *flipRule) Count(w *abm.World, at abm.Site, law abm.Law, x float64) ad.Num {
	left := law.Mix()
	switch r.side {
	case RightSide:
		left = 0
	case LeftSide:
		left = 1
	}
	if to, rate := law.Right(x); left < 1 && rate != 0 {
		r.offer(w, at, law.Parameter(), to, (1-left)*rate, r.forecast(at, to-x))
	}
	if to, rate := law.Left(x); left > 0 && rate != 0 {
		r.offer(w, at, law.Parameter(), to, left*rate, r.forecast(at, to-x))
	}
	return ad.Const(x)
}

// forecast returns the change of the loss that is forecast for a change of a
// draw's outcome.
func (r *flipRule) forecast(at abm.Site, by float64) float64 { return r.forecastOf(at, 0) * by }

// forecastOf returns the slope forecast for a draw, or for one of its alternatives.
func (r *flipRule) forecastOf(at abm.Site, index int) float64 {
	if r.foresight == nil {
		return 0
	}
	return r.foresight.slope(at, index)
}

// offer considers the alternative value of a draw, whose effect counts with
// weight·dp, and is forecast to be such a change of the loss.
func (r *flipRule) offer(w *abm.World, at abm.Site, p ad.Num, value, weight, forecast float64) {
	if weight == 0 || !p.Active() {
		return
	}
	r.offers++
	r.tangent = w.Arena().Tangents(r.tangent, p)
	size := 0.0
	for k, d := range r.tangent {
		v := d * r.tuning.scale[k]
		size += v * v
	}
	if r.masses != nil {
		for k, d := range r.tangent {
			r.masses[k] += math.Abs(weight * d)
		}
	}
	size = math.Sqrt(size) * math.Abs(weight) * r.tuning.of(at, w.Rows())
	expected := 0.0
	if r.foresight != nil {
		forecast = r.foresight.credible(at, forecast)
		size *= r.foresight.prominence(at, w.Rows(), forecast)
		expected = r.foresight.expect(at, forecast)
		axpy(weight*expected, r.tangent, r.foresight.control)
	}
	if size == 0 {
		return
	}
	times := 0.0 // many, if the parameters have moved far from where the pilot was
	if r.mass += size; r.next < r.mass {
		times = math.Ceil((r.mass - r.next) / r.tuning.spacing)
		r.next += times * r.tuning.spacing
	}
	if times > 0 {
		f := flip{at: at, value: value, weight: make([]float64, len(r.tangent)), expected: expected, forecast: forecast}
		for k, d := range r.tangent {
			f.weight[k] = times * r.tuning.spacing / size * weight * d
		}
		r.chosen = append(r.chosen, f)
	}
}

func (t *flipTuning) of(at abm.Site, rows int) float64 {
	if e, ok := t.effect[kindOf(at, rows)]; ok {
		return e
	}
	return t.mean
}

func kindOf(at abm.Site, rows int) flipKind {
	return flipKind{at.Purpose.Kind(), at.Step * stretches / rows}
}
