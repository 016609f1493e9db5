package optim

import "cmp"

// Average is polynomial-decay averaging of the iterates (Shamir and Zhang
// 2013): the t-th enters with weight (η+1)/(t+η), so that early ones are
// forgotten and the mean settles where the noise of single steps does not.
type Average struct {
	// Eta is η: the larger, the shorter the memory, about a share 1/(η+1) of
	// the steps so far; default 8.
	Eta float64
}

// AverageState is what Average remembers between steps.
type AverageState struct {
	Mean []float64 `json:"mean"`
	T    int       `json:"t"` // iterates seen
}

// Init returns the state before the first iterate of n parameters.
func (a Average) Init(n int) AverageState { return AverageState{Mean: make([]float64, n)} }

// Update adds an iterate to the mean. It panics if lengths differ.
func (a Average) Update(params []float64, s *AverageState) {
	wantLen("mean", len(s.Mean), len(params))
	eta := cmp.Or(a.Eta, 8)
	s.T++
	weight := (eta + 1) / (float64(s.T) + eta)
	for i, p := range params {
		s.Mean[i] += weight * (p - s.Mean[i])
	}
}
