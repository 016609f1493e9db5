package gradient

import (
	"fmt"
	"math"
)

// Debiased is a surrogate as the control variate of [Flip], for a scalar loss L.
//
// The surrogate's adjoints forecast for every draw by how much L changes if it
// comes out otherwise, from one sweep back. The forecasts of all alternatives
// together are known, so the flips have to tell only by how much the truth
// differs, and are chosen where forecasts are large:
//
//	∇E[L] = E[ dL + c·Σ_a ∇p_a·l_a + Σ_(a chosen) ∇p_a/π_a·(Δ_a − c·l_a) ]
//
// with the forecast l_a and the change Δ_a = L(alternative) − L(F). It is unbiased
// for any c; pilot runs find by regression, for each kind of draw, the one that
// varies least: near 1 where the surrogate is good, near 0 where it explodes.
//
//   - Estimates: the gradient of E[L(F)], all parameters at once ([Loss]).
//   - Bias: none, with the exceptions of [Flip].
//   - Variance: that of [Flip], but for the share of the changes that forecasts
//     explain: 40 to 70 % for the epidemic.
//   - Cost: that of [Flip], a run and a sweep back. It does not pay for a full
//     Jacobian, since each entry of the series wants a sweep and forecasts of its own,
//     nor if the model is [abm.Local], where more flips cost less than a sweep.
//   - Needs: what [Flip] needs, and what its surrogate needs.
//   - Use it for: losses of models whose alternatives are whole runs, with some
//     hundred flips; with few it varies more than [Flip].
//
// Source: control variates for importance sampling, Owen, Monte Carlo theory,
// methods and examples (2013), chapters 8 and 9.
type Debiased struct {
	Flips     int       // alternatives a sample, on average; 0 means 100
	Pilot     int       // pilot runs that learn coefficients and effects; 0 means 3
	Surrogate Surrogate // what makes the forecasts

	learnt *learntFlips
}

// Surrogate says what forecasts the effects of draws for [Debiased].
type Surrogate int

// The surrogates. BestSurrogate is cavity for contagions on sparse networks, else
// straight-through.
const (
	BestSurrogate Surrogate = iota
	ByCavity
	ByStraightThrough
)

// surrogates are the words for them, by index.
var surrogates = []string{"best", "cavity", "straight-through"}

// MaxEntries is up to how many entries of a series Debiased gives a Jacobian of.
const MaxEntries = 8

// Name returns "debiased".
func (Debiased) Name() string { return "debiased" }

func (d Debiased) withDefaults() Debiased {
	setDefault(&d.Flips, 100)
	setDefault(&d.Pilot, 3)
	if d.learnt == nil {
		d.learnt = &learntFlips{}
	}
	return d
}

// Sampler fails unless the problem records a few entries of the series only, each
// of which it samples as a loss of its own, under the same luck.
func (d Debiased) Sampler(p *Problem) (Sampler, error) {
	rows, observables, _ := p.Shape()
	var entries []int
	for e := range rows * observables {
		if p.records(e/observables, e%observables) {
			entries = append(entries, e)
		}
	}
	if len(entries) > MaxEntries {
		return nil, fmt.Errorf("debiased estimates the gradient of a single number and takes a sweep back for every entry of the series: "+
			"record at most %d entries (%d are), use it for a loss, or take flip", MaxEntries, len(entries))
	}
	s := &entriesSampler{p: p, entries: entries}
	for _, e := range entries {
		sampler, err := Debiased{Flips: d.Flips, Pilot: d.Pilot, Surrogate: d.Surrogate}.LossSampler(p, entry(e))
		if err != nil {
			s.Close()
			return nil, err
		}
		s.samplers = append(s.samplers, sampler)
	}
	return s, nil
}

// entry is the loss that is an entry of the series.
func entry(e int) Objective {
	return func(series, adjoint []float64) float64 {
		if adjoint != nil {
			clear(adjoint)
			adjoint[e] = 1
		}
		return series[e]
	}
}

// entriesSampler samples a few entries of a series, each as a loss.
type entriesSampler struct {
	p        *Problem
	entries  []int
	samplers []Sampler
	x        Sample
}

// Sample takes a sample of every entry under the luck of run.
func (s *entriesSampler) Sample(run uint64, dst *Sample) error {
	rows, observables, active := s.p.Shape()
	dst.Series = resize(dst.Series, rows*observables)
	dst.Jacobian = resize(dst.Jacobian, rows*observables*active)
	clear(dst.Series)
	clear(dst.Jacobian)
	dst.Runs = 0
	for i, e := range s.entries {
		if err := s.samplers[i].Sample(run, &s.x); err != nil {
			return err
		}
		dst.Series[e] = s.x.Series[0]
		copy(dst.Jacobian[e*active:], s.x.Jacobian)
		dst.Runs += s.x.Runs
	}
	return nil
}

