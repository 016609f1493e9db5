package flow

import (
	"fmt"
	"testing"
)

func TestLULinearGolden(t *testing.T) {
	for _, dim := range []int{2, 4} {
		t.Run(fmt.Sprint(dim), func(t *testing.T) {
			var g struct {
				Params        namedParams
				Permutation   []int
				Input         flat
				Forward       flat
				ForwardLogDet flat `json:"forward_logdet"`
				Inverse       flat `json:"inverse_of_forward"`
				InverseLogDet flat `json:"inverse_logdet"`
			}
			goldenCase(t, fmt.Sprintf("lulinearpermute_D%d", dim), &g)
			l := &luLinear{g.Permutation}
			checkPass(t, l, g.Params.flat(), g.Input, g.Forward, g.ForwardLogDet)
			checkInverse(t, l, g.Params.flat(), g.Forward, g.Inverse, g.InverseLogDet)
		})
	}
}

func TestLULinearInitGolden(t *testing.T) {
	for _, dim := range []int{2, 4} {
		t.Run(fmt.Sprint(dim), func(t *testing.T) {
			var g struct {
				Permutation   []int
				Diagonal      flat `json:"unconstrained_upper_diag"`
				Input         flat
				Forward       flat
				ForwardLogDet flat `json:"forward_logdet"`
			}
			goldenCase(t, fmt.Sprintf("lulinearpermute_D%d_identity_init", dim), &g)
			l := &luLinear{g.Permutation}
			params := make([]float64, l.numParams())
			l.init(params, nil)
			assertClose(t, "diagonal", params[len(params)-dim:], g.Diagonal, 1e-12, 1)
			checkPass(t, l, params, g.Input, g.Forward, g.ForwardLogDet)
		})
	}
}
