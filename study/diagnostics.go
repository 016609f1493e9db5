package study

import (
	"math"

	"github.com/nudge-abm/nudge/calibrate"
)

// Diagnostics are figures behind the findings. What does not apply is left out.
type Diagnostics struct {
	*calibrate.Importance // of a fit to a loss that is a likelihood

	// LastGain is by how much the objective fell over the last third of the
	// validations of a fit, in nats.
	LastGain float64 `json:"last_gain"`
	// Contraction is the standard deviation of each parameter's posterior as a share
	// of its prior's: near 1 the data hardly inform it.
	Contraction map[string]float64 `json:"contraction"`
	// Gradient is what the gradient check says of each parameter: agrees, differs or
	// undecided.
	Gradient map[string]string `json:"gradient,omitempty"`
}

// diagnose returns what any method's result has.
func (r *Result) diagnose() Diagnostics {
	d := Diagnostics{Contraction: map[string]float64{}}
	for k, p := range r.Calibration.Parameters {
		words := p.Law != nil && p.Law.Words() != nil // an index has no spread to speak of
		if c := r.contraction(k); !words && c-c == 0 {
			d.Contraction[p.Name] = c
		}
	}
	if r.Check == nil {
		return d
	}
	d.Gradient = map[string]string{}
	for _, s := range r.Check.Summary {
		switch {
		case s.Agrees:
			d.Gradient[s.Parameter] = "agrees"
		case s.Undecided:
			d.Gradient[s.Parameter] = "undecided"
		default:
			d.Gradient[s.Parameter] = "differs"
		}
	}
	return d
}

// contraction is the posterior standard deviation of parameter k as a share of the
// prior's.
func (r *Result) contraction(k int) float64 {
	return calibrate.Summarise(r.Posterior.Column(k)).SD / calibrate.Summarise(r.Prior.Column(k)).SD
}

// lastGain is by how much the validated objective fell over the last third of the
// validations; 0 if they cannot tell.
func (r *Result) lastGain() float64 {
	v := r.validations()
	if len(v) < 3 {
		return 0
	}
	gain := best(v[:len(v)-len(v)/3]) - best(v)
	if gain-gain != 0 {
		return 0
	}
	return gain
}

// validations returns the objectives on held-out draws.
func (r *Result) validations() []float64 {
	var v []float64
	for _, s := range r.State.Main().Trace {
		if !math.IsNaN(s.Validation) {
			v = append(v, s.Validation)
		}
	}
	return v
}
