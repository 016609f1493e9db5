package sir

import (
	"fmt"
	"math"
)

// Limit is the epidemic that the mean of the model converges to on the complete
// network without policies, as the number of agents grows and steps shorten
// (paper, section 9): the shares follow
//
//	S′ = −β·S·I ,   I′ = β·S·I − γ·I ,   R′ = γ·I ,   S(0) = 1−i0 , I(0) = i0 ,
//
// and their derivatives in β, γ and i0 the equations that these imply.
type Limit struct {
	Transmission float64 // β ≥ 0
	Recovery     float64 // γ ≥ 0
	Initial      float64 // i0 in [0, 1]
	Tolerance    float64 // error allowed a step of the integration; 0 means 1e-9
}

// LimitState is the epidemic at one time: shares of the population, and the
// derivatives of each in transmission, recovery and initial.
type LimitState struct {
	Susceptible, Infected, Recovered    float64
	DSusceptible, DInfected, DRecovered [3]float64
}

// At returns the states at times, which must be ascending from 0 or later. It
// panics if they are not, or on parameters out of their range.
func (l Limit) At(times []float64) []LimitState {
	l.check()
	o := orbit{limit: l, tolerance: l.Tolerance, step: 0.1}
	if o.tolerance == 0 {
		o.tolerance = 1e-9
	}
	o.at = vector{1 - l.Initial, l.Initial, 0, 0, 0, 0, -1, 1}
	states := make([]LimitState, len(times))
	now := 0.0
	for k, t := range times {
		if !(t >= now) || math.IsInf(t, 0) {
			panic(fmt.Sprintf("sir: the times of a limit must ascend from 0, but %g follows %g", t, now))
		}
		o.advance(t - now)
		now = t
		states[k] = o.at.state()
	}
	return states
}

func (l Limit) check() {
	for _, v := range []float64{l.Transmission, l.Recovery, l.Tolerance} {
		if !(v >= 0) || math.IsInf(v, 0) {
			panic(fmt.Sprintf("sir: the rates and the tolerance of a limit must be finite and not negative, one is %g", v))
		}
	}
	if !(l.Initial >= 0 && l.Initial <= 1) {
		panic(fmt.Sprintf("sir: the initial share of a limit must lie between 0 and 1, is %g", l.Initial))
	}
}

// vector holds S and I and then the derivatives of both in β, in γ and in i0.
type vector [8]float64

// state adds what follows from S + I + R = 1.
func (y vector) state() LimitState {
	x := LimitState{Susceptible: y[0], Infected: y[1], Recovered: 1 - y[0] - y[1]}
	for k := range 3 {
		ds, di := y[2+2*k], y[3+2*k]
		x.DSusceptible[k], x.DInfected[k], x.DRecovered[k] = ds, di, -ds-di
	}
	return x
}

// slope returns dy/dt.
func (l Limit) slope(y vector) vector {
	s, i := y[0], y[1]
	d := vector{-l.Transmission * s * i, l.Transmission*s*i - l.Recovery*i}
	explicit := [3][2]float64{{s * i, 0}, {0, i}, {}} // ∂(β·S·I) and ∂(γ·I) in β, γ, i0
	for k := range 3 {
		ds, di := y[2+2*k], y[3+2*k]
		infection := explicit[k][0] + l.Transmission*(ds*i+s*di)
		recovery := explicit[k][1] + l.Recovery*di
		d[2+2*k], d[3+2*k] = -infection, infection-recovery
	}
	return d
}

// orbit integrates a limit.
type orbit struct {
	limit     Limit
	tolerance float64
	step      float64 // length of the next step to try
	at        vector
}

// The Runge–Kutta pair of orders 5 and 4 of Dormand and Prince (1980): each
// stage's weights of the slopes before it; the last stage is the step itself.
var stages = [7][]float64{
	{},
	{1. / 5},
	{3. / 40, 9. / 40},
	{44. / 45, -56. / 15, 32. / 9},
	{19372. / 6561, -25360. / 2187, 64448. / 6561, -212. / 729},
	{9017. / 3168, -355. / 33, 46732. / 5247, 49. / 176, -5103. / 18656},
	{35. / 384, 0, 500. / 1113, 125. / 192, -2187. / 6784, 11. / 84},
}

// stageErrors are the slopes' weights in the difference of both orders.
var stageErrors = [7]float64{71. / 57600, 0, -71. / 16695, 71. / 1920, -17253. / 339200, 22. / 525, -1. / 40}

// advance moves on by span in as many steps as the tolerance asks for.
func (o *orbit) advance(span float64) {
	for span > 0 {
		h := min(o.step, span)
		next, miss := o.try(h)
		if miss <= 1 {
			o.at = next
			span -= h
		}
		o.step = h * min(5, max(0.2, 0.9*math.Pow(miss, -0.2)))
	}
}

// try returns the state one step of length h on, and its estimated error in
// units of the error allowed.
func (o *orbit) try(h float64) (next vector, miss float64) {
	var slopes [7]vector
	for k, weights := range stages {
		next = o.at
		for j, w := range weights {
			for e := range next {
				next[e] += h * w * slopes[j][e]
			}
		}
		slopes[k] = o.limit.slope(next)
	}
	for e := range next {
		wrong := 0.0
		for k, w := range stageErrors {
			wrong += h * w * slopes[k][e]
		}
		miss = max(miss, math.Abs(wrong)/(o.tolerance*(1+math.Abs(next[e]))))
	}
	if math.IsNaN(miss) {
		miss = math.Inf(1) // far too long a step
	}
	return next, miss
}