// Close closes the samplers of all entries.
func (s *entriesSampler) Close() {
	for _, x := range s.samplers {
		x.Close()
	}
}

// LossSampler makes the pilot runs first; it fails if one of them does, or if the
// surrogate does not serve the model.
func (d Debiased) LossSampler(p *Problem, l Objective) (Sampler, error) {
	d = d.withDefaults()
	f, err := d.forecaster(p)
	if err != nil {
		return nil, err
	}
	flips := newFlipSampler(p, Flip{}.withDefaults())
	s := &debiasedSampler{flipLossSampler: flipLossSampler{flipSampler: flips, l: l}, forecaster: f}
	flips.rule.foresight = &foresight{forecaster: f, control: make([]float64, len(p.Active))}
	flips.foresee = s.sweep
	d.learnt.once.Do(func() { d.learnt.tuned, d.learnt.err = s.learn(d) })
	if d.learnt.err != nil {
		s.Close()
		return nil, d.learnt.err
	}
	s.use(d.learnt.tuned)
	return s, nil
}

func (d Debiased) forecaster(p *Problem) (forecaster, error) {
	if d.Surrogate != ByStraightThrough {
		if f := newProspects(p); f != nil {
			return f, nil
		}
	}
	if d.Surrogate == ByCavity {
		return nil, noContagion(p)
	}
	return newEchoes(p), nil
}

// debiasedSampler samples a loss by flips with foresight.
type debiasedSampler struct {
	flipLossSampler
	forecaster forecaster
	slopes     []float64
}

// sweep makes the forecasts for a run.
func (s *debiasedSampler) sweep(run uint64) error {
	series, err := s.forecaster.run(run)
	if err != nil {
		return err
	}
	s.slopes = resize(s.slopes, len(series))
	s.l(series, s.slopes)
	return s.forecaster.sweep(s.slopes)
}

// use takes over what was learnt.
func (s *debiasedSampler) use(t flipTuning) {
	s.rule.tuning = t
	s.rule.foresight.learntForesight = t.foresight
}

// learn makes pilot runs as [flipSampler.learn] does, to learn how good the
// forecasts are and what they leave.
func (s *debiasedSampler) learn(d Debiased) (flipTuning, error) {
	active := len(s.p.Active)
	t := flipTuning{spacing: math.Inf(1), scale: ones(active), mean: 1}
	masses, _, err := s.weigh(&t)
	if err != nil {
		return t, err
	}
	for k, m := range masses {
		if m > 0 {
			t.scale[k] = 1 / m
		}
	}
	if err := s.respace(&t, min(max(minPilotFlips, d.Flips), maxPilotFlips)); err != nil {
		return t, err
	}
	seen, squares, err := s.practise(&t, d.Pilot)
	if err != nil {
		return t, err
	}
	for k, square := range squares {
		if square > 0 {
			t.scale[k] = 1 / math.Sqrt(square)
		}
	}
	t.foresight = learnForesight(seen, t.scale, s.w.Rows())
	t.learnResidues(seen, s.w.Rows())
	s.rule.foresight.learntForesight = t.foresight
	return t, s.respace(&t, d.Flips)
}

// practise follows the alternatives chosen in pilot runs and returns them with the
// sums of the squared estimates.
func (s *debiasedSampler) practise(t *flipTuning, runs int) (seen []experience, squares []float64, err error) {
	s.rule.tuning = *t
	squares = make([]float64, len(t.scale))
	for r := range runs {
		run := pilotLuck + maxWeighings + uint64(r)
		var x Sample
		if err := s.flipLossSampler.Sample(run, &x); err != nil {
			return nil, nil, err
		}
		for k, g := range x.Jacobian {
			squares[k] += g * g
		}
		for i, f := range s.rule.chosen {
			seen = append(seen, experience{f, s.changes[i]})
		}
	}
	return seen, squares, nil
}

// learnResidues keeps, by kind, the root mean square of what the forecasts leave,
// at the usual prominence.
func (t *flipTuning) learnResidues(seen []experience, rows int) {
	var residues meanSquares
	for _, x := range seen {
		d := (x.change - t.foresight.expect(x.at, x.forecast)) / t.foresight.prominence(x.at, rows, x.forecast)
		residues.add(kindOf(x.at, rows), d*d)
	}
	if byKind, mean := residues.roots(); mean > 0 {
		t.effect, t.mean = byKind, mean
	}
}

// Close frees the worlds and the forecaster.
func (s *debiasedSampler) Close() {
	s.flipLossSampler.Close()
	s.forecaster.Close()
}
