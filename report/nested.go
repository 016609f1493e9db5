package report

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/draw"
)

// bandStyle is the look of a median inside its 50 % and 90 % bands.
type bandStyle struct {
	outer, inner color.NRGBA
	median       draw.LineStyle
}

// The same looks stand for posterior, prior and data in every figure.
var (
	posteriorBand = bandStyle{fade(hue(0), opacity90), fade(hue(0), opacity50), stroke(hue(0), 1.3)}
	priorBand     = bandStyle{fade(shadow, 0.14), fade(shadow, 0.16), dashed(shadow, 0.8)}
	dataDot       = round(ink, 2)
	truthLine     = stroke(hue(1), 1.2)
)

// nested returns the marks of q over x, none if q is empty.
func nested(x []float64, q Quantiles, s bandStyle) []plot.Plotter {
	if q.isEmpty() {
		return nil
	}
	return []plot.Plotter{
		band{x, q.Lower90, q.Upper90, s.outer},
		band{x, q.Lower50, q.Upper50, s.inner},
		curve{x, q.Median, s.median},
	}
}

// nestedKey is the legend entry of nested bands.
func nestedKey(label string, s bandStyle) Key {
	return key(label, patch{s.outer, 0}, patch{s.inner, 2}, curve{style: s.median})
}
