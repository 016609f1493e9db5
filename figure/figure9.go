package figure

import (
	"context"
	"fmt"
	"math"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/report"
)

var figure9 = Figure{
	Number: "9",
	Title:  "Surrogates of a gate",
	Claim: "A policy in force from a start to an end is a gate, the product of two steps. Smooth stand-ins for it give " +
		"the derivatives in start and end that the hard gate lacks. The one made of normal distribution functions " +
		"balances smoothness and accuracy well.",
	draw: drawFigure9,
}

// The policy of figure 9.
const policyStart, policyEnd = 15.0, 25.0

// soft is a surrogate of the step by name.
type soft struct {
	name string
	step abm.Surrogate
}

// softSteps have slopes of unit standard deviation, so that they are equally wide.
var softSteps = []soft{
	{"Normal CDF", abm.NormalCDF{Sigma: 1}},
	{"Logistic", abm.Logistic{Width: math.Sqrt(3) / math.Pi}},
	{"Piecewise linear", abm.PiecewiseLinear{Width: math.Sqrt(3)}},
}

func drawFigure9(_ context.Context, d *Drawing) error {
	var time []float64
	for t := policyStart - 8; t <= policyEnd+8; t += 0.05 {
		time = append(time, t)
	}
	hard := [3][]float64{make([]float64, len(time)), make([]float64, len(time)), make([]float64, len(time))}
	for i, t := range time {
		if policyStart <= t && t < policyEnd {
			hard[0][i] = 1
		}
	}
	f := report.Check{StepLabel: "Time", Step: time}
	for k, title := range []string{"Value", "Derivative in the start", "Derivative in the end"} {
		c := report.Comparison{Parameter: title, Reference: report.Estimate{Name: "Hard gate", Mean: hard[k]}}
		for _, s := range softSteps {
			e := report.Estimate{Name: s.name}
			for _, t := range time {
				e.Mean = append(e.Mean, s.gate(t, policyStart, policyEnd)[k])
			}
			c.Estimates = append(c.Estimates, e)
		}
		f.Panels = append(f.Panels, c)
	}
	d.add("gates", "The gate of a policy from time 15 to 25 and its surrogates: values, of which only the hard one is ever used, and the derivatives that stand for those of the hard gate.", curves{f})
	d.judgeSurrogates()
	d.set("Policy", "from %g to %g", policyStart, policyEnd)
	d.set("Widths", "slopes of standard deviation 1: normal σ = 1, logistic width √3/π, linear from −√3 to √3")
	d.differ("The paper's parameters are not known, except that its code uses σ = 1 for the normal CDF.")
	return nil
}

// gate returns the surrogate gate at time t and its derivatives in start and end.
func (s soft) gate(t, start, end float64) [3]float64 {
	a := ad.NewForward(2)
	defer a.Close()
	from, to := a.Param(0, start), a.Param(1, end)
	value := s.step.Step(ad.Const(t).Sub(from)).Mul(s.step.Step(to.Plus(-t)))
	slopes := a.Tangents(nil, abm.Gate(t, from, to, s.step))
	return [3]float64{value.Primal(), slopes[0], slopes[1]}
}

// shift is the derivative in the start of the number of unit steps that the
// policy is in force, by the surrogate: −1 would be right, since a policy that
// starts a step later is in force a step less.
func (s soft) shift(start float64) float64 {
	sum := 0.0
	for t := range 100 {
		sum += s.gate(float64(t), start, 50)[1]
	}
	return sum
}

// judgeSurrogates compares how much of a policy each surrogate accounts for, when
// it starts on a step and when between two.
func (d *Drawing) judgeSurrogates() {
	worst := map[string]float64{}
	for _, s := range softSteps {
		on, between := s.shift(policyStart), s.shift(policyStart+0.5)
		worst[s.name] = max(math.Abs(on+1), math.Abs(between+1))
		seen := fmt.Sprintf("%s: the derivative in the start, summed over unit steps, is %s for a policy that starts on a step and %s for one that starts between two; −1 is right.",
			s.name, digits(on, 6), digits(between, 6))
		if s.name != softSteps[0].name {
			d.note("%s", seen)
			continue
		}
		d.find("The normal CDF balances smoothness and accuracy well.", verdictOf(worst[s.name] < 0.01), seen)
	}
	d.note("A surrogate spreads the effect of a policy time over the steps around it; only summed over those steps is it that of the hard gate, and only for a surrogate that is smooth on the scale of a step.")
}
