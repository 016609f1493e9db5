package calibrate

import (
	"runtime"

	"github.com/nudge-abm/nudge/calibrate/flow"
)

// Options say how a calibration is fitted. Zero fields take the defaults in
// brackets.
type Options struct {
	Flow            flow.Options `json:"flow"`             // [affine, in one dimension spline; of a LogLikelihood spline with 12 bins up to 8]
	Gradient        Gradient     `json:"gradient"`         // estimator of the variational gradient [sticking-the-landing; mixed with discrete parameters]
	Steps           int          `json:"steps"`            // training steps [1000; 2000 for a LogLikelihood, fewer if it arrives]
	Rounds          int          `json:"rounds"`           // of so many steps, each but the first only if the fit of a LogLikelihood is still more than 0.015 nats off [1; 3 for a LogLikelihood if Steps is left out]
	Draws           int          `json:"draws"`            // draws a step that the loss is evaluated at [5; 64 for a LogLikelihood, which is cheap]
	KLDraws         int          `json:"kl_draws"`         // draws a step for the divergence from the prior [256]
	LearningRate    float64      `json:"learning_rate"`    // of AdamW, at its greatest [2e-3]
	Schedule        Schedule     `json:"schedule"`         // of the learning rate [cosine]
	WeightDecay     float64      `json:"weight_decay"`     // [1e-5]
	Clip            float64      `json:"clip"`             // greatest gradient norm [1; 10 for a LogLikelihood]
	Warmup          int          `json:"warmup"`           // steps that fit q to the prior first [200]
	Anneal          float64      `json:"anneal"`           // share of steps over which λ rises to its value [0.2]
	Validations     int          `json:"validations"`      // how often candidates are validated [20]
	ValidationDraws int          `json:"validation_draws"` // held-out draws with held-out luck [64; 1024 for a LogLikelihood]
	Search          int          `json:"search"`           // particles that look for separate modes first, see package tempering for how narrow ones; negative: none [1024 for a LogLikelihood; else none]
	Restarts        int          `json:"restarts"`         // fits from different beginnings, of which the best is kept [1]
	Patience        int          `json:"patience"`         // validations without a gain after which training ends early [0: never]
	MaxNonFinite    float64      `json:"max_non_finite"`   // share of dropped draws that ends the fit [0.5]
	Seed            uint64       `json:"seed"`
	Workers         int          `json:"-"` // [all processors]
}

func (o Options) withDefaults() Options {
	if o.Gradient == "" {
		o.Gradient = StickingTheLanding
	}
	setInt(&o.Steps, 1000)
	setInt(&o.Rounds, 1)
	setInt(&o.Draws, 5)
	setInt(&o.KLDraws, 256)
	setFloat(&o.LearningRate, 2e-3)
	if o.Schedule == "" {
		o.Schedule = Cosine
	}
	setFloat(&o.WeightDecay, 1e-5)
	setFloat(&o.Clip, 1)
	setInt(&o.Warmup, 200)
	setFloat(&o.Anneal, 0.2)
	setInt(&o.Validations, 20)
	setInt(&o.ValidationDraws, 64)
	setInt(&o.Restarts, 1)
	setFloat(&o.MaxNonFinite, 0.5)
	setInt(&o.Workers, runtime.GOMAXPROCS(0))
	return o
}

// suited returns the options with the defaults that suit a problem, and the
// general ones.
func (o Options) suited(p Problem) Options {
	if o.Flow.Leading = p.Prior.Leading(); o.Flow.Leading > 0 && o.Gradient == "" {
		o.Gradient = Mixed
	}
	if p.exact() {
		setInt(&o.Draws, 64)
		setInt(&o.KLDraws, 64)
		setFloat(&o.Clip, 10) // without noise, large gradients are to be trusted
		if o.Steps == 0 {
			setInt(&o.Rounds, 3)
		}
		setInt(&o.Steps, 2000)
		setInt(&o.ValidationDraws, 1024) // a rare draw far off is many nats off
		if o.Flow.Kind == "" {
			o.Flow.Kind = flow.Spline
			setInt(&o.Flow.Bins, 12)
			setFloat(&o.Flow.Bound, 8) // bent posteriors reach far beyond a few standard deviations
		}
		if o.Gradient == "" || o.Gradient == StickingTheLanding {
			setInt(&o.Search, 1024)
		}
	}
	o.Search = max(o.Search, 0)
	if o.Flow.Kind == "" && p.Prior.Dim()-o.Flow.Leading == 1 {
		o.Flow.Kind = flow.Spline // a lone affine flow is but a Gaussian
	}
	return o.withDefaults()
}

func setInt(p *int, def int) {
	if *p == 0 {
		*p = def
	}
}

func setFloat(p *float64, def float64) {
	if *p == 0 {
		*p = def
	}
}
