package tempering

import (
	"cmp"
	"math"
	"slices"
)

// between is the number of points on the way from one peak to another at which the
// density is looked at.
const between = 9

// ranges joins hills whose peaks no valley parts on the straight way: in many
// dimensions particles are so few that hills seem to stand apart which do not.
func (t Target) ranges(hills [][]int, z [][]float64, height []float64) ([][]int, error) {
	peaks := make([]int, len(hills))
	for k, h := range hills {
		peaks[k] = slices.MaxFunc(h, func(a, b int) int { return cmp.Compare(height[a], height[b]) })
	}
	same := newTrees(len(hills))
	for a, from := range peaks {
		for b, to := range peaks[:a] {
			if same.root(a) == same.root(b) {
				continue
			}
			low, err := t.lowest(z[from], z[to], between)
			if err != nil {
				return nil, err
			}
			if math.Min(height[from], height[to])-low < valley {
				same.join(same.root(b), same.root(a))
			}
		}
	}
	joined := same.groups()
	for i, together := range joined {
		var members []int
		for _, k := range together {
			members = append(members, hills[k]...)
		}
		joined[i] = members
	}
	return inOrder(joined), nil
}

// lowest is the least log-density at some points on the straight way from a to b.
func (t Target) lowest(a, b []float64, points int) (float64, error) {
	t.Follows = false // values do
	low := math.Inf(1)
	for i := range points {
		x := make([]float64, t.Dim)
		for k := range x {
			s := float64(i+1) / float64(points+1)
			x[k] = (1-s)*a[k] + s*b[k]
		}
		p, err := t.at(0, x)
		if err != nil {
			return 0, err
		}
		low = math.Min(low, p.logDensity(1))
	}
	return low, nil
}
