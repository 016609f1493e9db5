package mcmc

import "math"

// stepSize adapts the logarithm of a step size by dual averaging, so that the
// acceptance meets a target (Hoffman and Gelman 2014, section 3.2, with their
// constants).
type stepSize struct {
	target float64
	centre float64 // log of ten times the step begun with
	log    float64 // of the step to take next
	mean   float64 // of log, weighted towards the latest
	excess float64 // running mean of target − acceptance
	n      float64
}

// begin forgets what was learnt and starts at a step.
func (s *stepSize) begin(step float64) {
	*s = stepSize{target: s.target, centre: math.Log(10 * step), log: math.Log(step)}
}

// update takes in the acceptance of a transition.
func (s *stepSize) update(acceptance float64) {
	const gamma, delay, kappa = 0.05, 10, 0.75
	s.n++
	share := 1 / (s.n + delay)
	s.excess += share * (s.target - acceptance - s.excess)
	s.log = s.centre - math.Sqrt(s.n)/gamma*s.excess
	s.mean += math.Pow(s.n, -kappa) * (s.log - s.mean)
}

// next is the step to take while adapting.
func (s *stepSize) next() float64 { return math.Exp(s.log) }

// settled is the step to keep.
func (s *stepSize) settled() float64 {
	if s.n == 0 {
		return math.Exp(s.log)
	}
	return math.Exp(s.mean)
}
