package tempering

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// valley is by how many nats the density has to fall between two peaks, from the
// lower of them, for these to be two.
const valley = 1

// hills groups particles by the peak of the density that they lie about. From the
// highest particle down, each joins the hill of its highest neighbour; where hills
// meet, the lower one goes into the higher unless it [stands] by itself (Chazal,
// Guibas, Oudot and Skraba 2013). Groups come the largest first.
// Only links that are sound count, all if sound is nil.
func hills(z [][]float64, height []float64, sound func(i, j int) bool) [][]int {
	x := standardised(z)
	linked := mutual(neighbourhoods(x))
	order := make([]int, len(z))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(height[b], height[a]) })
	f := &forest{trees: newTrees(len(z)), height: height, least: max(int(leastShare*float64(len(z))), 2*neighbours, 2*len(z[0]))}
	seen := make([]bool, len(z))
	for _, i := range order {
		for _, j := range linked[i] {
			if seen[j] && f.root(i) != f.root(j) && (sound == nil || sound(i, j)) {
				f.meet(i, j)
			}
		}
		seen[i] = true
	}
	return gathered(x, f.groups(), few)
}

// forest holds particles in trees, the highest of each at its root.
type forest struct {
	trees
	height []float64
	least  int // particles of a mode
}

// meet links a new particle i with j, one higher up.
func (f *forest) meet(i, j int) {
	a, b := f.root(j), f.root(i)
	if f.height[a] < f.height[b] {
		a, b = b, a
	}
	if a != b && !f.stands(f.size[b], f.height[b]-f.height[i]) {
		f.join(a, b)
	}
}

const (
	// steep is the valley, in nats, by which few particles are a mode: the sampler
	// brings a narrow mode few of them if it came upon it late.
	steep = 4
	// few is how many suffice then.
	few = 5
)

// stands tells whether a hill of so many particles is one by itself, given how far
// its peak stands out.
func (f *forest) stands(size int, out float64) bool {
	return out >= valley && size >= f.least || out >= steep && size >= few
}

// mutual returns the links between near neighbours, in both directions.
func mutual(near []neighbourhood) [][]int {
	linked := make([][]int, len(near))
	for i, n := range near {
		for _, j := range n.near {
			linked[i] = append(linked[i], j)
			linked[j] = append(linked[j], i)
		}
	}
	return linked
}

// gathered keeps the groups that are large enough, and hands the others' particles
// to the nearest of them.
func gathered(x [][]float64, groups [][]int, least int) [][]int {
	kept := 1
	for kept < min(len(groups), mostModes) && len(groups[kept]) >= least {
		kept++
	}
	joined := make([][]int, kept)
	for k, g := range groups[:kept] {
		joined[k] = append(joined[k], g...)
	}
	for _, g := range groups[kept:] {
		for _, i := range g {
			to := nearest(x, i, groups[:kept])
			joined[to] = append(joined[to], i)
		}
	}
	return inOrder(joined)
}

// nearest returns the group that holds the point nearest to point i.
func nearest(x [][]float64, i int, groups [][]int) (to int) {
	least := math.Inf(1)
	for k, g := range groups {
		for _, j := range g {
			if d := floats.Distance(x[i], x[j], 2); d < least {
				least, to = d, k
			}
		}
	}
	return to
}
