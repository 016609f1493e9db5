package mcmc

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"

	"github.com/nudge-abm/nudge/rng"
)

// Convergence says whether chains agree on one quantity and what they are worth
// (Vehtari, Gelman, Simpson, Carpenter and Bürkner 2021).
type Convergence struct {
	RHat float64 `json:"rhat"`     // 1 where the chains agree; below 1.01 is wanted
	Bulk float64 `json:"ess_bulk"` // independent draws that the centre is worth
	Tail float64 `json:"ess_tail"` // the same of the 5 % and 95 % quantiles
	MCSE float64 `json:"mcse"`     // standard error of the mean
}

// Converge judges draws of one quantity, a slice a chain. All is NaN if there
// are fewer than four draws a chain or if they do not vary.
func Converge(chains [][]float64) Convergence {
	return Convergence{RHat(chains), BulkESS(chains), TailESS(chains), MCSE(chains)}
}

// RHat is the rank-normalised split R̂: the greater of those of location and of
// spread.
func RHat(chains [][]float64) float64 {
	halves := split(chains)
	location, spread := reduction(rankNormal(halves)), reduction(rankNormal(folded(halves)))
	if math.IsNaN(spread) { // two values only, at the same distance from their median
		return location
	}
	return math.Max(location, spread)
}

// BulkESS is the effective number of draws for the centre of the distribution.
func BulkESS(chains [][]float64) float64 { return effective(rankNormal(split(chains))) }

// TailESS is the effective number of draws for the 5 % and 95 % quantiles, the
// lesser of the two.
func TailESS(chains [][]float64) float64 {
	all := slices.Sorted(slices.Values(slices.Concat(chains...)))
	if len(all) == 0 {
		return math.NaN()
	}
	least := math.Inf(1)
	for _, p := range []float64{0.05, 0.95} {
		q := stat.Quantile(p, stat.LinInterp, all, nil)
		below := each(split(chains), func(x float64) float64 {
			if x <= q {
				return 1
			}
			return 0
		})
		least = math.Min(least, effective(below))
	}
	return least
}

// MCSE is the standard error of the mean of all draws.
func MCSE(chains [][]float64) float64 {
	return stat.StdDev(slices.Concat(chains...), nil) / math.Sqrt(effective(split(chains)))
}

// split halves every chain, without the middle draw of an odd number.
func split(chains [][]float64) [][]float64 {
	var halves [][]float64
	for _, x := range chains {
		n := len(x) / 2
		halves = append(halves, x[:n], x[len(x)-n:])
	}
	return halves
}

// folded returns the distances from the median.
func folded(chains [][]float64) [][]float64 {
	all := slices.Sorted(slices.Values(slices.Concat(chains...)))
	if len(all) == 0 {
		return chains
	}
	median := (all[(len(all)-1)/2] + all[len(all)/2]) / 2
	return each(chains, func(x float64) float64 { return math.Abs(x - median) })
}

func each(chains [][]float64, of func(float64) float64) [][]float64 {
	out := make([][]float64, len(chains))
	for i, chain := range chains {
		for _, x := range chain {
			out[i] = append(out[i], of(x))
		}
	}
	return out
}

// rankNormal replaces draws by normal quantiles of their ranks among all, equal
// draws by that of their mean rank.
func rankNormal(chains [][]float64) [][]float64 {
	all := slices.Sorted(slices.Values(slices.Concat(chains...)))
	n := float64(len(all))
	return each(chains, func(x float64) float64 {
		if math.IsNaN(x) {
			return x
		}
		low, _ := slices.BinarySearch(all, x)
		high, _ := slices.BinarySearch(all, math.Nextafter(x, math.Inf(1)))
		rank := float64(low+high+1) / 2
		return rng.NormalQuantile((rank - 3./8) / (n + 1./4))
	})
}

// spread returns the mean variance within chains and the pooled estimate that
// adds the variance of their means; NaN if there is nothing to tell.
func spread(chains [][]float64) (within, pooled float64) {
	n := len(chains[0])
	if n < 2 {
		return math.NaN(), math.NaN()
	}
	means := make([]float64, len(chains))
	for i, x := range chains {
		mean, variance := stat.MeanVariance(x, nil)
		means[i] = mean
		within += variance / float64(len(chains))
	}
	pooled = within * float64(n-1) / float64(n)
	if len(chains) > 1 {
		pooled += stat.Variance(means, nil)
	}
	return within, pooled
}

// reduction is R̂ of chains as they are.
func reduction(chains [][]float64) float64 {
	within, pooled := spread(chains)
	return math.Sqrt(pooled / within)
}

// effective is the effective number of draws of chains as they are: the number
// of draws over the autocorrelation time, whose sum stops where pairs of
// neighbours are no longer positive and is made monotone (Geyer 1992).
func effective(chains [][]float64) float64 {
	n, total := len(chains[0]), float64(len(chains)*len(chains[0]))
	if n < 2 {
		return math.NaN()
	}
	within, pooled := spread(chains)
	chains = centred(chains)
	correlation := func(lag int) float64 {
		return 1 - (within-autocovariance(chains, lag)*float64(n)/float64(n-1))/pooled
	}
	sum, last := 0.0, math.Inf(1)
	for lag := 0; lag+1 < n; lag += 2 {
		pair := correlation(lag) + correlation(lag+1)
		if lag == 0 {
			pair = 1 + correlation(1)
		}
		if math.IsNaN(pair) {
			return math.NaN()
		}
		if pair <= 0 {
			break
		}
		last = min(last, pair)
		sum += last
	}
	time := max(2*sum-1, 1/math.Log10(total))
	return total / time
}

// centred returns the deviations from each chain's mean.
func centred(chains [][]float64) [][]float64 {
	out := make([][]float64, len(chains))
	for i, x := range chains {
		out[i] = slices.Clone(x)
		floats.AddConst(-stat.Mean(x, nil), out[i])
	}
	return out
}

// autocovariance of centred chains at a lag, the mean over chains of the sum
// divided by the length.
func autocovariance(chains [][]float64, lag int) (mean float64) {
	for _, x := range chains {
		n := len(x)
		mean += floats.Dot(x[:n-lag], x[lag:]) / float64(n*len(chains))
	}
	return mean
}
