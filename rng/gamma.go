package rng

import "math"

// Gamma returns a draw of the Gamma(shape, 1) law; times a scale it has that
// scale. Shapes below about 0.05 may underflow to 0: see [Stream.LogGamma]. It
// panics unless shape is positive and finite.
func (s *Stream) Gamma(shape float64) float64 {
	requireShape(shape)
	if shape < 1 {
		return math.Exp(s.LogGamma(shape))
	}
	return s.marsagliaTsang(shape)
}

// LogGamma returns the logarithm of a draw of the Gamma(shape, 1) law, the same
// draw as Gamma's. It panics unless shape is positive and finite.
func (s *Stream) LogGamma(shape float64) float64 {
	requireShape(shape)
	if shape < 1 {
		// A Gamma(shape) draw is a Gamma(shape+1) draw times U^(1/shape).
		boost := math.Log(s.Uniform()) / shape
		return boost + math.Log(s.marsagliaTsang(shape+1))
	}
	return math.Log(s.marsagliaTsang(shape))
}

// marsagliaTsang draws Gamma(shape, 1) for shape ≥ 1 by rejection from the cube
// of a normal (Marsaglia & Tsang, A simple method for generating gamma
// variables, 2000).
func (s *Stream) marsagliaTsang(shape float64) float64 {
	d := shape - 1./3
	c := 1 / math.Sqrt(9*d)
	for {
		z := s.ziggurat()
		root := 1 + c*z
		if root <= 0 {
			continue
		}
		v := root * root * root
		u := s.Uniform()
		if u < 1-0.0331*(z*z)*(z*z) || math.Log(u) < 0.5*z*z+d*(1-v+math.Log(v)) {
			return d * v
		}
	}
}

func requireShape(shape float64) {
	if !(shape > 0) || math.IsInf(shape, 1) {
		panic("rng: a shape parameter must be positive and finite")
	}
}
