package sensitivity

import (
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/rng"
)

// blocks are sums of statistics over the blocks of a design. Memory does not grow
// with the points.
type blocks struct {
	points int
	sums   [][]float64 // block × statistics; the first statistic counts points
	left   int         // points left out because something was not finite
}

// row writes the statistics of point i; the first must be 1.
type row func(i int, statistics []float64) error

// gather sums the statistics of all points. start makes the state of a worker
// and is given its number. told, which may be nil, hears how many points are
// done.
func gather(ctx context.Context, points, statistics int, o Options, start func(worker int) (row, error)) (*blocks, error) {
	b := &blocks{points: points, sums: make([][]float64, min(points, maxBlocks))}
	for k := range b.sums {
		b.sums[k] = make([]float64, statistics)
	}
	rows := make([]row, max(1, o.Workers))
	for k := range rows {
		var err error
		if rows[k], err = start(k); err != nil {
			return nil, err
		}
	}
	err := abm.Ordered(ctx, o.Workers, points,
		func(worker, i int) ([]float64, error) {
			x := make([]float64, statistics)
			return x, rows[worker](i, x)
		},
		func(i int, x []float64) error {
			b.add(i, x)
			if o.Told != nil {
				o.Told(i+1, points)
			}
			return nil
		})
	return b, err
}

func (b *blocks) add(i int, x []float64) {
	if s := floats.Sum(x); s-s != 0 {
		b.left++
		return
	}
	floats.Add(b.sums[blockOf(i, b.points)], x)
}

// total returns the sums over all points.
func (b *blocks) total() []float64 {
	all := make([]float64, len(b.sums[0]))
	for _, s := range b.sums {
		floats.Add(all, s)
	}
	return all
}

// estimate applies a function of the sums, which returns a list of estimates, to
// the sample and to resamples of its blocks, and returns the estimates with
// percentile intervals. Their level is raised as Student's t is wider than the
// normal, since the blocks are few (Hesterberg, 2015, expanded percentiles).
func (b *blocks) estimate(o Options, of func(sums []float64) []float64) []Index {
	values := of(b.total())
	indices := make([]Index, len(values))
	resampled := make([][]float64, len(values))
	sums := make([]float64, len(b.sums[0]))
	for k := range o.Resamples {
		luck := rng.Seed{Master: o.Seed, Run: uint64(k)}.Stream(rng.Key{Purpose: resampling})
		clear(sums)
		for range b.sums {
			floats.Add(sums, b.sums[luck.IntN(len(b.sums))])
		}
		for i, v := range of(sums) {
			if v-v == 0 {
				resampled[i] = append(resampled[i], v)
			}
		}
	}
	level := expanded(o.Level, len(b.sums))
	for i, v := range values {
		indices[i] = interval(v, resampled[i], level)
	}
	return indices
}

// expanded returns the level of a percentile interval over n blocks that covers
// as often as one of the given level should.
func expanded(level float64, n int) float64 {
	if n < 2 {
		return level
	}
	t := distuv.StudentsT{Sigma: 1, Nu: float64(n - 1)}.Quantile((1 + level) / 2)
	return 2*cdf(t*math.Sqrt(float64(n)/float64(n-1))) - 1
}

// resampling is the purpose of the draws of the bootstrap.
const resampling = 0x50B02

// Index is an estimate with its bootstrap interval; NaN where there is nothing
// to estimate.
type Index struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// interval returns the percentile interval of resampled values. Fewer than two
// give none.
func interval(value float64, resampled []float64, level float64) Index {
	if len(resampled) < 2 || value-value != 0 {
		return Index{value, math.NaN(), math.NaN()}
	}
	slices.Sort(resampled)
	q := func(p float64) float64 { return stat.Quantile(p, stat.LinInterp, resampled, nil) }
	return Index{value, q((1 - level) / 2), q((1 + level) / 2)}
}
