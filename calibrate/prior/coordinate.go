package prior

import "fmt"

// Coordinate is a named parameter with a density of its own.
type Coordinate struct {
	name     string
	density  Unconstrained
	bijector Bijector
	affine   affine
}

// NewCoordinate returns the block of one parameter. It returns an error if the
// name is empty, or if the density is so extreme that it has no finite spread
// in its unconstrained coordinate.
func NewCoordinate(name string, d Density) (*Coordinate, error) {
	if name == "" {
		return nil, fmt.Errorf("a parameter with prior %v has no name", d)
	}
	u := Unconstrain(d)
	a, err := standardise(u)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return &Coordinate{name, u, u.Bijector(), a}, nil
}

// Names implements [Block].
func (c *Coordinate) Names() []string { return []string{c.name} }

// Dim implements [Block].
func (c *Coordinate) Dim() int { return 1 }

// Constrain implements [Block].
func (c *Coordinate) Constrain(theta, z []float64) (logDet float64) {
	c.want(z, theta)
	theta[0], _, logDet, _ = c.bijector.Forward(c.affine.at(z[0]))
	return logDet + c.affine.logScale()
}

// Unconstrain implements [Block].
func (c *Coordinate) Unconstrain(z, theta []float64) {
	c.want(z, theta)
	z[0] = c.affine.inverse(c.bijector.Inverse(theta[0]))
}

// LogDensity implements [Block].
func (c *Coordinate) LogDensity(grad, z []float64) float64 {
	wantLen("z", len(z), 1)
	logp, dlogp := c.affine.rescale(c.density.LogDensityAt(c.affine.at(z[0])))
	if grad != nil {
		wantLen("gradient", len(grad), 1)
		grad[0] = dlogp
	}
	return logp
}

// Pull implements [Block].
func (c *Coordinate) Pull(zbar, z, theta, thetabar []float64) {
	c.want(z, theta)
	c.want(zbar, thetabar)
	_, dtheta, _, _ := c.bijector.Forward(c.affine.at(z[0]))
	zbar[0] = thetabar[0] * dtheta * c.affine.scale
}

// Draw implements [Block].
func (c *Coordinate) Draw(theta, u []float64) {
	c.want(u, theta)
	theta[0] = c.density.Quantile(u[0])
}

// Saturated implements [Block].
func (c *Coordinate) Saturated(z []float64) int {
	wantLen("z", len(z), 1)
	if c.bijector.Saturated(c.affine.at(z[0])) {
		return 1
	}
	return 0
}

// Marginal implements [Block].
func (c *Coordinate) Marginal(i int) Density {
	wantIndex(i, 1)
	return c.density
}

func (c *Coordinate) String() string { return fmt.Sprintf("%s ~ %v", c.name, c.density) }

func (c *Coordinate) want(z, theta []float64) {
	wantLen("z", len(z), 1)
	wantLen("θ", len(theta), 1)
}
