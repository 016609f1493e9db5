package gradient

import "math"

const (
	// A pilot run follows as many alternatives as a sample, within these bounds.
	minPilotFlips = 100
	maxPilotFlips = 1000
	// pilotOffers is how many alternatives a mass is averaged over, as long as
	// that takes no more than maxWeighings runs: one run of a large model has
	// them, a small model needs several.
	pilotOffers  = 1000
	maxWeighings = 64
	// pilotLuck sets the luck of pilot runs apart from that of all samples.
	pilotLuck uint64 = 1 << 62
	// prior is how many flips' worth of trust there is in the mean of all kinds.
	prior = 3
	// usualFlips is the number of alternatives if none is asked for: so many, and up
	// to as many as take the work of a run, since what costs little should be used.
	usualFlips = 100
)

// learn makes pilot runs: first to learn the mass of each parameter's
// alternatives, then a few to learn the effects of flips and the size of the
// derivatives, by which parameters are made alike, and again for the spacing that
// gives the number of flips asked for. All use luck that no sample uses, so that
// samples stay independent of what is learnt.
func (s *flipSampler) learn(f Flip) (flipTuning, error) {
	_, _, active := s.p.Shape()
	t := flipTuning{spacing: math.Inf(1), scale: ones(active), mean: 1}
	masses, _, err := s.weigh(&t)
	if err != nil {
		return t, err
	}
	for k, m := range masses {
		if m > 0 { // else it keeps 1: what is rare must still be chosen at times
			t.scale[k] = 1 / m
		}
	}
	if err := s.respace(&t, min(max(minPilotFlips, f.Flips), maxPilotFlips)); err != nil {
		return t, err
	}
	m, err := s.learnEffects(&t, f.Pilot)
	if err != nil {
		return t, err
	}
	for k, size := range m.sizes(active) {
		if size == 0 {
			size = masses[k] * t.mean // which bounds it, more or less
		}
		if size > 0 {
			t.scale[k] = 1 / size
		}
	}
	if f.Flips > 0 {
		return t, s.respace(&t, f.Flips)
	}
	if err := s.respace(&t, usualFlips); err != nil || s.replay == nil {
		return t, err
	}
	return t, s.afford(&t)
}

// afford sets the spacing for as many alternatives as take the work of a run, if
// that is more than usual, after a run that tells what they take.
func (s *flipSampler) afford(t *flipTuning) error {
	s.rule.tuning = *t
	if err := s.Sample(pilotLuck+2*maxWeighings, &Sample{}); err != nil {
		return err
	}
	flips := float64(len(s.rule.chosen))
	if flips == 0 {
		return nil
	}
	most := s.replay.AgentSteps() // an agent-step each, at least
	t.spacing /= max(1, min(flips/s.replayed, most)/usualFlips)
	return nil
}

func ones(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = 1
	}
	return x
}

// weigh makes pilot runs that choose nothing and returns the mean mass of a run's
// alternatives, for each parameter and by the sizes they are chosen by.
func (s *flipSampler) weigh(t *flipTuning) (masses []float64, mass float64, err error) {
	s.rule.tuning = *t
	s.rule.tuning.spacing = math.Inf(1)
	masses = make([]float64, len(t.scale))
	offers, runs := 0, 0
	for ; runs < maxWeighings && offers < pilotOffers; runs++ {
		if err := s.run(pilotLuck+uint64(runs), &Sample{}); err != nil {
			return nil, 0, err
		}
		for k, m := range s.rule.masses {
			masses[k] += m
		}
		mass += s.rule.mass
		offers += s.rule.offers
	}
	for k := range masses {
		masses[k] /= float64(runs)
	}
	return masses, mass / float64(runs), nil
}

// respace sets the spacing for a number of flips a run. If no pilot run offered
// an alternative, any spacing will do: those that come are few.
func (s *flipSampler) respace(t *flipTuning, flips int) error {
	_, mass, err := s.weigh(t)
	if err != nil {
		return err
	}
	if mass == 0 {
		mass = 1
	}
	t.spacing = mass / float64(flips)
	return nil
}

// learnEffects follows flips and keeps, by kind, the root mean square over flips
// of the norm of the change in the series. Kinds seen rarely are drawn towards
// the mean of all. It returns the moments of the pilot runs' estimates.
func (s *flipSampler) learnEffects(t *flipTuning, runs int) (*Moments, error) {
	s.rule.tuning = *t
	m, active := &Moments{}, len(t.scale)
	var effects meanSquares
	for r := range runs {
		run := pilotLuck + maxWeighings + uint64(r)
		x := Sample{}
		if err := s.run(run, &x); err != nil {
			return nil, err
		}
		for _, f := range s.rule.chosen {
			square := 0.0
			err := s.follow(run, f, x.Series, func(entry int, d float64) {
				square += d * d
				f.add(x.Jacobian[entry*active:], d)
			})
			if err != nil {
				return nil, err
			}
			effects.add(kindOf(f.at, s.w.Rows()), square)
		}
		m.add(&x)
	}
	if byKind, mean := effects.roots(); mean > 0 {
		t.effect, t.mean = byKind, mean
	}
	return m, nil
}

// sizes returns the Euclidean norm of each parameter's derivatives, less what noise
// adds to it, but no less than half of it: noise is not known well.
func (m *Moments) sizes(active int) []float64 {
	sizes, noise := make([]float64, active), make([]float64, active)
	for e, v := range m.Mean {
		sizes[e%active] += v * v
		if m.N > 1 {
			noise[e%active] += m.SE(e) * m.SE(e)
		}
	}
	for k, v := range sizes {
		sizes[k] = math.Sqrt(max(v-noise[k], v/4))
	}
	return sizes
}
