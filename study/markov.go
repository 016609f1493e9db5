package study

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat"

	"github.com/nudge-abm/nudge/calibrate/mcmc"
	"github.com/nudge-abm/nudge/report"
)

// sampleChains makes Markov chains.
func (r *Result) sampleChains(ctx context.Context, h Hooks) (err error) {
	c := r.Calibration
	o := c.MCMC
	o.Workers = c.Options.Workers
	if o.Chains == 0 {
		o.Chains = 4
	}
	o.Draws = (c.Posterior.Draws + o.Chains - 1) / o.Chains
	r.Sample, err = mcmc.Run(ctx, c.Problem(), o, func(done, total int) { h.progress("chains", done, total) })
	if err != nil {
		return err
	}
	r.Posterior = r.Sample.Posterior(c.Problem())
	return nil
}

// ChainsSummary is what Markov chains found in numbers.
type ChainsSummary struct {
	Chains      int                         `json:"chains"`
	Draws       int                         `json:"draws"`  // of each chain
	Warmup      int                         `json:"warmup"` // of each chain, thrown away
	Lucks       int                         `json:"lucks"`  // that every evaluation shares
	Acceptance  float64                     `json:"acceptance"`
	Divergences int                         `json:"divergences"`
	StepSize    []float64                   `json:"step_size"` // a chain
	Steps       float64                     `json:"steps"`     // mean number a draw
	Convergence map[string]mcmc.Convergence `json:"convergence"`
	LuckShift   float64                     `json:"luck_shift"` // mean of weight · (loss with fresh luck − loss) at the draws, nats
	LuckSD      float64                     `json:"luck_sd"`    // its standard deviation
	Work        mcmc.Work                   `json:"work"`
}

// markov is the view of chains.
type markov struct{ *Result }

func (m markov) cost() int { return m.Sample.Work.Runs }

func (m markov) summary() *ChainsSummary {
	o := m.Sample.Options
	s := &ChainsSummary{
		Chains: o.Chains, Draws: o.Draws, Warmup: o.Warmup, Lucks: o.Lucks,
		Work: m.Sample.Work, Convergence: map[string]mcmc.Convergence{},
	}
	for k, name := range m.Sample.Names {
		s.Convergence[name] = mcmc.Converge(m.Sample.Column(k))
	}
	var shift []float64
	for i, c := range m.Sample.Chains {
		s.StepSize = append(s.StepSize, c.StepSize)
		for k, d := range c.Draws {
			if d.Diverging {
				s.Divergences++
			}
			if fresh := m.Predicted.Loss[i*o.Draws+k]; !math.IsNaN(fresh) {
				shift = append(shift, m.Calibration.Weight*(fresh-d.Loss))
			}
		}
	}
	s.Acceptance = stat.Mean(m.of(func(d mcmc.Draw) float64 { return d.Acceptance }), nil)
	s.Steps = stat.Mean(m.of(func(d mcmc.Draw) float64 { return float64(d.Steps) }), nil)
	s.LuckShift, s.LuckSD = stat.MeanStdDev(shift, nil)
	return s
}

// of returns a number of every draw, one chain after the other.
func (m markov) of(number func(mcmc.Draw) float64) []float64 {
	var all []float64
	for _, c := range m.Sample.Chains {
		for _, d := range c.Draws {
			all = append(all, number(d))
		}
	}
	return all
}

func (m markov) summarise(s *Summary) {
	s.Objective = math.NaN()
	s.NonFinite = m.Sample.Work.NonFinite
	s.Chains = m.summary()
}

func (m markov) chains() int { return m.Sample.Options.Chains }

// statistics has the names of ArviZ. lp is what the chains followed, log_prior
// and loss with the chains' luck.
func (m markov) statistics() []statistic {
	lp := m.of(func(d mcmc.Draw) float64 { return d.LogPrior - m.Calibration.Weight*d.Loss })
	all := []statistic{
		{"lp", lp},
		{"log_prior", m.Posterior.LogPrior},
		{"loss", m.of(func(d mcmc.Draw) float64 { return d.Loss })},
		{"acceptance_rate", m.of(func(d mcmc.Draw) float64 { return d.Acceptance })},
		{"n_steps", m.of(func(d mcmc.Draw) float64 { return float64(d.Steps) })},
	}
	if m.Calibration.Method == Metropolis {
		return all
	}
	return append(all,
		statistic{"tree_depth", m.of(func(d mcmc.Draw) float64 { return float64(d.Depth) })},
		statistic{"energy", m.of(func(d mcmc.Draw) float64 { return d.Energy })},
		statistic{"diverging", m.of(func(d mcmc.Draw) float64 {
			if d.Diverging {
				return 1
			}
			return 0
		})})
}

func (m markov) section() (string, []NamedFigure) {
	f := report.Curves{}
	for k, p := range m.Calibration.Parameters {
		panel := report.CurvePanel{Name: p.Name, X: "Draw", Y: p.Unit}
		for i, x := range m.Sample.Column(k) {
			panel.Curves = append(panel.Curves, report.Curve{Name: fmt.Sprintf("Chain %d", i+1), X: count(len(x)), Y: x})
		}
		f.Panels = append(f.Panels, panel)
	}
	return "Chains", []NamedFigure{{"chains", "Draws of each parameter after the warm-up, a line a chain: they should look like noise about the same level.", f}}
}

// count returns 1, 2, …, n.
func count(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(i + 1)
	}
	return x
}

func (m markov) documents() []Document { return nil }

func (m markov) settings() []report.Setting {
	o := m.Sample.Options
	all := []report.Setting{
		{Name: "Method", Value: string(m.Calibration.Method)},
		{Name: "Chains", Value: fmt.Sprintf("%d of %d draws after %d of warm-up, metric %s", o.Chains, o.Draws, o.Warmup, o.Metric)},
		{Name: "Luck", Value: fmt.Sprintf("the same in every evaluation, %s", plural(o.Lucks, "index", "indices"))},
	}
	if m.Calibration.Method == NUTS {
		all = append(all, report.Setting{Name: "Gradient", Value: m.Calibration.Simulation.Estimator.Name()})
	}
	return all
}

func (m markov) origin() string {
	o := m.Sample.Options
	return fmt.Sprintf("From %d chains of %d draws each, which are not independent.", o.Chains, o.Draws)
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
