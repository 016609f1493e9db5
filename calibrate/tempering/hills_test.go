package tempering

import (
	"math"
	"slices"
	"testing"

	"github.com/nudge-abm/nudge/rng"
)

// points are z with the log-density there.
type points struct {
	z      [][]float64
	height []float64
}

// cloud adds n points made of standard normal numbers x, with the log-density that
// shape says the point has besides that of x.
func (p *points) cloud(n, dim int, shape func(x []float64) (z []float64, besides float64)) {
	luck := rng.Seed{Master: 5}.Stream(rng.Key{Step: len(p.z)})
	for range n {
		x, square := make([]float64, dim), 0.0
		for k := range x {
			x[k] = luck.Normal()
			square += x[k] * x[k]
		}
		z, besides := shape(x)
		p.z, p.height = append(p.z, z), append(p.height, besides-square/2)
	}
}

// A posterior that is bent, closed, heavy-tailed or of few distinct points is one
// hill.
func TestOneHill(t *testing.T) {
	for name, shape := range map[string]func(x []float64) ([]float64, float64){
		"bent": func(x []float64) ([]float64, float64) { return []float64{2 * x[0], 4*x[0]*x[0] + 0.5*x[1]}, 0 },
		"ring": func(x []float64) ([]float64, float64) {
			r := 5 + 0.2*x[0]
			return []float64{r * math.Cos(9*x[1]), r * math.Sin(9*x[1])}, x[1] * x[1] / 2
		},
		"heavy tails": func(x []float64) ([]float64, float64) {
			return []float64{math.Sinh(x[0]), x[1]}, -math.Log(math.Cosh(x[0]))
		},
		"few distinct": func(x []float64) ([]float64, float64) {
			r := math.Round(2 * x[0])
			return []float64{r, 0}, x[0]*x[0]/2 + x[1]*x[1]/2 - r*r/8
		},
		"one point": func(x []float64) ([]float64, float64) { return []float64{1, 2}, x[0]*x[0]/2 + x[1]*x[1]/2 },
	} {
		var p points
		p.cloud(500, 2, shape)
		if groups := hills(p.z, p.height, nil); len(groups) != 1 || len(groups[0]) != 500 {
			t.Errorf("%s: %d hills", name, len(groups))
		}
	}
}

// Hills stand apart whatever their density: a thin one beside a dense one, and one of
// few particles on a narrow peak.
func TestHillsOfUnequalDensity(t *testing.T) {
	for _, c := range []struct {
		name  string
		n     int
		sd, x float64
	}{{"thin", 60, 1, 6}, {"narrow", 8, 0.01, 2}} {
		var p points
		p.cloud(900, 2, func(x []float64) ([]float64, float64) { return []float64{0.5 * x[0], 0.5 * x[1]}, math.Log(900 / 0.25) })
		p.cloud(c.n, 2, func(x []float64) ([]float64, float64) {
			return []float64{c.x + c.sd*x[0], c.sd * x[1]}, math.Log(float64(c.n) / (c.sd * c.sd))
		})
		groups := hills(p.z, p.height, nil)
		if len(groups) != 2 {
			t.Fatalf("%s: %d hills", c.name, len(groups))
		}
		if got := len(groups[1]); math.Abs(float64(got-c.n)) > 0.2*float64(c.n) || !slices.Contains(groups[1], 905) {
			t.Errorf("%s: %d points, want about %d", c.name, got, c.n)
		}
	}
}
