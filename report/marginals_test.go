package report

import "testing"

// TestMarginalKeepsPosteriorVisible checks that a prior that is a spike does
// not press the posterior flat.
func TestMarginalKeepsPosteriorVisible(t *testing.T) {
	p := Parameter{Posterior: sampleDays(100), PriorDensity: Density{At: []float64{1, 50, 51, 100}, Value: []float64{0, 1000, 1000, 0}}}
	s, err := Marginals{Parameters: []Parameter{p}}.Plot()
	if err != nil {
		t.Fatal(err)
	}
	peak := newHistogram(p.Posterior).peak()
	if top := s.Panels[0][0].Y.Max; top < peak || top > 2.5*peak {
		t.Errorf("axis ends at %g, the posterior's peak is %g", top, peak)
	}
}
