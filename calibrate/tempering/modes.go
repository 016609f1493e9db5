package tempering

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// Mode is a group of particles that hang together.
type Mode struct {
	Members []int         // indices of its particles, ascending
	Share   float64       // of all particles
	Mean    []float64     // of its particles
	Root    *mat.TriDense // lower triangular L; LLᵀ is their covariance, shrunk towards its diagonal
}

const (
	// neighbours is the number of nearest neighbours a particle is linked to.
	neighbours = 10
	// leastShare of the particles is a mode; fewer belong to the nearest one.
	leastShare = 0.01
	// mostModes is how many modes are told apart.
	mostModes = 16
)

// Modes returns the groups of particles that links between near neighbours hold
// together, the largest first. Posteriors with one mode, bent or heavy-tailed as
// it may be, give one group.
func (p *Population) Modes() []Mode { return modesOf(p.Z) }

func modesOf(z [][]float64) []Mode {
	x := standardised(z)
	near := neighbourhoods(x)
	crowded := core(near)
	groups := linked(near, crowded)
	least := max(int(leastShare*float64(len(z))), 2*neighbours, 2*len(z[0]))
	kept := 1
	for kept < min(len(groups), mostModes) && len(groups[kept]) >= least {
		kept++
	}
	groups = groups[:kept]
	members := make([][]int, kept)
	for i := range x { // a member is nearest to itself
		to := nearest(x, i, groups)
		members[to] = append(members[to], i)
	}
	modes := make([]Mode, kept)
	for k := range groups {
		modes[k] = modeOf(z, members[k])
	}
	return modes
}

// standardised scales coordinates to their spread.
func standardised(z [][]float64) [][]float64 {
	x := make([][]float64, len(z))
	for i := range z {
		x[i] = slices.Clone(z[i])
	}
	column := make([]float64, len(z))
	for k := range z[0] {
		for i := range z {
			column[i] = z[i][k]
		}
		if sd := stat.StdDev(column, nil); sd > 0 {
			for i := range x {
				x[i][k] /= sd
			}
		}
	}
	return x
}

// neighbourhood is what lies about a point.
type neighbourhood struct {
	radius float64 // distance of the last of its nearest neighbours
	near   []int   // they and its copies
}

func neighbourhoods(x [][]float64) []neighbourhood {
	all := make([]neighbourhood, len(x))
	distance := make([]float64, len(x))
	for i := range x {
		nearest := make([]float64, 0, neighbours+1)
		for j := range x {
			distance[j] = floats.Distance(x[i], x[j], 2)
			at, known := slices.BinarySearch(nearest, distance[j])
			if known || at == neighbours || distance[j] == 0 {
				continue // copies of a point count as one
			}
			nearest = slices.Insert(nearest, at, distance[j])
			nearest = nearest[:min(len(nearest), neighbours)]
		}
		if len(nearest) > 0 {
			all[i].radius = nearest[len(nearest)-1]
		}
		for j, d := range distance {
			if j != i && d <= all[i].radius {
				all[i].near = append(all[i].near, j)
			}
		}
	}
	return all
}

// coreShare of the particles, those with the nearest neighbours, decides what
// hangs together: a stray one between two modes would link them.
const coreShare = 0.8

// core tells which particles do.
func core(near []neighbourhood) []bool {
	radii := make([]float64, len(near))
	for i, n := range near {
		radii[i] = n.radius
	}
	slices.Sort(radii)
	limit := radii[int(coreShare*float64(len(radii)-1))]
	crowded := make([]bool, len(near))
	for i, n := range near {
		crowded[i] = n.radius <= limit
	}
	return crowded
}

// linked returns the connected groups of the graph in which every particle of
// the core is linked to those of its neighbours that are in it too, the largest
// first.
func linked(near []neighbourhood, crowded []bool) [][]int {
	parent := make([]int, len(near))
	for i := range parent {
		parent[i] = i
	}
	root := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for i, n := range near {
		for _, j := range n.near {
			if crowded[i] && crowded[j] {
				parent[root(j)] = root(i)
			}
		}
	}
	at, groups := map[int]int{}, [][]int(nil)
	for i := range near {
		if !crowded[i] {
			continue
		}
		r := root(i)
		k, known := at[r]
		if !known {
			k = len(groups)
			at[r], groups = k, append(groups, nil)
		}
		groups[k] = append(groups[k], i)
	}
	slices.SortStableFunc(groups, func(a, b []int) int { return cmp.Compare(len(b), len(a)) })
	return groups
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

// modeOf describes a group.
func modeOf(z [][]float64, members []int) Mode {
	d, n := len(z[0]), len(members)
	x := mat.NewDense(n, d, nil)
	for r, i := range members {
		x.SetRow(r, z[i])
	}
	covariance := mat.NewSymDense(d, nil)
	stat.CovarianceMatrix(covariance, x, nil)
	m := Mode{Members: members, Share: float64(n) / float64(len(z)), Mean: make([]float64, d), Root: mat.NewTriDense(d, mat.Lower, nil)}
	keep := float64(n) / float64(n+d+1)
	for k := range d {
		m.Mean[k] = stat.Mean(mat.Col(nil, k, x), nil)
		covariance.SetSym(k, k, math.Max(covariance.At(k, k), 1e-12))
		for j := range k {
			covariance.SetSym(k, j, keep*covariance.At(k, j))
		}
	}
	var c mat.Cholesky
	if !c.Factorize(covariance) { // particles that have not parted: their scale alone
		for k := range d {
			m.Root.SetTri(k, k, math.Sqrt(covariance.At(k, k)))
		}
		return m
	}
	c.LTo(m.Root)
	return m
}
