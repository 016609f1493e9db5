package reparam

import "math"

// digamma returns ψ(x) for x > 0 to about 1e-15 of the larger of 1 and |ψ(x)|:
// the asymptotic series (DLMF 5.11.2) after the recurrence has raised x to 10.
// (A shorter series, as in gonum's mathext, leaves 5e-11, too coarse for the
// differences ψ(a)−ψ(a+b) that the beta law needs.)
func digamma(x float64) float64 {
	shift := 0.0
	for ; x < 10; x++ {
		shift += 1 / x
	}
	r := 1 / (x * x)
	series := r * (1./12 - r*(1./120-r*(1./252-r*(1./240-r*(1./132-r*(691./32760-r/12))))))
	return math.Log(x) - 0.5/x - series - shift
}
