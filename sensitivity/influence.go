package sensitivity

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// Influence is how much and how long one parameter matters to one observable.
type Influence struct {
	// Importance is the root mean square over the rows of the effect of one prior
	// standard deviation, or of θ·dy/dθ without a prior, in the observable's
	// units. The noise of the derivatives is taken out.
	Importance Index
	Rank       Index // by importance among the parameters, 1 the first

	Peak     int   // row of the largest derivative
	HalfLife Index // rows from there until it has halved; infinite if it does not within the run

	// Clear reports whether the largest derivative is beyond noise, without which
	// peak and half-life say nothing.
	Clear bool
}

// influenceLevel is the level of the intervals of an [Influence].
const influenceLevel = 0.9

// influence judges every observable and parameter.
func (l *local) influence(r *Local) [][]Influence {
	scale := l.scale(r)
	pairs := len(l.observables) * l.parameters
	importance := make([]float64, pairs)
	variance := make([]float64, len(r.Derivative.SE))
	for i, se := range r.Derivative.SE {
		variance[i] = se * se
	}
	l.important(importance, r.Derivative.Mean, variance, 1, scale)
	sizes, ranks, halves := make([][]float64, pairs), make([][]float64, pairs), make([][]float64, pairs)
	again := make([]float64, pairs)
	l.resampled(func(mean []float64) {
		l.important(again, mean, variance, 2, scale)
		for c := range l.observables {
			for k, rank := range ranked(again[c*l.parameters:][:l.parameters]) {
				ranks[c*l.parameters+k] = append(ranks[c*l.parameters+k], rank)
			}
		}
		for i := range pairs {
			sizes[i] = append(sizes[i], again[i])
			_, half := l.halfLife(mean, i)
			halves[i] = append(halves[i], half)
		}
	})
	all := make([][]Influence, len(l.observables))
	for c := range all {
		order := ranked(importance[c*l.parameters:][:l.parameters])
		for k := range l.parameters {
			i := c*l.parameters + k
			x := Influence{Importance: spread(importance[i], sizes[i]), Rank: spread(order[k], ranks[i])}
			peak, half := l.halfLife(r.Derivative.Mean, i)
			at := peak*pairs + i
			x.Peak, x.HalfLife = peak, spread(half, halves[i])
			x.Clear = math.Abs(r.Derivative.Mean[at]) > clearly*r.Derivative.SE[at]
			all[c] = append(all[c], x)
		}
	}
	return all
}

// clearly is how many standard errors the largest of many derivatives must be
// away from zero to be told from noise.
const clearly = 4

// scale returns what each derivative is multiplied with to compare parameters.
func (l *local) scale(r *Local) []float64 {
	scale := make([]float64, l.parameters)
	for k := range scale {
		switch {
		case l.o.SD != nil:
			scale[k] = l.o.SD[k]
		case l.o.At == nil:
			scale[k] = math.Abs(l.Theta[l.Active[k]])
		default:
			for _, draw := range l.o.At {
				scale[k] += math.Abs(draw[l.Active[k]]) / float64(len(l.o.At))
			}
		}
	}
	return scale
}

// important writes the importance of every observable and parameter. A mean
// carries its variance once, a resampled one twice.
func (l *local) important(dst, mean, variance []float64, times float64, scale []float64) {
	clear(dst)
	for i, d := range mean {
		dst[i%len(dst)] += d*d - times*variance[i]
	}
	for i, v := range dst {
		dst[i] = scale[i%l.parameters] * math.Sqrt(max(0, v)/float64(l.rows))
	}
}

// halfLife returns the row of the largest derivative of a pair of observable and
// parameter, and after how many rows, interpolated, it has halved.
func (l *local) halfLife(mean []float64, i int) (peak int, half float64) {
	pairs := len(l.observables) * l.parameters
	size := func(t int) float64 { return math.Abs(mean[t*pairs+i]) }
	for t := range l.rows {
		if size(t) > size(peak) {
			peak = t
		}
	}
	for t := peak + 1; t < l.rows; t++ {
		if low := size(peak) / 2; size(t) <= low {
			return peak, float64(t-peak) - (low-size(t))/max(size(t-1)-size(t), math.SmallestNonzeroFloat64)
		}
	}
	return peak, math.Inf(1)
}

// ranked returns the ranks of values, 1 the largest; equal ones in order.
func ranked(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(values[b], values[a]) })
	ranks := make([]float64, len(values))
	for rank, i := range order {
		ranks[i] = float64(rank + 1)
	}
	return ranks
}

// spread returns a value with the interval of its resamples, infinite ones
// included.
func spread(value float64, resampled []float64) Index {
	slices.Sort(resampled)
	q := func(p float64) float64 { return stat.Quantile(p, stat.Empirical, resampled, nil) }
	return Index{value, q((1 - influenceLevel) / 2), q((1 + influenceLevel) / 2)}
}
