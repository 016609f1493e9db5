package report

import (
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// Scale is how a vertical axis maps values to the page.
type Scale int

const (
	Linear Scale = iota // equal steps
	Log                 // equal factors; becomes Symlog if a value is not positive
	Symlog              // linear around zero, logarithmic beyond: for estimates that explode
)

// axisScale is the working of a vertical axis: where values lie, which of them
// are marked, and how far the axis reaches to show the values in all.
type axisScale interface {
	plot.Normalizer
	ticker(room vg.Length) plot.Ticker
	limits(all span) span
}

// axisFor returns the axis for all values, of which those in core must be easy
// to read: Symlog is linear across core.
func (s Scale) axisFor(core, all span) axisScale {
	switch {
	case s == Linear || all.isEmpty():
		return linearScale{}
	case s == Log && all.lo > tiny:
		return logScale{}
	default:
		return symlogScale{linearPart(core.join(span{0, 0}))}
	}
}

// linearPart returns the smallest 1, 2 or 5 times a power of ten that is not
// below any magnitude in s.
func linearPart(s span) float64 {
	m := max(-s.lo, s.hi)
	if m <= tiny {
		return 1
	}
	unit := math.Pow10(int(math.Floor(math.Log10(m))))
	for _, k := range [...]float64{1, 2, 5} {
		if m <= k*unit*(1+1e-9) {
			return k * unit
		}
	}
	return 10 * unit
}

// linearScale maps equal differences to equal lengths.
type linearScale struct{ plot.LinearScale }

func (linearScale) ticker(room vg.Length) plot.Ticker {
	return roundTicks{room: room, style: textStyle(7.5, quiet), upright: true}
}

func (linearScale) limits(all span) span { return all.padded(0.06) }

// logScale maps equal factors to equal lengths. Values that are not positive
// fall far below the axis.
type logScale struct{}

// Normalize implements plot.Normalizer.
func (logScale) Normalize(lo, hi, x float64) float64 {
	if x <= 0 {
		return -10
	}
	return (math.Log(x) - math.Log(lo)) / (math.Log(hi) - math.Log(lo))
}

// ticker marks powers of ten, or 1, 2, 5 within a decade.
func (s logScale) ticker(room vg.Length) plot.Ticker {
	return plot.TickerFunc(func(lo, hi float64) []plot.Tick {
		first, last := math.Ceil(math.Log10(lo)-1e-9), math.Floor(math.Log10(hi)+1e-9)
		if last-first < 2 {
			return within(lo, hi)
		}
		place := func(v float64) vg.Length { return room * vg.Length(s.Normalize(lo, hi, v)) }
		return uncrowded(decades(int(first), int(last), 1), place)
	})
}

func (logScale) limits(all span) span { return span{all.lo / 1.25, all.hi * 1.25} }

// within marks 1, 2 and 5 times the powers of ten in [lo, hi], and plain round
// numbers if there are fewer than two of those.
func within(lo, hi float64) []plot.Tick {
	var ticks []plot.Tick
	for e := math.Floor(math.Log10(lo)); e <= math.Log10(hi); e++ {
		for _, m := range [...]float64{1, 2, 5} {
			if v := m * math.Pow(10, e); v >= lo*(1-1e-9) && v <= hi*(1+1e-9) {
				ticks = append(ticks, plot.Tick{Value: v, Label: tickLabel(v, math.Pow(10, e), v)})
			}
		}
	}
	if len(ticks) >= 2 {
		return ticks
	}
	return roundTicks{room: 100, style: textStyle(7.5, quiet), upright: true}.Ticks(lo, hi)
}

// symlogScale is linear for magnitudes up to edge and logarithmic beyond. The
// linear part takes as much of the axis as one and a half decades, or half of
// the decades beyond it if that is more.
type symlogScale struct{ edge float64 }

// Normalize implements plot.Normalizer.
func (s symlogScale) Normalize(lo, hi, x float64) float64 {
	linear := max(1.5, 0.5*math.Log10(max(-lo, hi, s.edge)/s.edge))
	at := func(v float64) float64 { return s.position(v, linear) }
	return (at(x) - at(lo)) / (at(hi) - at(lo))
}

// position returns the place of v in decades, where edge lies at linear.
func (s symlogScale) position(v, linear float64) float64 {
	m := math.Abs(v) / s.edge
	if m <= 1 {
		return linear * v / s.edge
	}
	return math.Copysign(linear+math.Log10(m), v)
}

// ticker marks zero, the ends of the linear part, and powers of ten beyond.
func (s symlogScale) ticker(room vg.Length) plot.Ticker {
	return plot.TickerFunc(func(lo, hi float64) []plot.Tick {
		place := func(v float64) vg.Length { return room * vg.Length(s.Normalize(lo, hi, v)) }
		return uncrowded(s.candidates(lo, hi), place)
	})
}

// candidates returns all possible ticks, the most important ones first.
func (s symlogScale) candidates(lo, hi float64) []plot.Tick {
	ticks := []plot.Tick{{Value: 0, Label: "0"}}
	var outer, half []plot.Tick
	first := int(math.Floor(math.Log10(s.edge)+1e-9)) + 1
	for _, sign := range [...]float64{-1, 1} {
		far := max(sign*lo, sign*hi)
		if far >= s.edge {
			ticks = append(ticks, plot.Tick{Value: sign * s.edge, Label: tickLabel(sign*s.edge, s.edge, s.edge)})
			outer = append(outer, decades(first, int(math.Floor(math.Log10(far)+1e-9)), sign)...)
		}
		half = append(half, plot.Tick{Value: sign * s.edge / 2, Label: tickLabel(sign*s.edge/2, lastDigit(s.edge/2), s.edge)})
	}
	return slices.Concat(ticks, outer, half)
}

// lastDigit returns the power of ten of the last digit of v, which has at most
// two.
func lastDigit(v float64) float64 {
	unit := math.Pow10(int(math.Floor(math.Log10(v) + 1e-9)))
	if r := v / unit; math.Abs(r-math.Round(r)) > 1e-9 {
		unit /= 10
	}
	return unit
}

// limits leaves a little of the linear part on the side of zero without values.
func (s symlogScale) limits(all span) span {
	return span{min(all.lo*1.3, -0.12*s.edge), max(all.hi*1.3, 0.12*s.edge)}
}

// uncrowded keeps the ticks that are not too near to one that comes before
// them in the list.
func uncrowded(ticks []plot.Tick, place func(float64) vg.Length) []plot.Tick {
	const apart = 12 // points
	var kept []plot.Tick
	for _, t := range ticks {
		free := true
		for _, k := range kept {
			free = free && math.Abs(float64(place(t.Value)-place(k.Value))) >= apart
		}
		if free {
			kept = append(kept, t)
		}
	}
	return kept
}

// decades marks sign·10^last down to sign·10^first. If all are short, they are
// written out.
func decades(first, last int, sign float64) []plot.Tick {
	var ticks []plot.Tick
	for e := last; e >= first; e-- {
		v := sign * math.Pow10(e)
		label := powerOfTen(e)
		if sign < 0 {
			label = "−" + label
		}
		if first >= -3 && last <= 4 {
			label = decimal(v, math.Pow10(min(e, 0)))
		}
		ticks = append(ticks, plot.Tick{Value: v, Label: label})
	}
	return ticks
}
