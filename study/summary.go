package study

import (
	"math"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/gradient"
)

// Summary is the result in numbers.
type Summary struct {
	Study       string                       `json:"study"`
	Model       string                       `json:"model"`
	Method      Method                       `json:"method"`
	Version     string                       `json:"version"`
	Seed        uint64                       `json:"seed"`
	Parameters  map[string]calibrate.Summary `json:"parameters"`
	Derived     map[string]calibrate.Summary `json:"derived"`
	Values      map[string][]Probability     `json:"values,omitempty"` // of discrete parameters, the most probable first
	Truth       map[string]float64           `json:"truth,omitempty"`
	Coverage90  Coverage                     `json:"coverage90"`
	Weight      float64                      `json:"weight"`             // λ, nats per unit of loss
	Modes       []float64                    `json:"modes,omitempty"`    // shares of the mass, if modes were looked for
	Restarts    []float64                    `json:"restarts,omitempty"` // objective of each, nats, if there are several
	Objective   float64                      `json:"objective"`          // λ·E[loss] + KL on held-out draws, nats; of method variational
	ChosenStep  int                          `json:"chosen_step,omitempty"`
	Simulations int                          `json:"simulations"`
	Diagnostics Diagnostics                  `json:"diagnostics"`
	Chains      *ChainsSummary               `json:"chains,omitempty"`     // of nuts and metropolis
	Population  *PopulationSummary           `json:"population,omitempty"` // of smc-abc
	LossNoise   float64                      `json:"loss_noise,omitempty"` // sd of a simulated likelihood at the same parameters, nats
	Widths      []Width                      `json:"weights,omitempty"`    // posterior over a decade of weights
	Predictive  *PredictiveCheck             `json:"predictive_check"`
	Outset      Outset                       `json:"outset"`    // draws of the prior before training
	NonFinite   int                          `json:"nonfinite"` // evaluations of the loss that were not finite
	Saturated   int                          `json:"saturated"` // coordinates of posterior draws swallowed by a bound
	Believe     []Finding                    `json:"believe"`
	Choices     []gradient.Choice            `json:"choices,omitempty"` // of the estimator auto
	Seconds     float64                      `json:"seconds,omitempty"`
}

// Coverage counts the observations inside the 90 % predictive band.
type Coverage struct {
	Inside int `json:"inside"`
	Of     int `json:"of"`
}

// Finding is one sentence on what to believe.
type Finding struct {
	OK   bool   `json:"ok"`
	Text string `json:"text"`
}

// Summary returns the result in numbers.
func (r *Result) Summary() Summary {
	c := r.Calibration
	s := Summary{
		Study: r.Study.Title(), Model: c.Setup.Model.Name, Method: c.Method, Version: Version(), Seed: c.Options.Seed,
		Parameters: map[string]calibrate.Summary{}, Derived: map[string]calibrate.Summary{},
		Values: r.Values(), Coverage90: r.coverage(), Weight: c.Weight,
		Simulations: r.inference().cost() + r.WidthRuns + r.Predicted.Simulated + r.Expected.Simulated,
		LossNoise:   r.Noise, Saturated: r.Posterior.Saturated,
		Believe: r.Findings(), Choices: gradient.Choices(c.Simulation.Estimator),
		Predictive: r.PredictiveCheck(), Widths: r.Widths, Outset: r.Outset, Diagnostics: r.diagnose(),
	}
	r.inference().summarise(&s)
	for k, p := range c.Parameters {
		s.Parameters[p.Name] = calibrate.Summarise(r.Posterior.Column(k))
		if !math.IsNaN(p.Truth) {
			if s.Truth == nil {
				s.Truth = map[string]float64{}
			}
			s.Truth[p.Name] = p.Truth
		}
	}
	for _, d := range r.Derived() {
		s.Derived[d.Name] = calibrate.Summarise(d.Posterior)
	}
	return s
}

// coverage counts the observations between the 5 % and 95 % quantiles of the
// posterior predictive runs.
func (r *Result) coverage() (c Coverage) {
	for cell, y := range r.Calibration.Data.Values {
		if math.IsNaN(y) {
			continue
		}
		c.Of++
		q := calibrate.Summarise(cellOf(r.Predicted.Runs, cell))
		if y >= q.Q05 && y <= q.Q95 {
			c.Inside++
		}
	}
	return c
}

// cellOf returns one cell of all runs, without those that are not finite.
func cellOf(runs [][]float64, cell int) []float64 {
	var x []float64
	for _, run := range runs {
		if v := run[cell]; v-v == 0 {
			x = append(x, v)
		}
	}
	return x
}
