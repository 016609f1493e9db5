package study

import (
	"fmt"
	"math"
	"strings"
)

// Findings says in plain words what to believe of the result.
func (r *Result) Findings() []Finding {
	all := append([]Finding{r.findCoverage()}, r.PredictiveCheck().findings()...)
	all = append(all, r.inference().findings()...)
	all = append(all, r.findInformation()...)
	all = append(all, r.findWidths()...)
	if r.Check != nil {
		all = append(all, r.findGradient()...)
	}
	if n := r.Outset.NonFinite; n > 0 {
		all = append(all, Finding{false, fmt.Sprintf("Before training, the loss was not finite at %d of %d draws of the prior: narrow it, or see what the model does there.", n, r.Outset.Draws)})
	}
	if n := r.Posterior.Saturated; n > 0 {
		all = append(all, Finding{false, fmt.Sprintf("%d coordinates of posterior draws lie at a bound of their support: the bound, not the data, holds them.", n)})
	}
	return all
}

// findCoverage judges the predictive band. With n observations the number inside
// a right 90 % band is about binomial; three standard deviations below the mean
// is called too few.
func (r *Result) findCoverage() Finding {
	c := r.coverage()
	n := float64(c.Of)
	text := fmt.Sprintf("%d of %d observations lie inside the 90 %% predictive band", c.Inside, c.Of)
	if float64(c.Inside) < 0.9*n-3*math.Sqrt(0.09*n)-0.5 {
		return Finding{false, text + ": too few. The model, or its observation noise, does not describe these data."}
	}
	return Finding{true, text + "."}
}

// findTraining judges whether the objective had settled: over the last third of
// the validations it should not fall by more than half a nat.
func (r *Result) findTraining() Finding {
	v := r.validations()
	if len(v) < 3 {
		return Finding{false, "Too few validations to judge whether training has settled."}
	}
	text := fmt.Sprintf("The objective on held-out draws is %.2f nats, reached at step %d of %d", best(v), r.State.Main().Best.Step, r.Calibration.Options.Steps)
	if gain := r.lastGain(); gain > 0.5 {
		return Finding{false, fmt.Sprintf("%s; it still fell by %.2f nats in the last third. More training steps may narrow the posterior.", text, gain)}
	}
	return Finding{true, text + ", and had settled."}
}

func best(v []float64) float64 {
	b := math.Inf(1)
	for _, x := range v {
		b = math.Min(b, x)
	}
	return b
}

// findInformation names parameters that the data hardly inform: the posterior
// keeps more than 80 % of the prior's standard deviation.
func (r *Result) findInformation() []Finding {
	var all []Finding
	for k, p := range r.Calibration.Parameters {
		if p.Law != nil && p.Law.Words() != nil { // an index has no spread to speak of
			if d := p.changed(r.Posterior.Column(k)); d < 0.1 {
				all = append(all, Finding{false, fmt.Sprintf("The data hardly inform %s: its probabilities differ from the prior's by %.0f %% in all.", p.Name, 100*d)})
			}
			continue
		}
		if share := r.contraction(k); share > 0.8 {
			all = append(all, Finding{false, fmt.Sprintf("The data hardly inform %s: its posterior standard deviation is %.0f %% of the prior's.", p.Name, 100*share)})
		}
	}
	return all
}

// findGradient repeats the gradient check's verdicts, and says what a gradient
// that is off means for the result.
func (r *Result) findGradient() []Finding {
	var all []Finding
	var undecided []string
	agree := true
	for _, s := range r.Check.Summary {
		agree = agree && s.Agrees
		if s.Undecided {
			undecided = append(undecided, s.Parameter)
			continue
		}
		all = append(all, Finding{s.Agrees, fmt.Sprintf("Gradient in %s by %s at the posterior mean: %s.", s.Parameter, s.Estimator, s.Verdict)})
	}
	if len(undecided) > 0 {
		all = append(all, Finding{false, fmt.Sprintf("Whether the gradient by %s is right at the posterior mean %d runs are too few to tell, in %s (posterior: check_runs).",
			r.Check.Summary[0].Estimator, r.Check.Samples, strings.Join(undecided, ", "))})
	}
	switch {
	case agree:
	case r.Sample != nil:
		all = append(all, Finding{true, "A gradient that is off costs the chains acceptance but does not bias them."})
	default:
		all = append(all, Finding{false, "Gradients only steer the training, which clips them; what was kept was chosen by the objective on held-out runs, which needs none. Compare with another seed or estimator."})
	}
	return all
}
