package mcmc

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"github.com/nudge-abm/nudge/calibrate"
)

// Work counts what the chains have cost.
type Work struct {
	Values    int `json:"values"`    // evaluations of the loss without its gradient
	Gradients int `json:"gradients"` // evaluations with it
	Runs      int `json:"runs"`      // simulations
	NonFinite int `json:"nonfinite"` // losses that were not finite, which count as density zero
	Lame      int `json:"lame"`      // gradients that were not finite, which count as zero
}

func (w *Work) add(x Work) {
	w.Values += x.Values
	w.Gradients += x.Gradients
	w.Runs += x.Runs
	w.NonFinite += x.NonFinite
	w.Lame += x.Lame
}

// point is a place with what is known of it.
type point struct {
	z        []float64
	grad     []float64 // of the log density, nil if it was not asked for
	theta    []float64
	logPrior float64 // log π(θ)
	loss     float64 // mean over the lucks
	density  float64 // log π̃(z) − λ·loss; −Inf if the loss is not finite
}

// density is the log of the generalised posterior in z, up to a constant.
type density struct {
	problem   calibrate.Problem
	evaluator calibrate.Evaluator
	lucks     int
	work      Work
	thetaBar  []float64
	sum       []float64 // of thetaBar over lucks
	pulled    []float64
}

func newDensity(p calibrate.Problem, e calibrate.Evaluator, lucks int) *density {
	n := len(p.Prior.Names())
	return &density{
		problem: p, evaluator: e, lucks: lucks,
		thetaBar: make([]float64, n), sum: make([]float64, n), pulled: make([]float64, p.Prior.Dim()),
	}
}

// at evaluates the density at z, which the point keeps, with its gradient if
// wanted.
func (d *density) at(z []float64, gradient bool) (point, error) {
	x := point{z: z, theta: make([]float64, len(d.sum))}
	logDet := d.problem.Prior.Constrain(x.theta, z)
	if gradient {
		x.grad = make([]float64, len(z))
	}
	prior := d.problem.Prior.LogDensity(x.grad, z)
	x.logPrior = prior - logDet
	if err := d.evaluate(&x); err != nil {
		return x, err
	}
	x.density = prior - d.problem.Weight*x.loss
	if math.IsNaN(x.density) || math.IsInf(x.loss, 0) {
		d.work.NonFinite++
		x.density = math.Inf(-1)
	}
	if gradient {
		d.pull(&x)
	}
	return x, nil
}

// evaluate fills the loss, the mean over the lucks, and the sum of its gradients.
func (d *density) evaluate(x *point) error {
	var thetaBar []float64
	if x.grad != nil {
		thetaBar = d.thetaBar
		d.work.Gradients++
	} else {
		d.work.Values++
	}
	clear(d.sum)
	for luck := range d.lucks {
		v, err := d.evaluator.Evaluate(x.theta, uint64(luck), thetaBar)
		if err != nil {
			return err
		}
		d.work.Runs += v.Runs
		x.loss += v.Loss / float64(d.lucks)
		floats.Add(d.sum, d.thetaBar)
	}
	return nil
}

// pull takes the gradient of the loss to z. One that is not finite counts as
// zero, which a chain makes up for by rejecting.
func (d *density) pull(x *point) {
	floats.Scale(-d.problem.Weight/float64(d.lucks), d.sum)
	d.problem.Prior.Pull(d.pulled, x.z, x.theta, d.sum)
	floats.Add(x.grad, d.pulled)
	if total := floats.Sum(x.grad); math.IsNaN(total) || math.IsInf(total, 0) {
		clear(x.grad)
		d.work.Lame++
	}
}
