package report

import (
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/draw"
)

// regions fills the smallest areas that hold 90 % and 50 % of a cloud of
// points, found on a kernel density estimate with a Gaussian kernel and
// Scott's (1992) bandwidth σ·n^(−1/6) along each axis.
type regions struct {
	x, y     []float64   // grid
	density  [][]float64 // density[i][j] at x[i], y[j]; zero at the border
	l90, l50 float64     // levels
}

const gridSize = 56 // points of the density grid along each axis

var regionInner = fade(hue(0), 0.50)

// newRegions estimates the density of the points with two finite coordinates.
// It reports false if there are too few of them, or no width along an axis.
func newRegions(x, y []float64) (regions, bool) {
	x, y = bothFinite(x, y)
	if len(x) < fewDraws {
		return regions{}, false
	}
	hx, hy := bandwidth(x), bandwidth(y)
	if hx <= 0 || hy <= 0 {
		return regions{}, false
	}
	r := regions{x: gridOver(x, hx), y: gridOver(y, hy), density: newMatrix(gridSize)}
	dx, dy := r.x[1]-r.x[0], r.y[1]-r.y[0]
	for k := range x {
		r.density[int((x[k]-r.x[0])/dx+0.5)][int((y[k]-r.y[0])/dy+0.5)]++
	}
	r.density = transpose(blur(transpose(blur(r.density, hx/dx)), hy/dy))
	r.l90, r.l50 = r.level(0.9), r.level(0.5)
	return r, true
}

// bothFinite returns the points of which both coordinates are finite.
func bothFinite(x, y []float64) (u, v []float64) {
	for i := range x {
		if finite(x[i]) && finite(y[i]) {
			u, v = append(u, x[i]), append(v, y[i])
		}
	}
	return u, v
}

// bandwidth returns Scott's bandwidth, zero if the values do not differ.
func bandwidth(values []float64) float64 {
	mean, sd := spread(values)
	if sd <= 1e-12*math.Abs(mean)+tiny {
		return 0
	}
	return sd * math.Pow(float64(len(values)), -1.0/6)
}

// gridOver spans values with room for the kernel's tails.
func gridOver(values []float64, h float64) []float64 {
	s := spanOf(values)
	lo, hi := s.lo-4*h, s.hi+4*h
	g := make([]float64, gridSize)
	for i := range g {
		g[i] = lo + (hi-lo)*float64(i)/(gridSize-1)
	}
	return g
}

func newMatrix(n int) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
	}
	return m
}

func transpose(m [][]float64) [][]float64 {
	t := newMatrix(len(m))
	for i := range m {
		for j := range m {
			t[j][i] = m[i][j]
		}
	}
	return t
}

// blur convolves each column m[·][j] with a Gaussian of sigma grid steps. The
// kernel ends at four sigma, so what is cut off at the border is nothing.
func blur(m [][]float64, sigma float64) [][]float64 {
	out := newMatrix(len(m))
	reach := int(4*sigma) + 1
	for d := -reach; d <= reach; d++ {
		w := math.Exp(-float64(d*d) / (2 * sigma * sigma))
		for i := max(0, -d); i < min(len(m), len(m)-d); i++ {
			for j, v := range m[i+d] {
				out[i][j] += w * v
			}
		}
	}
	return out
}

// level returns the density above which the share p of all mass lies.
func (r regions) level(p float64) float64 {
	all := slices.Concat(r.density...)
	slices.Sort(all)
	var total, sum float64
	for _, v := range all {
		total += v
	}
	for i := len(all) - 1; i >= 0; i-- {
		if sum += all[i]; sum >= p*total {
			return all[i]
		}
	}
	return 0
}

// Plot implements plot.Plotter.
func (r regions) Plot(c draw.Canvas, p *plot.Plot) {
	r.fill(c, p, r.l90, posteriorBand.outer)
	r.fill(c, p, r.l50, regionInner)
}
