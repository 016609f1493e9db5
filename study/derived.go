package study

import (
	"fmt"
	"slices"

	"github.com/nudge-abm/nudge/calibrate"
)

// Derived is a derived quantity at the posterior and prior draws.
type Derived struct {
	Name, Unit, Doc  string
	Posterior, Prior []float64
}

// Derived returns the model's derived quantities that the calibrated parameters
// move: of each group, or one for all if they do not differ.
func (r *Result) Derived() []Derived {
	var all []Derived
	for i, d := range r.Calibration.Setup.Model.Derived {
		var each []Derived
		for _, run := range r.Calibration.runs() {
			x := Derived{Name: inRun(d.Name, run), Unit: d.Unit, Doc: d.Doc}
			x.Posterior, x.Prior = r.derive(i, run, r.Posterior), r.derive(i, run, r.Prior)
			each = append(each, x)
		}
		if alike(each) {
			each = each[:1]
			each[0].Name = d.Name
		}
		for _, x := range each {
			if varies(x.Posterior) {
				all = append(all, x)
			}
		}
	}
	return all
}

// derive evaluates a derived quantity of a run at the draws.
func (r *Result) derive(quantity int, run calibrate.Group, d *calibrate.Draws) []float64 {
	c, m := r.Calibration, run.Setup.Model
	fixed := run.Setup.Theta()
	values := make([]float64, len(d.Theta))
	for s, theta := range d.Theta {
		values[s] = m.Derived[quantity].Of(func(name string) float64 {
			if k := c.in(run.Name, name); k >= 0 {
				return theta[k]
			}
			if i := m.Parameter(name); i >= 0 {
				return fixed[i]
			}
			panic(fmt.Sprintf("study: model %s derives from an unknown parameter %q", m.Name, name))
		})
	}
	return values
}

// alike reports whether a quantity is the same in all groups.
func alike(each []Derived) bool {
	return !slices.ContainsFunc(each, func(x Derived) bool { return !slices.Equal(x.Posterior, each[0].Posterior) })
}

func varies(x []float64) bool {
	for _, v := range x {
		if v != x[0] {
			return true
		}
	}
	return false
}
