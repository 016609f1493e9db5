package calibrate

import (
	"fmt"
	"math"
	"slices"

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
