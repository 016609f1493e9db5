package loss

import (
	"math"
	"slices"

	"github.com/nudge-abm/nudge/rng"
)

// Observer is implemented by losses that are likelihoods of single cells: they
// know the observation noise between the simulator and the data.
type Observer interface {
	// Observe replaces every simulated cell of run by an observation drawn from
	// the likelihood. A cell whose expectation makes no sense becomes NaN.
	Observe(run, nuisance []float64, luck *rng.Stream)

	// ObservesMean reports whether it is the mean of replicates that is
	// observed, not each of them.
	ObservesMean() bool
}

// noisy is a cell that can be drawn.
type noisy interface {
	// draw returns an observation of cell i if x was simulated.
	draw(i int, x, nuisance float64, luck *rng.Stream) float64
}

// Observe implements [Observer]. Squared error is no likelihood and adds nothing.
func (p *pointwise) Observe(run, nuisance []float64, luck *rng.Stream) {
	n, ok := p.cell.(noisy)
	if !ok {
		return
	}
	parameter := p.value(nuisance)
	for i, x := range run {
		run[i] = n.draw(i, x, parameter, luck)
	}
}

// ObservesMean implements [Observer].
func (p *pointwise) ObservesMean() bool { return p.combine == OfMean }

// ObservesMean implements [Observer]: all terms that observe must do so.
func (s *sum) ObservesMean() bool {
	for _, term := range s.terms {
		if o, ok := term.Loss.(Observer); !ok || !o.ObservesMean() {
			return false
		}
	}
	return true
}

// Observe implements [Observer]: each term observes its own columns, a later
// one what an earlier one has left without noise.
func (s *sum) Observe(run, nuisance []float64, luck *rng.Stream) {
	for t, term := range s.terms {
		o, ok := term.Loss.(Observer)
		if !ok {
			continue
		}
		given := make([]float64, len(s.shared[t]))
		for k, at := range s.shared[t] {
			given[k] = nuisance[at]
		}
		part := gather(run, s.data.Columns, term.Columns)
		before := slices.Clone(part)
		o.Observe(part, given, luck)
		for k := range part {
			part[k] -= before[k]
		}
		scatter(run, 1, part, s.data.Columns, term.Columns)
	}
}

func (p *poisson) draw(_ int, x, _ float64, luck *rng.Stream) float64 {
	if !(x+p.floor >= 0) {
		return x
	}
	return float64(luck.Poisson(x + p.floor))
}

// draw mixes a Poisson law over a gamma law of mean m and variance κ·m².
func (n *negativeBinomial) draw(_ int, x, kappa float64, luck *rng.Stream) float64 {
	m := x + n.floor
	if !(m >= 0) {
		return x
	}
	if kappa > 0 {
		m *= kappa * luck.Gamma(1/kappa)
	}
	return float64(luck.Poisson(m))
}

func (n *normal) draw(_ int, x, sd float64, luck *rng.Stream) float64 { return x + sd*luck.Normal() }

func (l *logNormal) draw(_ int, x, sd float64, luck *rng.Stream) float64 {
	m := x + l.floor
	if !(m >= 0) {
		return math.NaN()
	}
	return m * math.Exp(sd*luck.Normal())
}

func (b *binomial) draw(i int, x, _ float64, luck *rng.Stream) float64 {
	n := b.trials[i]
	p := (x + b.floor) / (n + 2*b.floor)
	if !(p >= 0 && p <= 1) { // also of unknown trials, where nothing was observed
		return math.NaN()
	}
	return float64(luck.Binomial(int(n), p))
}
