package flow

import (
	"fmt"
	"testing"
)

func TestMaskedAffineGolden(t *testing.T) {
	for _, size := range []struct{ dim, hidden int }{{1, 4}, {2, 5}, {3, 8}, {5, 7}} {
		name := fmt.Sprintf("maf_D%d_H%d", size.dim, size.hidden)
		t.Run(name, func(t *testing.T) {
			var g struct {
				Params        namedParams
				Input         flat
				Raw           flat `json:"made_raw_output"`
				Forward       flat
				ForwardLogDet flat `json:"forward_logdet"`
				Inverse       flat `json:"inverse_of_forward"`
				InverseLogDet flat `json:"inverse_logdet"`
			}
			goldenCase(t, name, &g)
			n := len(g.ForwardLogDet)
			l := newMaskedAffine(size.dim, size.hidden, 2)

			net := l.newNetwork(n)
			net.load(g.Params.flat())
			copy(net.x.Data, byColumns(g.Input, n))
			for d := range size.dim {
				net.advance(d)
			}
			assertClose(t, "network", net.out.Data, byColumns(g.Raw, n), 1e-10, 1e-3)

			checkPass(t, l, g.Params.flat(), g.Input, g.Forward, g.ForwardLogDet)
			checkInverse(t, l, g.Params.flat(), g.Forward, g.Inverse, g.InverseLogDet)
		})
	}
}

// checkPass compares a layer's sampling direction with golden rows.
func checkPass(t *testing.T, l layer, params, input, output, logDet []float64) {
	t.Helper()
	n := len(logDet)
	z, got := byColumns(input, n), make([]float64, n)
	p := l.newPass(n)
	p.load(params)
	p.sample(z, got)
	assertClose(t, "sample", z, byColumns(output, n), 1e-10, 1e-3)
	assertClose(t, "log det", got, logDet, 1e-10, 1e-3)
}

// checkInverse does the same for the density direction, of which the golden
// file has the negated log-determinant.
func checkInverse(t *testing.T, l layer, params, input, output, negLogDet []float64) {
	t.Helper()
	n := len(negLogDet)
	z, got := byColumns(input, n), make([]float64, n)
	p := l.newPass(n)
	p.load(params)
	p.invert(z, got)
	for s := range got {
		got[s] = -got[s]
	}
	assertClose(t, "invert", z, byColumns(output, n), 1e-10, 1e-3)
	assertClose(t, "inverse log det", got, negLogDet, 1e-10, 1e-3)
}
