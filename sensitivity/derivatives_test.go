package sensitivity

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/rng"
)

// tilted is Σ c_k·x_k of normal x with luck in values and slopes; its slopes are
// c_k·σ_k per standard deviation.
type tilted struct {
	space Space
	c     []float64
	noise float64
}

func newTilted(noise float64, c ...float64) tilted {
	f := tilted{c: c, noise: noise}
	for k := range c {
		f.space = append(f.space, Distributed(string(rune('a'+k)), "normal", func(u float64) float64 {
			z := []float64{0}
			normal(z, []float64{u})
			return 2 * z[0]
		}))
	}
	return f
}

func (f tilted) Space() Space                      { return f.space }
func (f tilted) Outputs() int                      { return 1 }
func (f tilted) Output(int) string                 { return "outcome" }
func (f tilted) Random() bool                      { return true }
func (f tilted) Worker() (Worker, error)           { return f, nil }
func (f tilted) SlopeWorker() (SlopeWorker, error) { return f, nil }
func (f tilted) Close()                            {}

func (f tilted) Evaluate(y, x []float64, run uint64) error {
	_, err := f.Slopes(y, make([]float64, len(x)), x, run)
	return err
}

func (f tilted) Slopes(y, dy, x []float64, run uint64) (float64, error) {
	luck := rng.Seed{Master: 3, Run: run}.Stream(rng.Key{})
	y[0] = f.noise * luck.Normal()
	for k, c := range f.c {
		y[0] += c * x[k]
		dy[k] = c + f.noise*luck.Normal()
	}
	return 1, nil
}

// For a linear function of normals the bound is the index itself, and luck does
// not widen it.
func TestDerivativesOfLinear(t *testing.T) {
	r, err := DerivativesOf(context.Background(), newTilted(1, 3, -4, 0), Options{Points: 2048, Seed: 1, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "slope of a", r.Slope[0][0].Value, 6, .15)
	near(t, "slope of b", r.Slope[1][0].Value, 8, .15)
	near(t, "bound of a", r.Bound[0][0].Value, 9./25, .03)
	near(t, "bound of b", r.Bound[1][0].Value, 16./25, .03)
	near(t, "bound of c", r.Bound[2][0].Value, 0, .01)
	if d := cmp.Diff([]string{"a", "b"}, r.Deserving(.05)); d != "" {
		t.Error(d)
	}
	if r.Cost.Runs != 2*2048+1 || r.Cost.AlternativeRuns != 2*2048*5 {
		t.Error(r.Cost)
	}
}

// The bounds bound.
func TestDerivativesBoundTotalIndices(t *testing.T) {
	for _, f := range []*TestFunction{Ishigami(7, .1), SobolG(0, 1, 4.5, 9, 99)} {
		r, err := DerivativesOf(context.Background(), f, Options{Points: 1024})
		if err != nil {
			t.Fatal(err)
		}
		near(t, f.Name, r.Variance[0].Value/f.Variance, 1, .05)
		for i, total := range f.Total {
			if b := r.Bound[i][0].Value; b < total {
				t.Errorf("%s: bound %v of %v", f.Name, b, total)
			}
		}
	}
	g := SobolG(0, 99)
	r, _ := DerivativesOf(context.Background(), g, Options{Points: 4096})
	near(t, "bound of x1", r.Bound[0][0].Value, 16*.0919/g.Variance, .02) // 16·∫φ³, at slope ±4
}

func TestDerivativesRefuseChoices(t *testing.T) {
	f := *Ishigami(7, .1)
	f.Inputs = append(Space{Choice("word", "a", "b")}, f.Inputs[1:]...)
	if _, err := DerivativesOf(context.Background(), &f, Options{}); err == nil || !strings.Contains(err.Error(), "word takes whole numbers or words") {
		t.Error(err)
	}
}

// A function of one combination has one direction.
func TestSubspaceOfRidge(t *testing.T) {
	r, err := SubspaceOf(context.Background(), newTilted(.5, 3, -4, 0), SubspaceOptions{Options: Options{Points: 1024, Seed: 2}})
	if err != nil {
		t.Fatal(err)
	}
	p := r.Parts[0]
	near(t, "first eigenvalue", p.Eigenvalues[0].Value, 100, 3)
	near(t, "second eigenvalue", p.Eigenvalues[1].Value, 0, 1)
	for k, want := range []float64{-.6, .8, 0} {
		near(t, "direction", p.Directions[0][k], want, .02)
	}
	near(t, "activity", p.Activity[1], 64, 3)
	if p.Dim != 1 {
		t.Errorf("%d active directions", p.Dim)
	}
	if x := p.Eigenvalues[0]; !(x.Low < x.Value && x.Value < x.High) || x.High-x.Low > 5 {
		t.Error(x)
	}
}

// A part sums over its outputs; without luck one run a point does.
func TestSubspaceParts(t *testing.T) {
	f := Ishigami(7, .1)
	r, err := SubspaceOf(context.Background(), f, SubspaceOptions{Options: Options{Points: 512}, Parts: [][]int{{0}, {0, 0}}})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "ratio", r.Parts[1].Eigenvalues[0].Value/r.Parts[0].Eigenvalues[0].Value, 2, 1e-9)
	d, _ := DerivativesOf(context.Background(), f, Options{Points: 512})
	near(t, "activity", r.Parts[0].Activity[0], math.Pow(d.Slope[0][0].Value, 2), 1e-9)
	if r.Cost.Runs != 513 {
		t.Error(r.Cost)
	}
}
