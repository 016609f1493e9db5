package report

import "math"

// span is a closed range of values. The empty span has lo > hi.
type span struct{ lo, hi float64 }

// empty is the span of no values.
func empty() span { return span{math.Inf(1), math.Inf(-1)} }

// spanOf returns the range of the finite values in the series.
func spanOf(series ...[]float64) span {
	s := empty()
	for _, values := range series {
		for _, v := range values {
			s = s.with(v)
		}
	}
	return s
}

// with returns s widened to hold v; values that are not finite change nothing.
func (s span) with(v float64) span {
	if !finite(v) {
		return s
	}
	return span{min(s.lo, v), max(s.hi, v)}
}

// join returns the smallest span that holds s and t.
func (s span) join(t span) span { return span{min(s.lo, t.lo), max(s.hi, t.hi)} }

// clip returns the part of s inside t, or t if there is none.
func (s span) clip(t span) span {
	c := span{max(s.lo, t.lo), min(s.hi, t.hi)}
	if c.isEmpty() {
		return t
	}
	return c
}

// isEmpty reports whether s holds no value.
func (s span) isEmpty() bool { return s.lo > s.hi }

// width returns hi − lo.
func (s span) width() float64 { return s.hi - s.lo }

// padded returns s with the fraction f of its width added at both ends. An
// empty span becomes 0…1; a single value gets room around it.
func (s span) padded(f float64) span {
	if s.isEmpty() {
		return span{0, 1}
	}
	w := s.width() * f
	if size := max(math.Abs(s.lo), math.Abs(s.hi)); s.width() <= 1e-12*size+tiny {
		w = 0.1 * size
		if size <= tiny {
			w = 1
		}
	}
	return span{s.lo - w, s.hi + w}
}

// times returns limits for a horizontal axis of times or steps: padded by the
// fraction f, or by one for a single time.
func (s span) times(f float64) span {
	if s.width() <= 1e-12*math.Abs(s.hi)+tiny {
		return span{s.lo - 1, s.hi + 1}.padded(0)
	}
	return s.padded(f)
}

// counting returns limits for a vertical axis: padded, but starting at zero if
// the values are not negative and zero is not far below them.
func (s span) counting() span {
	p := s.padded(0.06)
	if !s.isEmpty() && s.lo >= 0 && s.lo <= 0.4*s.hi && s.hi > 0 {
		p.lo = 0
	}
	return p
}

// huge and tiny bound the magnitudes that are drawn as they are, so that
// differences and ratios of two of them do not overflow.
const (
	huge = 1e150
	tiny = 1e-150
)

// finite reports whether v is a number of drawable size: not NaN, and below
// huge in magnitude.
func finite(v float64) bool { return math.Abs(v) <= huge }
