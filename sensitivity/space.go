package sensitivity

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat"

	"github.com/nudge-abm/nudge/abm"
)

// Space is what is uncertain: independent factors.
type Space []Factor

// Dim returns the number of uniform numbers that make a point.
func (s Space) Dim() int {
	n := 0
	for _, f := range s {
		n += f.Dim
	}
	return n
}

// Names returns the parameters and settings that a point gives values to.
func (s Space) Names() []string {
	var names []string
	for _, f := range s {
		names = append(names, f.Names...)
	}
	return names
}

// Factors returns the factors' names.
func (s Space) Factors() []string {
	names := make([]string, len(s))
	for i, f := range s {
		names[i] = f.Name
	}
	return names
}

// Draw writes the point that belongs to uniform numbers u.
func (s Space) Draw(x, u []float64) {
	for _, f := range s {
		f.Draw(x[:len(f.Names):len(f.Names)], u[:f.Dim:f.Dim])
		x, u = x[len(f.Names):], u[f.Dim:]
	}
}

// Check returns an error if there is no factor, or if something has two.
func (s Space) Check() error {
	if len(s) == 0 {
		return fmt.Errorf("nothing is uncertain, so there is nothing to explore")
	}
	seen := map[string]bool{}
	for _, name := range s.Names() {
		if seen[name] {
			return fmt.Errorf("%s varies twice", name)
		}
		seen[name] = true
	}
	return nil
}

// Grouped returns the space with the factors of the given names as one group,
// in the place of the first, so that its names follow one another in a point. The
// error names an unknown factor.
func (s Space) Grouped(name string, members []string) (Space, error) {
	chosen := map[string]bool{}
	for _, m := range members {
		chosen[m] = true
	}
	var rest Space
	var group []Factor
	at := 0
	for _, f := range s {
		if !chosen[f.Name] {
			rest = append(rest, f)
			continue
		}
		if delete(chosen, f.Name); len(group) == 0 {
			at = len(rest)
		}
		group = append(group, f)
	}
	for _, m := range members {
		if chosen[m] {
			return nil, abm.Unknown("factor", m, s.Factors())
		}
	}
	if len(group) == 0 {
		return nil, fmt.Errorf("the group %s has no members", name)
	}
	return append(rest[:at:at], append(Space{Group(name, group...)}, rest[at:]...)...), nil
}

// SD returns the standard deviation of each name, from 4096 points; of a choice
// it is NaN.
func (s Space) SD() []float64 {
	const points = 4096
	names := s.Names()
	columns := make([][]float64, len(names))
	x, u, sequence := make([]float64, len(names)), make([]float64, s.Dim()), NewScrambled(s.Dim(), 0)
	for range points {
		s.Draw(x, sequence.Next(u))
		for k, v := range x {
			columns[k] = append(columns[k], v)
		}
	}
	sd := make([]float64, 0, len(names))
	for _, f := range s {
		for _, words := range f.Words {
			k := len(sd)
			if sd = append(sd, stat.StdDev(columns[k], nil)); words != nil {
				sd[k] = math.NaN()
			}
		}
	}
	return sd
}

// normalStep is the step in a standard normal coordinate by which the map from
// it is differentiated; the error is about its square.
const normalStep = 1e-4

// Slope writes the point x(z) of standard normal coordinates z, x = Draw(Φ(z)),
// and its derivatives ∂x/∂z, names × dim.
func (s Space) Slope(x, slope, z []float64) {
	u := make([]float64, len(z))
	for j, v := range z {
		u[j] = cdf(v)
	}
	s.Draw(x, u)
	above, below := make([]float64, len(x)), make([]float64, len(x))
	for j, v := range z {
		centre := u[j]
		u[j] = cdf(v + normalStep)
		s.Draw(above, u)
		u[j] = cdf(v - normalStep)
		s.Draw(below, u)
		u[j] = centre
		for k := range x {
			slope[k*len(z)+j] = (above[k] - below[k]) / (2 * normalStep)
		}
	}
}

// cdf is the standard normal distribution function.
func cdf(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

// Coordinates returns the names of the standard normal coordinates: the factor's,
// with a number if it has several.
func (s Space) Coordinates() []string {
	var names []string
	for _, f := range s {
		for j := range f.Dim {
			name := f.Name
			switch {
			case f.Dim == len(f.Names):
				name = f.Names[j]
			case f.Dim > 1:
				name = fmt.Sprintf("%s (%d)", f.Name, j+1)
			}
			names = append(names, name)
		}
	}
	return names
}

// normal writes the standard normal coordinates of uniform numbers.
func normal(z, u []float64) {
	for j, v := range u {
		z[j] = mathext.NormalQuantile(v)
	}
}
