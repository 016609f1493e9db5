package gradient

import "math"

// pilotFlips is the number of alternatives followed in a pilot run.
const pilotFlips = 100

// pilotLuck sets the luck of pilot runs apart from that of all samples.
const pilotLuck uint64 = 1 << 62

// learn makes pilot runs: one to learn the mass of each parameter's
// alternatives, then a few to learn the effects of flips, and one more for the
// spacing that gives the number of flips asked for. All use luck that no sample
// uses, so that samples stay independent of what is learnt.
func (s *flipSampler) learn(f Flip) (flipTuning, error) {
	_, _, active := s.p.Shape()
	t := flipTuning{spacing: math.Inf(1), scale: ones(active), mean: 1}
	if err := s.weigh(&t); err != nil {
		return t, err
	}
	for k, m := range s.rule.masses {
		if m > 0 { // else it keeps 1: what is rare must still be chosen at times
			t.scale[k] = 1 / m
		}
	}
	if err := s.respace(&t, pilotFlips); err != nil {
		return t, err
	}
	if err := s.learnEffects(&t, f.Pilot); err != nil {
		return t, err
	}
	return t, s.respace(&t, f.Flips)
}

func ones(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = 1
	}
	return x
}

// weigh makes a pilot run that chooses nothing.
func (s *flipSampler) weigh(t *flipTuning) error {
	s.rule.tuning = *t
	s.rule.tuning.spacing = math.Inf(1)
	return s.run(pilotLuck, &Sample{})
}

// respace sets the spacing for a number of flips a run.
func (s *flipSampler) respace(t *flipTuning, flips int) error {
	if err := s.weigh(t); err != nil {
		return err
	}
	t.spacing = math.Inf(1)
	if s.rule.mass > 0 {
		t.spacing = s.rule.mass / float64(flips)
	}
	return nil
}

// learnEffects follows flips and keeps, by kind, the root mean square over flips
// of the norm of the change in the series. Kinds seen rarely are drawn towards
// the mean of all.
func (s *flipSampler) learnEffects(t *flipTuning, runs int) error {
	s.rule.tuning = *t
	sum, count := map[flipKind]float64{}, map[flipKind]float64{}
	total, n := 0.0, 0.0
	for r := range runs {
		run := pilotLuck + 1 + uint64(r)
		x := Sample{}
		if err := s.run(run, &x); err != nil {
			return err
		}
		for _, f := range s.rule.chosen {
			square := 0.0
			if err := s.follow(run, f, x.Series, func(_ int, d float64) { square += d * d }); err != nil {
				return err
			}
			kind := kindOf(f.at, s.w.Rows())
			sum[kind] += square
			count[kind]++
			total += square
			n++
		}
	}
	if n == 0 || total == 0 {
		return nil
	}
	t.effect, t.mean = map[flipKind]float64{}, math.Sqrt(total/n)
	const prior = 3 // flips' worth of trust in the mean
	for kind, v := range sum {
		t.effect[kind] = math.Sqrt((v + prior*total/n) / (count[kind] + prior))
	}
	return nil
}
