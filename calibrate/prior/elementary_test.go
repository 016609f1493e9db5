package prior

import (
	"math"
	"testing"
)

func TestElementaryFunctionsFarOut(t *testing.T) {
	logp, dlogp := logistic(-800)
	for what, c := range map[string][2]float64{
		"sigmoid(-700)":   {sigmoid(-700), math.Exp(-700)},
		"sigmoid(800)":    {sigmoid(800), 1},
		"softplus(-700)":  {softplus(-700), math.Exp(-700)},
		"softplus(800)":   {softplus(800), 800},
		"logit(1e-300)":   {logit(1e-300), math.Log(1e-300)},
		"logistic(-800)":  {logp, -800},
		"logistic'(-800)": {dlogp, 1},
		"0 log 0":         {xlogy(0, 0), 0},
		"0 log1p(-1)":     {xlog1py(0, -1), 0},
		"0/0":             {ratio(0, 0), 0},
	} {
		if math.Abs(c[0]-c[1]) > 1e-12*math.Abs(c[1]) {
			t.Errorf("%s = %v, want %v", what, c[0], c[1])
		}
	}
}
