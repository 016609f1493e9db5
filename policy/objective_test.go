package policy

import (
	"math"
	"testing"
)

// The adjoint is the derivative of the loss, for every way to make one number.
func TestLossAdjoint(t *testing.T) {
	const columns = 2
	series := []float64{9, 1, 9, 4, 9, 2, 9, 3}
	for over, want := range map[Over]float64{Sum: 6, Mean: 3, Max: 4, Last: 2} {
		m := Measure{Observable: 1, Over: over, From: 1, To: 2}
		if v, _ := m.value(series, columns); v != want {
			t.Errorf("%s is %g, want %g", over, v, want)
		}
		o := Objective{
			Outcomes:    []Outcome{{m, 0.5}},
			Constraints: []Constraint{{Measure: m, Below: 1, Penalty: 3}, {Measure: m, Below: 10, Penalty: 3}},
		}
		adjoint := make([]float64, len(series))
		base := o.loss(series, adjoint, columns)
		for i := range series {
			const h = 1e-6
			moved := append([]float64(nil), series...)
			moved[i] += h
			if d := (o.loss(moved, nil, columns) - base) / h; math.Abs(d-adjoint[i]) > 1e-5 {
				t.Errorf("%s: derivative %d is %g, adjoint %g", over, i, d, adjoint[i])
			}
		}
	}
}

func TestCostSlopes(t *testing.T) {
	c := Cost{Weight: 2, Product: []Linear{linear(t, "end - start"), linear(t, "effort"), linear(t, "effort")}}
	theta := []float64{2, 0.5, 3, 7}
	if v := c.value(theta); v != 2 {
		t.Errorf("cost %g", v)
	}
	slopes := make([]float64, 4)
	c.push(slopes, theta)
	near(t, "slopes", slopes, []float64{0, 8, -0.5, 0.5}, 1e-12)
}

func TestNeeded(t *testing.T) {
	o := Objective{Outcomes: []Outcome{{Measure{"", 1, Last, 0, 3}, 1}}, Constraints: []Constraint{{Measure: Measure{"", 0, Max, 1, 1}}}}
	observables, rows := o.needed(4)
	if len(observables) != 2 || len(rows) != 2 || rows[0] != 1 || rows[1] != 3 {
		t.Errorf("observables %v in rows %v", observables, rows)
	}
}
