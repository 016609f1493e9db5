package calibrate

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// Parts that overlap get the weights they have in the posterior, here of 30 % and
// 70 % by quadrature.
func TestNearestWeights(t *testing.T) {
	left, right := distuv.Normal{Mu: -1, Sigma: 1}, distuv.Normal{Mu: 1, Sigma: 1}
	var logQ [][]float64
	var logWeights []float64
	for x := -8.; x <= 8; x += 0.05 {
		logQ = append(logQ, []float64{left.LogProb(x), right.LogProb(x)})
		logWeights = append(logWeights, math.Log(0.05*(0.3*left.Prob(x)+0.7*right.Prob(x))))
	}
	got := nearestWeights(logQ, logWeights)
	if math.Abs(got[0]-0.3) > 1e-3 || math.Abs(got[0]+got[1]-1) > 1e-12 {
		t.Errorf("weights %.4f", got)
	}
}
