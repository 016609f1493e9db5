package calibrate

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"

	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/prior"
	"github.com/nudge-abm/nudge/rng"
)

// The purposes of draws made with a finished fit.
const (
	drawPosterior uint32 = 100 + iota
	drawPrior
	drawNoise
)

// Draws are independent draws of parameters.
type Draws struct {
	Names     []string
	Theta     [][]float64 // draws × parameters
	LogQ      []float64   // log density of the fitted distribution at θ, log probability in what is discrete; empty for prior draws
	LogPrior  []float64   // log prior density at θ
	Saturated int         // coordinates swallowed by a bound of their support
}

// NewPosterior draws n parameters from a fitted distribution.
func NewPosterior(q *flow.Mixture, p *prior.Joint, n int, seed uint64) *Draws {
	d := &Draws{Names: p.Names()}
	luck := rng.Seed{Master: seed, Run: math.MaxUint64}.Stream(rng.Key{Purpose: drawPosterior})
	points, logQ := q.Draw(n, luck.Uniform, luck.Normal)
	for s := range n {
		z := points[s*q.Dim() : (s+1)*q.Dim()]
		theta := make([]float64, len(d.Names))
		logDet := p.Constrain(theta, z)
		d.Theta = append(d.Theta, theta)
		d.LogQ = append(d.LogQ, logQ[s]-logDet)
		d.LogPrior = append(d.LogPrior, p.LogDensity(nil, z)-logDet)
		d.Saturated += p.Saturated(z)
	}
	return d
}

// NewPrior draws n parameters from the prior.
func NewPrior(p *prior.Joint, n int, seed uint64) *Draws {
	d := &Draws{Names: p.Names()}
	luck := rng.Seed{Master: seed, Run: math.MaxUint64}.Stream(rng.Key{Purpose: drawPrior})
	for range n {
		theta, z := p.Sample(luck.Uniform)
		logDet := p.Constrain(slices.Clone(theta), z)
		d.Theta = append(d.Theta, theta)
		d.LogPrior = append(d.LogPrior, p.LogDensity(nil, z)-logDet)
	}
	return d
}

// Column returns the draws of parameter k.
func (d *Draws) Column(k int) []float64 {
	x := make([]float64, len(d.Theta))
	for s, theta := range d.Theta {
		x[s] = theta[k]
	}
	return x
}

// Summary describes draws of one quantity.
type Summary struct {
	Mean float64 `json:"mean"`
	SD   float64 `json:"sd"`
	Q05  float64 `json:"q05"`
	Q25  float64 `json:"q25"`
	Q50  float64 `json:"q50"`
	Q75  float64 `json:"q75"`
	Q95  float64 `json:"q95"`
}

// Summarise returns the summary of draws. None gives NaN.
func Summarise(draws []float64) Summary {
	if len(draws) == 0 {
		nan := math.NaN()
		return Summary{nan, nan, nan, nan, nan, nan, nan}
	}
	x := slices.Sorted(slices.Values(draws))
	q := func(p float64) float64 { return stat.Quantile(p, stat.LinInterp, x, nil) }
	mean, sd := stat.MeanStdDev(x, nil)
	return Summary{mean, sd, q(.05), q(.25), q(.5), q(.75), q(.95)}
}
