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
	trust map[int]float64          // by kind of draw: the coefficient of the forecast
	usual map[flipKind]experienced // kinds never seen take all
	all   experienced
	most  map[int]float64 // by kind of draw: the largest change of the loss
}

// experienced are root mean squares over alternatives: of the changes of the loss,
// and of the forecasts.
type experienced struct{ change, forecast float64 }

// of returns what is known of alternatives of the kind.
func (f *learntForesight) of(at abm.Site, rows int) experienced {
	if x, ok := f.usual[kindOf(at, rows)]; ok {
		return x
	}
	return f.all
}

// credible bounds a forecast to what alternatives are known to do.
func (f *learntForesight) credible(at abm.Site, rows int, forecast float64) float64 {
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
	usual := f.of(at, rows).forecast
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
	f := learntForesight{trust: map[int]float64{}, usual: map[flipKind]experienced{}, most: map[int]float64{}}
	for _, x := range seen {
		f.most[x.at.Purpose.Kind()] = max(f.most[x.at.Purpose.Kind()], math.Abs(x.change))
	}
	f.learnUsual(seen, rows, func(x *experienced, seen experience) { x.change += seen.change * seen.change })
	for i, x := range seen {
		seen[i].forecast = f.credible(x.at, rows, x.forecast)
	}
	f.learnUsual(seen, rows, func(x *experienced, seen experience) { x.forecast += seen.forecast * seen.forecast })
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

// learnUsual takes root mean squares by kind of what add adds up. Kinds seen rarely
// are drawn towards the mean of all.
func (f *learntForesight) learnUsual(seen []experience, rows int, add func(sum *experienced, seen experience)) {
	sums, count := map[flipKind]experienced{}, map[flipKind]float64{}
	var all experienced
	for _, x := range seen {
		kind := kindOf(x.at, rows)
		sum := sums[kind]
		add(&sum, x)
		add(&all, x)
		sums[kind] = sum
		count[kind]++
	}
	if len(seen) == 0 {
		return
	}
	n := float64(len(seen))
	root := func(old, sum, all, n float64) float64 {
		if all == 0 {
			return old
		}
		return math.Sqrt((sum + prior*all) / (n + prior))
	}
	for kind, sum := range sums {
		old := f.usual[kind]
		f.usual[kind] = experienced{root(old.change, sum.change, all.change/n, count[kind]), root(old.forecast, sum.forecast, all.forecast/n, count[kind])}
	}
	f.all = experienced{root(f.all.change, all.change, all.change/n, n), root(f.all.forecast, all.forecast, all.forecast/n, n)}
}
