package prior

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Discrete is a named parameter with few values: a whole number or a choice. Its
// coordinate z is standard normal under the prior and cut into one cell a value:
// θ = F⁻¹(Φ(z)), with F the distribution function of its [Law].
//
// θ jumps in z, so nothing of a loss's gradient arrives there. The place of a
// Jacobian determinant is taken by the ratio φ(z)/P(θ), which makes
// log π̃(z) = log P(θ) + logDet as for any block.
type Discrete struct {
	name string
	law  *Law
}

// NewDiscrete returns the block of one parameter. It returns an error if the name
// is empty.
func NewDiscrete(name string, law *Law) (*Discrete, error) {
	if name == "" {
		return nil, fmt.Errorf("a parameter with prior %v has no name", law)
	}
	return &Discrete{name, law}, nil
}

// Law returns the prior law.
func (d *Discrete) Law() *Law { return d.law }

// Names implements [Block].
func (d *Discrete) Names() []string { return []string{d.name} }

// Dim implements [Block].
func (d *Discrete) Dim() int { return 1 }

// Constrain implements [Block].
func (d *Discrete) Constrain(theta, z []float64) (logDet float64) {
	d.want(z, theta)
	theta[0] = d.law.Quantile(normalCDF(z[0]))
	logp, _ := d.law.LogDensity(theta[0])
	return d.LogDensity(nil, z) - logp
}

// Unconstrain implements [Block]: the middle, by probability, of the value's
// cell.
func (d *Discrete) Unconstrain(z, theta []float64) { d.within(z, theta, 0.5) }

// within writes the point that has the share u of the value's cell below it, NaN
// if it is no value.
func (d *Discrete) within(z, theta []float64, u float64) {
	d.want(z, theta)
	i := d.law.index(theta[0])
	if i < 0 {
		z[0] = math.NaN()
		return
	}
	from, to := d.law.cell(i)
	if from < 0.5 {
		z[0] = mathext.NormalQuantile(from + u*(to-from))
	} else { // in the tail that keeps its digits
		z[0] = -mathext.NormalQuantile((1 - to) + (1-u)*(to-from))
	}
}

// LogDensity implements [Block]: that of the standard normal.
func (d *Discrete) LogDensity(grad, z []float64) float64 {
	wantLen("z", len(z), 1)
	if grad != nil {
		wantLen("gradient", len(grad), 1)
		grad[0] = -z[0]
	}
	return -0.5*z[0]*z[0] - 0.5*math.Log(2*math.Pi)
}

// Pull implements [Block]: nothing arrives.
func (d *Discrete) Pull(zbar, z, theta, thetabar []float64) {
	d.want(z, theta)
	d.want(zbar, thetabar)
	zbar[0] = 0
}

// Draw implements [Block].
func (d *Discrete) Draw(theta, u []float64) {
	d.want(u, theta)
	theta[0] = d.law.Quantile(u[0])
}

// Saturated implements [Block].
func (d *Discrete) Saturated(z []float64) int {
	wantLen("z", len(z), 1)
	return 0
}

// Marginal implements [Block]: the [Law].
func (d *Discrete) Marginal(i int) Density {
	wantIndex(i, 1)
	return d.law
}

func (d *Discrete) String() string { return fmt.Sprintf("%s ~ %v", d.name, d.law) }

func (d *Discrete) want(z, theta []float64) {
	wantLen("z", len(z), 1)
	wantLen("θ", len(theta), 1)
}
