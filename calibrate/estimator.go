package calibrate

import (
	"fmt"
	"slices"
)

// Gradient names an estimator of the variational gradient, the derivative of
// F(q) in the parameters of q. All of them serve the same objective, so a fit
// by one can be compared with a fit by another.
type Gradient string

// The estimators. The first two follow the draws as q moves and need the
// gradient of the loss. The next three weigh the score of q and need the value of
// the loss alone; they take loss and divergence from the same few draws. Mixed is
// for priors with discrete parameters, in which the loss has no gradient: it
// weighs scores there and follows the draws elsewhere.
const (
	StickingTheLanding Gradient = "sticking-the-landing"
	Pathwise           Gradient = "pathwise"
	Reinforce          Gradient = "reinforce"
	LeaveOneOut        Gradient = "leave-one-out"
	VarGrad            Gradient = "vargrad"
	Mixed              Gradient = "mixed"
)

// Gradients lists every estimator, the default first; Mixed is the default with
// discrete parameters.
func Gradients() []Gradient {
	return []Gradient{StickingTheLanding, Pathwise, Reinforce, LeaveOneOut, VarGrad, Mixed}
}

// Differentiates reports whether the estimator needs the gradient of the loss,
// and with it that of the model.
func (g Gradient) Differentiates() bool {
	e, ok := estimators[g]
	return g == "" || ok && e.differentiates()
}

// estimator turns what is known of the draws of a batch into the cotangents on
// z and log q from which the flow's backward pass makes its gradient.
type estimator interface {
	// differentiates reports whether it needs ∇ℓ.
	differentiates() bool
	// fewest is the least number of draws it needs.
	fewest() int
	// cotangents fills zBar and qBar of the batch for the mean, over the draws
	// kept, of ℓ + share·(log q − log π̃).
	cotangents(b *batch, share float64)
}

var estimators = map[Gradient]estimator{
	StickingTheLanding: stickingTheLanding{},
	Pathwise:           pathwise{},
	Reinforce:          reinforce{},
	LeaveOneOut:        leaveOneOut{},
	VarGrad:            varGrad{},
	Mixed:              mixed{},
}

// estimator returns the estimator of that name. The error says which there are,
// or that it needs more draws.
func (o Options) estimator() (estimator, error) {
	e, ok := estimators[o.Gradient]
	if !ok {
		return nil, fmt.Errorf("unknown variational gradient %q; known are %v", o.Gradient, Gradients())
	}
	if o.Draws < e.fewest() {
		return nil, fmt.Errorf("the variational gradient %s needs at least %d draws a step, not %d", o.Gradient, e.fewest(), o.Draws)
	}
	return e, nil
}

// UnmarshalText sets the estimator by its name.
func (g *Gradient) UnmarshalText(text []byte) error {
	if !slices.Contains(Gradients(), Gradient(text)) {
		return fmt.Errorf("gradient must be one of %v, not %q", Gradients(), text)
	}
	*g = Gradient(text)
	return nil
}
