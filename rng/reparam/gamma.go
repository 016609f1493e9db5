package reparam

import "math"

// GammaShape returns dx/dα for a draw x of the Gamma(α, 1) law. A draw with
// scale s is s·x, with derivative s·dx/dα. It panics unless shape and x are
// positive and finite.
func GammaShape(x, shape float64) float64 {
	if !(x > 0) || math.IsInf(x, 1) {
		panic("reparam: a gamma draw must be positive and finite")
	}
	return x * GammaShapeLog(math.Log(x), shape)
}

// GammaShapeLog returns d log x/dα for a draw of the Gamma(α, 1) law given as
// log x, which a shape below about 0.05 needs because x itself underflows. It
// panics unless shape is positive and finite, logX is finite and so is x.
func GammaShapeLog(logX, shape float64) float64 {
	requireShape(shape)
	x := math.Exp(logX)
	requireFinite(logX)
	requireFinite(x)
	away := digamma(shape) - logX
	if x < shape+0.5 {
		mass, moment := GammaLower(shape, x)
		return away*mass + moment
	}
	mass, moment := GammaUpper(shape, x)
	return moment - away*mass
}

func requireShape(shape float64) {
	if !(shape > 0) || math.IsInf(shape, 1) {
		panic("reparam: a shape parameter must be positive and finite")
	}
}

func requireFinite(x float64) {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		panic("reparam: a draw on the logarithmic or log-odds axis must be finite")
	}
}
