package prior

import (
	"fmt"
	"strings"
)

// Dirichlet is the prior of K named shares that sum to one. Broken into a
// stick, share k takes a piece v_k ~ Beta(α_k, α_{k+1}+…+α_K) of what is left,
// all v_k independent, so each stick is standardised and drawn by itself.
type Dirichlet struct {
	Simplex
	names  []string
	alpha  []float64
	total  float64
	pieces []Beta // density of v_k; as a density of logit v_k, π̃ up to scale
}

// NewDirichlet returns the Dirichlet prior with the given concentrations, one
// a name; all ones is uniform on the simplex. It returns an error unless there
// are at least two names and as many positive concentrations.
func NewDirichlet(names []string, concentration []float64) (*Dirichlet, error) {
	if len(names) != len(concentration) {
		return nil, fmt.Errorf("a Dirichlet prior needs one concentration a share: %d shares, %d concentrations",
			len(names), len(concentration))
	}
	for i, a := range concentration {
		if names[i] == "" {
			return nil, fmt.Errorf("share %d of a Dirichlet prior has no name", i+1)
		}
		if err := positive("concentration of "+names[i], a); err != nil {
			return nil, err
		}
	}
	simplex, err := NewSimplex(len(names))
	if err != nil {
		return nil, err
	}
	d := &Dirichlet{
		Simplex: simplex,
		names:   append([]string(nil), names...),
		alpha:   append([]float64(nil), concentration...),
		pieces:  make([]Beta, len(names)-1),
	}
	if err := d.fit(); err != nil {
		return nil, err
	}
	return d, nil
}

// fit finds the sticks' densities and standardises them.
func (d *Dirichlet) fit() (err error) {
	d.total = d.alpha[len(d.alpha)-1]
	for k := len(d.pieces) - 1; k >= 0; k-- {
		d.pieces[k] = newBeta(d.alpha[k], d.total)
		d.total += d.alpha[k]
		if d.sticks[k], err = standardise(d.pieces[k]); err != nil {
			return fmt.Errorf("%s: %w", d.names[k], err)
		}
	}
	return nil
}

// Names implements [Block].
func (d *Dirichlet) Names() []string { return append([]string(nil), d.names...) }

// Dim implements [Block]: one less than the number of shares.
func (d *Dirichlet) Dim() int { return d.In() }

// Constrain implements [Block].
func (d *Dirichlet) Constrain(theta, z []float64) (logDet float64) { return d.Forward(theta, z) }

// Unconstrain implements [Block].
func (d *Dirichlet) Unconstrain(z, theta []float64) { d.Inverse(z, theta) }

// LogDensity implements [Block].
func (d *Dirichlet) LogDensity(grad, z []float64) float64 {
	return logDensityOfSticks(grad, z, d.sticks, d.pieces)
}

// Pull implements [Block].
func (d *Dirichlet) Pull(zbar, z, theta, thetabar []float64) { d.Backward(zbar, z, theta, thetabar, 0) }

// Draw implements [Block].
func (d *Dirichlet) Draw(theta, u []float64) {
	d.want(u, theta)
	rest := 1.0
	for k, piece := range d.pieces {
		w := piece.QuantileAt(u[k])
		theta[k] = rest * sigmoid(w)
		rest *= sigmoid(-w)
	}
	theta[len(d.pieces)] = rest
}

// Marginal implements [Block]: α_i against all other concentrations.
func (d *Dirichlet) Marginal(i int) Density {
	wantIndex(i, len(d.names))
	return newBeta(d.alpha[i], d.total-d.alpha[i])
}

func (d *Dirichlet) String() string {
	parts := make([]string, len(d.alpha))
	for i, a := range d.alpha {
		parts[i] = fmt.Sprint(a)
	}
	return fmt.Sprintf("(%s) ~ Dirichlet(%s)", strings.Join(d.names, ", "), strings.Join(parts, ", "))
}

// logDensityOfSticks sums the log-densities of independent standardised sticks
// and writes the gradient unless grad is nil.
func logDensityOfSticks(grad, z []float64, sticks []affine, pieces []Beta) (logp float64) {
	wantLen("z", len(z), len(sticks))
	if grad != nil {
		wantLen("gradient", len(grad), len(sticks))
	}
	for k, stick := range sticks {
		l, dl := stick.rescale(pieces[k].LogDensityAt(stick.at(z[k])))
		logp += l
		if grad != nil {
			grad[k] = dl
		}
	}
	return logp
}
