package gradient

// tails are sums of squares and of fourth powers of samples, which tell how many
// of them carry an estimate.
type tails struct{ second, fourth []float64 }

// add takes a sample into account if it is finite.
func (t *tails) add(s *Sample) {
	if !finite(s.Jacobian) {
		return
	}
	if t.second == nil {
		t.second, t.fourth = make([]float64, len(s.Jacobian)), make([]float64, len(s.Jacobian))
	}
	for i, v := range s.Jacobian {
		t.second[i] += v * v
		t.fourth[i] += v * v * v * v
	}
}

// carriers returns (Σx²)²/Σx⁴ of entry i, 0 if all samples are zero.
func (t *tails) carriers(i int) float64 { return ratio(t.second[i], t.fourth[i]) * t.second[i] }
