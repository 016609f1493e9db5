package calibrate

import (
	"math"

	"github.com/nudge-abm/nudge/rng"
)

// Ranked is where the parameters that made some data rank among draws of the fit
// to those data. Were the fit the exact posterior, each of the numbers would be
// uniform on 0 … draws, whatever the data, if the parameters came from the prior.
type Ranked struct {
	Truth []float64 `json:"truth"`
	// Below counts the draws below the truth, for each parameter: the ranks of
	// simulation-based calibration (Talts, Betancourt, Simpson, Vehtari and
	// Gelman 2018).
	Below []int `json:"below"`
	// Denser counts the draws at which the fit is denser than at the truth, so
	// that the truth lies in the region of highest density of that size:
	// expected coverage (Hermans et al. 2022).
	Denser int `json:"denser"`
	// Closer counts the draws that lie closer to a random reference than the
	// truth does: tests of accuracy with random points, TARP (Lemos, Coogan,
	// Hezaveh and Perreault-Levasseur 2023).
	Closer int `json:"closer"`
}

// The purposes of the draws that ranks need.
const (
	drawReference uint32 = 104 + iota
	drawTies
)

// Rank ranks the truth among n draws of the fit. Draws that tie with the truth
// are put on either side of it by lot. box scales the parameters for the distances
// to the reference, which is uniform in it.
func (f *Fitted) Rank(truth []float64, box Box, n int, seed uint64) Ranked {
	luck := func(purpose uint32) rng.Stream {
		return rng.Seed{Master: seed, Run: math.MaxUint64}.Stream(rng.Key{Purpose: purpose})
	}
	reference, ties := luck(drawReference), luck(drawTies)
	point := make([]float64, len(truth))
	for k := range point {
		point[k] = reference.Uniform()
	}
	draws := f.Draw(n, seed)
	r := Ranked{Truth: truth, Below: make([]int, len(truth))}
	density, distance := f.LogDensity(truth), box.distance(truth, point)
	for s, theta := range draws.Theta {
		for k := range r.Below {
			r.Below[k] += first(theta[k], truth[k], &ties)
		}
		r.Denser += first(density, draws.LogQ[s], &ties)
		r.Closer += first(box.distance(theta, point), distance, &ties)
	}
	return r
}

// first is 1 if a < b, or by lot if they are equal, else 0.
func first(a, b float64, lot *rng.Stream) int {
	if a < b || a == b && lot.Uniform() < 0.5 {
		return 1
	}
	return 0
}

// Box holds the range of each parameter over a number of points.
type Box struct{ Low, High []float64 }

// NewBox returns the least box that holds the points, of which there must be one.
func NewBox(points [][]float64) Box {
	b := Box{append([]float64(nil), points[0]...), append([]float64(nil), points[0]...)}
	for _, p := range points {
		for k, v := range p {
			b.Low[k], b.High[k] = min(b.Low[k], v), max(b.High[k], v)
		}
	}
	return b
}

// distance returns how far θ is from a point of the unit cube once the box is
// scaled to that cube.
func (b Box) distance(theta, point []float64) float64 {
	sum := 0.0
	for k, v := range theta {
		if width := b.High[k] - b.Low[k]; width > 0 {
			d := (v-b.Low[k])/width - point[k]
			sum += d * d
		}
	}
	return math.Sqrt(sum)
}
