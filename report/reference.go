package report

import "gonum.org/v1/plot"

var (
	referenceLine = stroke(ink, 1)
	referenceFill = fade(shadow, 0.35)
)

// referenceMarks returns the line and band of the reference that gradient
// estimates are held against, none if it is empty.
func referenceMarks(step []float64, e Estimate) []plot.Plotter {
	if len(e.Mean) == 0 {
		return nil
	}
	low, high := e.interval()
	return []plot.Plotter{band{step, low, high, referenceFill}, curve{step, e.Mean, referenceLine}}
}

// referenceKeys returns the legend entry of the reference, none if it is empty.
func referenceKeys(e Estimate) []Key {
	if len(e.Mean) == 0 {
		return nil
	}
	label := orElse(e.Name, "Reference")
	if len(e.StdErr) > 0 {
		label += ", 95 % interval"
	}
	return []Key{key(label, patch{referenceFill, 1.5}, curve{style: referenceLine})}
}
