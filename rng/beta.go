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
	if small(a, b) {
		logit := s.BetaLogit(a, b)
		return 1 / (1 + math.Exp(-logit)), 1 / (1 + math.Exp(logit))
	}
	odds := s.odds(a, b)
	return 1 / (1 + 1/odds), 1 / (1 + odds)
}

// BetaLogit returns the log-odds log x − log(1−x) of Beta's draw x, which for
// the tiniest shapes do not underflow: the difference of two log-gamma draws.
func (s *Stream) BetaLogit(a, b float64) float64 {
	if small(a, b) {
		first := s.LogGamma(a)
		return first - s.LogGamma(b)
	}
	return math.Log(s.odds(a, b))
}

// small reports whether either shape is so small that the odds may underflow.
func small(a, b float64) bool { return !(a >= 1 && b >= 1) }

// odds returns x/(1−x) of Beta's draw x for shapes that are not small: the ratio of
// two gamma draws.
func (s *Stream) odds(a, b float64) float64 {
	first := s.Gamma(a)
	return first / s.Gamma(b)
}
