package loss

import "testing"

func TestMetric(t *testing.T) {
	data := Data{Values: []float64{0, nan, 0, 0}, Rows: 2, Columns: 2}
	m := newMetric(data, []float64{1, 10})
	a, b := []float64{1, 5, 2, 30}, []float64{4, 0, 6, 10}
	if got := m.squared(a, b); got != 9+16+4 {
		t.Errorf("squared distance %v, want 29", got)
	}
	abar, bbar := make([]float64, 4), make([]float64, 4)
	m.push(2, a, b, abar, bbar)
	for i, want := range []float64{-6, 0, -8, 0.4} {
		if !near(abar[i], want, 1e-15) || !near(bbar[i], -want, 1e-15) {
			t.Errorf("adjoints %v and %v", abar, bbar)
		}
	}
}

func TestMetricOfScaleZero(t *testing.T) {
	m := newMetric(Data{Values: []float64{0}, Rows: 1, Columns: 1}, []float64{0})
	if got := m.squared([]float64{3}, []float64{3}); got != 0 {
		t.Errorf("equal values are %v apart", got)
	}
}
