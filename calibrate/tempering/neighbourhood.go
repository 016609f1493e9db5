package tempering

import (
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// neighbours is the number of nearest neighbours a particle is linked to.
const neighbours = 10

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
