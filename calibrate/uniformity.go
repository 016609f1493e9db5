package calibrate

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/nudge-abm/nudge/rng"
)

// Uniformity judges whether ranks are uniform, all of their distribution
// function at once (Säilynoja, Bürkner and Vehtari 2022): the counts of ranks
// below each of the possible values lie together within the band with
// probability 95 % if the ranks are uniform.
type Uniformity struct {
	Ranks int       // number N of ranks
	Size  int       // a rank is one of 0 … Size−1
	Gamma float64   // pointwise level of the band
	Low   []float64 // least count of ranks ≤ r, for r = 0 … Size−1
	High  []float64 // greatest

	below    [][]float64 // P(count ≤ c) at each r
	extremes []float64   // of simulated uniform ranks, ascending
}

// simulatedSets is how many sets of uniform ranks the band is found by.
const simulatedSets = 4000

// NewUniformity returns the band for n ranks out of size values.
func NewUniformity(n, size int, seed uint64) *Uniformity {
	if n < 1 || size < 2 {
		panic(fmt.Sprintf("calibrate: %d ranks out of %d values", n, size))
	}
	u := &Uniformity{Ranks: n, Size: size}
	for r := range size - 1 {
		law := distuv.Binomial{N: float64(n), P: float64(r+1) / float64(size)}
		below := make([]float64, n+1)
		for c := range below {
			below[c] = law.CDF(float64(c))
		}
		u.below = append(u.below, below)
	}
	luck := rng.Seed{Master: seed, Run: math.MaxUint64}.Stream(rng.Key{Purpose: drawRanks})
	ranks := make([]int, n)
	for range simulatedSets {
		for i := range ranks {
			ranks[i] = min(int(luck.Uniform()*float64(size)), size-1)
		}
		u.extremes = append(u.extremes, u.extreme(ranks))
	}
	slices.Sort(u.extremes)
	u.Gamma = u.extremes[simulatedSets/20]
	u.bound()
	return u
}

// drawRanks is the purpose of the draws of uniform ranks.
const drawRanks uint32 = 103

// extreme is the least two-sided tail probability among the counts.
func (u *Uniformity) extreme(ranks []int) float64 {
	least := 1.0
	for r, count := range u.Counts(ranks)[:u.Size-1] {
		above := 1.0
		if count > 0 {
			above = 1 - u.below[r][count-1]
		}
		least = min(least, 2*u.below[r][count], 2*above)
	}
	return least
}

// Counts returns how many ranks are at most r, for r = 0 … Size−1.
func (u *Uniformity) Counts(ranks []int) []int {
	counts := make([]int, u.Size)
	for _, r := range ranks {
		counts[r]++
	}
	for r := 1; r < u.Size; r++ {
		counts[r] += counts[r-1]
	}
	return counts
}

// bound fills the band: the counts whose tails on both sides have at least γ/2.
func (u *Uniformity) bound() {
	for _, below := range u.below {
		low := 0
		for 2*below[low] < u.Gamma {
			low++
		}
		high := u.Ranks
		for high > 0 && 2*(1-below[high-1]) < u.Gamma {
			high--
		}
		u.Low, u.High = append(u.Low, float64(low)), append(u.High, float64(high))
	}
	u.Low, u.High = append(u.Low, float64(u.Ranks)), append(u.High, float64(u.Ranks))
}

// P returns the probability that uniform ranks are as far from uniform as these;
// they leave the band where it is below 5 %.
func (u *Uniformity) P(ranks []int) float64 {
	if len(ranks) != u.Ranks {
		panic(fmt.Sprintf("calibrate: %d ranks for a band of %d", len(ranks), u.Ranks))
	}
	at, _ := slices.BinarySearch(u.extremes, math.Nextafter(u.extreme(ranks), 2))
	return float64(at) / simulatedSets
}

// LogGamma returns the logarithm of the least tail probability among the counts
// over that of the band: below zero, the ranks leave the band.
func (u *Uniformity) LogGamma(ranks []int) float64 { return math.Log(u.extreme(ranks) / u.Gamma) }

// ChiSquare returns the p-value of Pearson's test with the ranks in bins of equal
// width, at least five expected in each; 1 if they are too few for two bins.
func (u *Uniformity) ChiSquare(ranks []int) float64 {
	bins := min(20, u.Ranks/5, u.Size)
	if bins < 2 {
		return 1
	}
	observed := make([]float64, bins)
	for _, r := range ranks {
		observed[r*bins/u.Size]++
	}
	expected := make([]float64, bins)
	for r := range u.Size {
		expected[r*bins/u.Size] += float64(u.Ranks) / float64(u.Size)
	}
	return 1 - distuv.ChiSquared{K: float64(bins - 1)}.CDF(stat.ChiSquare(observed, expected))
}

// The words of [Uniformity.Shape].
const (
	High   = "too often high"
	Low    = "too often low"
	Ends   = "too often at the ends"
	Middle = "too often in the middle"
)

// Shape says in words how ranks that are not uniform lie: High, Low, Ends or
// Middle.
func (u *Uniformity) Shape(ranks []int) string {
	var mean, spread float64
	for _, r := range ranks {
		x := (float64(r)+0.5)/float64(u.Size) - 0.5
		mean += x / float64(len(ranks))
		spread += 12 * x * x / float64(len(ranks)) // 1 if uniform
	}
	n := math.Sqrt(float64(len(ranks)))
	// Standard errors of the two for uniform ranks: √(1/12) and √(4/5) by √n.
	lean, width := mean*math.Sqrt(12)*n, (spread-12*mean*mean-1)/math.Sqrt(0.8)*n
	switch {
	case math.Abs(lean) > math.Abs(width) && lean > 0:
		return High
	case math.Abs(lean) > math.Abs(width):
		return Low
	case width > 0:
		return Ends
	}
	return Middle
}
