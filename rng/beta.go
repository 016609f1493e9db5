package rng

import "math"

// Beta returns a draw of the Beta(a, b) law. Where b is well below one, draws
// crowd at 1 closer than float64 can tell: see [Stream.BetaPair] and
// [Stream.BetaLogit]. It panics unless a and b are positive and finite.
func (s *Stream) Beta(a, b float64) float64 {
	x, _ := s.BetaPair(a, b)
	return x
}

// BetaPair returns Beta's draw x and its complement 1−x, both to full relative
// accuracy.
func (s *Stream) BetaPair(a, b float64) (x, complement float64) {
	logit := s.BetaLogit(a, b)
	return 1 / (1 + math.Exp(-logit)), 1 / (1 + math.Exp(logit))
}

// BetaLogit returns the log-odds log x − log(1−x) of Beta's draw x, which for
// the tiniest shapes do not underflow: the difference of two log-gamma draws.
func (s *Stream) BetaLogit(a, b float64) float64 {
	first := s.LogGamma(a)
	return first - s.LogGamma(b)
}
