package gradient

import (
	"math"

	"github.com/nudge-abm/nudge/abm"
)

// foresight is what is expected of alternatives before they are followed, as a
// control variate: the sum over all of them of what is expected is known, and only
// the difference from it has to be estimated from those chosen.
type foresight struct {
	forecaster
	learntForesight
	control []float64 // P: what is expected of all alternatives of the run, weighted
}

// learntForesight is what pilot runs tell of the forecasts.
type learntForesight struct {
	trust map[int]float64      // by kind of draw: the coefficient of the forecast
	most  map[int]float64      // by kind of draw: the largest change of the loss
	usual map[flipKind]float64 // root mean square of the forecasts; kinds never seen take all
	all   float64
}

// credible bounds a forecast to twice what alternatives are known to do: surrogates
// explode at times.
func (f *learntForesight) credible(at abm.Site, forecast float64) float64 {
	if most := 2 * f.most[at.Purpose.Kind()]; most > 0 {
		return most * math.Tanh(forecast/most)
	}
	return forecast
}

// expect returns the change of the loss expected of an alternative.
func (f *learntForesight) expect(at abm.Site, forecast float64) float64 {
	return f.trust[at.Purpose.Kind()] * forecast
}

// prominence is by how much likelier an alternative should be chosen than others of
// its kind: half of it goes by the size of the forecast, so that those that matter
// are followed, and no weight grows without bound.
func (f *learntForesight) prominence(at abm.Site, rows int, forecast float64) float64 {
	usual, seen := f.usual[kindOf(at, rows)]
	if !seen {
		usual = f.all
	}
	if usual == 0 {
		return 1
	}
	v := forecast / usual
	return math.Sqrt((1 + v*v) / 2)
}

// experience is an alternative that was followed.
type experience struct {
	flip
	change float64 // of the loss
}

// learnForesight learns from alternatives that were followed, whose weights are
// scaled alike. The coefficient of a kind of draw is that of the regression of the
// changes on their forecasts which lets the estimate vary least.
func learnForesight(seen []experience, scale []float64, rows int) learntForesight {
	f := learntForesight{trust: map[int]float64{}, most: map[int]float64{}}
	for _, x := range seen {
		f.most[x.at.Purpose.Kind()] = max(f.most[x.at.Purpose.Kind()], math.Abs(x.change))
	}
	var forecasts meanSquares
	for i := range seen {
		x := &seen[i]
		x.forecast = f.credible(x.at, x.forecast)
		forecasts.add(kindOf(x.at, rows), x.forecast*x.forecast)
	}
	f.usual, f.all = forecasts.roots()
	above, below := map[int]float64{}, map[int]float64{}
	for _, x := range seen {
		size := 0.0
		for k, w := range x.weight {
			size += w * scale[k] * w * scale[k]
		}
		kind := x.at.Purpose.Kind()
		above[kind] += size * x.change * x.forecast
		below[kind] += size * x.forecast * x.forecast
	}
	for kind, v := range below {
		if v > 0 {
			f.trust[kind] = above[kind] / v
		}
	}
	return f
}
