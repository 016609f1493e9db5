package study

import (
	"fmt"
	"slices"

	"github.com/nudge-abm/nudge/calibrate/abc"
	"github.com/nudge-abm/nudge/calibrate/mcmc"
)

// chains is the section mcmc: the keys of mcmc.Options.
type chains struct {
	Chains whole                             `yaml:"chains,omitempty" is:"positive"`
	Warmup whole                             `yaml:"warmup,omitempty" is:"positive"`
	Accept number                            `yaml:"accept,omitempty" is:"inside"`
	Metric choice[mcmc.Metric, *mcmc.Metric] `yaml:"metric,omitempty"`
	Lucks  whole                             `yaml:"lucks,omitempty" is:"positive"`
}

// particles is the section abc: the keys of abc.Options.
type particles struct {
	Particles     whole                       `yaml:"particles,omitempty" is:"positive"`
	Simulations   whole                       `yaml:"simulations,omitempty" is:"positive"`
	Distance      choice[Distance, *Distance] `yaml:"distance,omitempty"`
	Tolerance     number                      `yaml:"tolerance,omitempty" is:"positive"`
	MinAcceptance number                      `yaml:"min_acceptance,omitempty" is:"share"`
	Quantile      number                      `yaml:"quantile,omitempty" is:"inside"`
}

// Distance is what makes a particle near the data.
type Distance string

// The distances.
const (
	ByScale Distance = "scaled" // of one observation, in median absolute deviations
	ByLoss  Distance = "loss"   // the loss itself
)

// UnmarshalText sets the distance by its name.
func (d *Distance) UnmarshalText(text []byte) error {
	if all := []Distance{ByScale, ByLoss}; !slices.Contains(all, Distance(text)) {
		return fmt.Errorf("distance must be one of %v, not %q", all, text)
	}
	*d = Distance(text)
	return nil
}

// sample collects the options of the methods that sample. There are as many
// draws in all as the section posterior wants.
func (s *Study) sample(c *Calibration) error {
	c.Method = s.Method()
	m, a := &s.spec.MCMC, &s.spec.ABC
	c.MCMC = mcmc.Options{
		Chains: m.Chains.int(), Warmup: m.Warmup.int(), Accept: m.Accept.value, Metric: m.Metric.value, Lucks: m.Lucks.int(), Seed: s.Seed(),
	}
	if c.Method == Metropolis {
		c.MCMC.Kernel = mcmc.Metropolis
	}
	c.ABC = abc.Options{
		Particles: a.Particles.int(), Simulations: a.Simulations.int(), Tolerance: a.Tolerance.value,
		MinAcceptance: a.MinAcceptance.value, Quantile: a.Quantile.value, Seed: s.Seed(),
	}
	c.Distance = a.Distance.value
	return nil
}
