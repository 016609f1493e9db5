package report

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// roundTicks marks multiples of 1, 2 or 5 times a power of ten, as many as
// have room.
type roundTicks struct {
	room    vg.Length  // length of the axis
	style   text.Style // of the labels, to measure them
	upright bool       // vertical axis
	whole   bool       // whole numbers only
}

var _ plot.Ticker = roundTicks{}

// Ticks implements plot.Ticker.
func (t roundTicks) Ticks(lo, hi float64) []plot.Tick {
	if !finite(lo) || !finite(hi) || hi <= lo {
		return nil
	}
	var ticks []plot.Tick
	for step := range roundSteps(hi-lo, t.whole) {
		ticks = ticksEvery(step, lo, hi)
		if t.fit(ticks) {
			return ticks
		}
	}
	if n := len(ticks); n > 2 {
		return []plot.Tick{ticks[0], ticks[n-1]}
	}
	return ticks
}

// fit reports whether the labels can stand side by side without crowding.
func (t roundTicks) fit(ticks []plot.Tick) bool {
	if t.upright {
		return vg.Length(len(ticks))*t.style.Font.Size*2 <= t.room
	}
	var widest vg.Length
	for _, k := range ticks {
		widest = max(widest, t.style.Width(k.Label))
	}
	gap := max(t.style.Font.Size, widest*0.35)
	return vg.Length(len(ticks))*(widest+gap) <= t.room+gap
}

// roundSteps yields 1, 2, 5 times powers of ten, rising from a fiftieth of
// the width to the width.
func roundSteps(width float64, whole bool) func(yield func(float64) bool) {
	return func(yield func(float64) bool) {
		first := int(math.Floor(math.Log10(width))) - 2
		for e := first; e <= first+3; e++ {
			for _, m := range [...]float64{1, 2, 5} {
				step := m * math.Pow10(e)
				if step > width || whole && step < 1 && width >= 1 {
					continue
				}
				if !yield(step) {
					return
				}
			}
		}
	}
}

// ticksEvery returns labelled ticks at the multiples of step in [lo, hi].
func ticksEvery(step, lo, hi float64) []plot.Tick {
	first, last := math.Ceil(lo/step-1e-9), math.Floor(hi/step+1e-9)
	var ticks []plot.Tick
	for k := first; k <= last; k++ {
		ticks = append(ticks, plot.Tick{Value: k * step, Label: tickLabel(k*step, step, max(-lo, hi))})
	}
	return ticks
}

// tickLabel writes v with the decimals that multiples of step need; largest
// is the largest magnitude on the axis. Very large and very small axes are
// written with powers of ten.
func tickLabel(v, step, largest float64) string {
	if math.Abs(v) < step*1e-6 {
		return "0"
	}
	exp := int(math.Floor(math.Log10(largest) + 1e-9))
	if exp >= 6 || exp <= -4 {
		unit := math.Pow10(exp)
		return decimal(v/unit, step/unit) + "×" + powerOfTen(exp)
	}
	return decimal(v, step)
}

// decimal writes v with the decimals of step, a true minus sign and thin
// spaces between thousands.
func decimal(v, step float64) string {
	places := max(0, -int(math.Floor(math.Log10(step)+1e-9)))
	s := strconv.FormatFloat(math.Abs(v), 'f', places, 64)
	if i := len(s); places == 0 && i > 4 {
		for i -= 3; i > 0; i -= 3 {
			s = s[:i] + "\u2009" + s[i:]
		}
	}
	if v < 0 && strings.Trim(s, "0.") != "" {
		return "−" + s
	}
	return s
}

// powerOfTen writes 10 to the power e with a superscript.
func powerOfTen(e int) string {
	s := strconv.Itoa(e)
	return "10" + raise + strings.Replace(s, "-", "−", 1)
}

// unmarked is an axis without ticks.
var unmarked = plot.ConstantTicks{}

// gridLines draws a line at each tick of its two tickers, whether or not the
// axes show them.
type gridLines struct{ x, y plot.Ticker }

// Plot implements plot.Plotter.
func (g gridLines) Plot(c draw.Canvas, p *plot.Plot) {
	for _, t := range g.x.Ticks(p.X.Min, p.X.Max) {
		rule{t.Value, true, stroke(grid, 0.5)}.Plot(c, p)
	}
	for _, t := range g.y.Ticks(p.Y.Min, p.Y.Max) {
		rule{t.Value, false, stroke(grid, 0.5)}.Plot(c, p)
	}
}
