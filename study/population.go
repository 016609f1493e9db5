package study

import (
	"context"
	"fmt"
	"io"
	"math"

	"github.com/nudge-abm/nudge/calibrate/abc"
	"github.com/nudge-abm/nudge/report"
)

// nearness is the distance: that of the study or, of a likelihood, the scaled one
// and else the loss.
func (c *Calibration) nearness() Distance {
	switch {
	case c.Distance != "":
		return c.Distance
	case c.Likelihood:
		return ByScale
	}
	return ByLoss
}

// abcProblem is what particles are judged by.
func (c *Calibration) abcProblem() abc.Problem {
	if c.nearness() == ByLoss {
		return abc.Problem{Prior: c.Prior, Model: abc.LossOf(c.Simulation)}
	}
	return abc.Problem{Prior: c.Prior, Model: c.Simulation, Data: c.Data.Values}
}

// sampleParticles makes a population near the data, and draws from it.
func (r *Result) sampleParticles(ctx context.Context, h Hooks) (err error) {
	c := r.Calibration
	o := c.ABC
	o.Workers = c.Options.Workers
	if o.Particles == 0 {
		o.Particles = 500
	}
	generation, tolerance := 0, math.NaN()
	r.Population, err = abc.Run(ctx, c.abcProblem(), o, func(g abc.Generation, done, total int) {
		if g.Tolerance != tolerance {
			generation, tolerance = generation+1, g.Tolerance
		}
		h.progress(fmt.Sprintf("generation %d, distance ≤ %.3g, simulations", generation, g.Tolerance), done, total)
	})
	if err != nil {
		return err
	}
	r.Posterior = r.Population.Resample(c.abcProblem(), c.Posterior.Draws, c.Options.Seed)
	return nil
}

// PopulationSummary is what a population of particles found in numbers.
type PopulationSummary struct {
	Particles   int              `json:"particles"`
	ESS         float64          `json:"ess"`
	Distance    Distance         `json:"distance"`
	Tolerance   float64          `json:"tolerance"`
	Stop        abc.Stop         `json:"stop"`
	Simulations int              `json:"simulations"`
	Generations []abc.Generation `json:"generations"`
}

// population is the view of particles.
type population struct{ *Result }

func (p population) cost() int { return p.Population.Runs }

func (p population) findings() []Finding {
	x := p.Population
	n, last := len(x.Generations), x.Generations[len(x.Generations)-1]
	why := map[abc.Stop]string{
		abc.ToleranceReached: "the tolerance asked for was reached",
		abc.BudgetSpent:      "the budget of simulations was spent",
		abc.AcceptanceLow:    fmt.Sprintf("of the next generation less than %g of the tries were kept", x.Options.MinAcceptance),
		abc.Degenerate:       "the particles no longer spread out in all directions",
	}[x.Stop]
	var all []Finding
	if n == 1 {
		all = append(all, Finding{false, fmt.Sprintf("These are prior draws: no generation came to an end before %s. Raise simulations under abc.", why)})
	} else {
		all = append(all, Finding{x.Stop != abc.Degenerate, fmt.Sprintf("Particles lie within a distance of %.3g of the data (%s), after %d generations; %.1f %% of the last one's tries were kept. It ended because %s.", last.Tolerance, p.unit(), n, 100*last.Acceptance, why)},
			Finding{false, "The posterior given a distance within the tolerance is wider than that given the data. See whether it still narrows with more simulations."})
	}
	worth := fmt.Sprintf("By their weights, %d particles are worth %.0f independent draws", len(x.Particles), x.ESS())
	all = append(all, Finding{x.ESS() >= 100, worth + "."})
	if x.NonFinite > 0 {
		all = append(all, Finding{false, fmt.Sprintf("%d tries gave data that were not finite and were not kept.", x.NonFinite)})
	}
	return all
}

// unit says what the distance is.
func (p population) unit() string {
	if p.Calibration.nearness() == ByLoss {
		return "the loss"
	}
	return "mean over the observations of |simulated − observed| in median absolute deviations"
}

func (p population) summarise(s *Summary) {
	x := p.Population
	s.Objective = math.NaN()
	s.NonFinite = x.NonFinite
	s.Population = &PopulationSummary{len(x.Particles), x.ESS(), p.Calibration.nearness(), x.Tolerance(), x.Stop, x.Runs, x.Generations}
}

// chains is one: the draws are in no order.
func (p population) chains() int { return 1 }

func (p population) statistics() []statistic { return p.lossStatistics() }

func (p population) section() (string, []NamedFigure) {
	g := p.Population.Generations
	if len(g) == 1 {
		return "Generations", nil
	}
	var tolerance, acceptance, ess []float64
	for _, x := range g[1:] {
		tolerance, acceptance, ess = append(tolerance, x.Tolerance), append(acceptance, x.Acceptance), append(ess, x.ESS)
	}
	panel := func(name string, y []float64) report.CurvePanel {
		return report.CurvePanel{Name: name, X: "Generation", Curves: []report.Curve{{Name: name, X: count(len(y)), Y: y, Points: true}}}
	}
	f := report.Curves{Panels: []report.CurvePanel{panel("Tolerance", tolerance), panel("Share of tries kept", acceptance), panel("Effective particles", ess)}}
	return "Generations", []NamedFigure{{"generations", "Tolerance, share of tries kept and effective number of particles, from the first generation with a tolerance.", f}}
}

func (p population) documents() []Document {
	return []Document{{"particles.csv", p.writeParticles}, {"generations.csv", p.writeGenerations}}
}

// writeParticles writes a line a particle.
func (p population) writeParticles(w io.Writer) error {
	header := append([]string{"particle"}, p.Population.Names...)
	return writeCSV(w, append(header, "weight", "distance", "log_prior"), len(p.Population.Particles), func(i int) []float64 {
		x := p.Population.Particles[i]
		line := append([]float64{float64(i + 1)}, x.Theta...)
		return append(line, x.Weight, x.Distance, x.LogPrior)
	})
}

// writeGenerations writes a line a generation; the first has no tolerance.
func (p population) writeGenerations(w io.Writer) error {
	all := p.Population.Generations
	return writeCSV(w, []string{"generation", "tolerance", "acceptance", "ess", "simulations"}, len(all), func(i int) []float64 {
		x := all[i]
		if math.IsInf(x.Tolerance, 1) {
			x.Tolerance = math.NaN()
		}
		return []float64{float64(i), x.Tolerance, x.Acceptance, x.ESS, float64(x.Runs)}
	})
}

func (p population) settings() []report.Setting {
	o := p.Population.Options
	return []report.Setting{
		{Name: "Method", Value: string(SMCABC)},
		{Name: "Particles", Value: fmt.Sprintf("%d, at most %d simulations", o.Particles, o.Simulations)},
		{Name: "Distance", Value: p.unit()},
	}
}

func (p population) origin() string {
	return fmt.Sprintf("From %d draws of %d weighted particles.", len(p.Posterior.Theta), len(p.Population.Particles))
}
