package report

import (
	"math"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// same returns n copies of v.
func same(v float64, n int) []float64 { return slices.Repeat([]float64{v}, n) }

// flat returns quantiles that are all v: a band without width.
func flat(v float64, n int) Quantiles {
	return Quantiles{same(v, n), same(v, n), same(v, n), same(v, n), same(v, n)}
}

// gappy returns n values of which some are missing or infinite.
func gappy(n int) []float64 {
	out := sampleDays(n)
	for i := range out {
		switch i % 5 {
		case 1:
			out[i] = math.NaN()
		case 3:
			out[i] = math.Inf(1)
		}
	}
	return out
}

// degenerate holds figures at the limits of what their data may be.
func degenerate() map[string]Figure {
	days, nan := sampleDays(14), math.NaN()
	one := []float64{1}
	gaps := gappy(14)
	draws := same(2.5, 200)
	return map[string]Figure{
		"predictive-constant": Predictive{Time: days, Panels: []Observable{{Data: same(7, 14), Posterior: flat(7, 14), Prior: flat(7, 14)}}},
		"predictive-one-step": Predictive{Time: one, Panels: []Observable{{Name: "One day", Data: one, Posterior: Quantiles{one, one, one, []float64{2}, []float64{3}}}}},
		"predictive-gaps":     Predictive{Time: days, Panels: []Observable{{Name: "Gaps", Data: gaps, Posterior: Quantiles{gaps, gaps, gaps, gaps, gaps}}}},
		"predictive-nothing":  Predictive{Time: days, Panels: []Observable{{Data: same(nan, 14)}, {}}},
		"predictive-column":   Predictive{Width: Column, Title: "A title that is far too long for the width of a single column of a journal", Time: days, Panels: samplePredictive().Panels},
		"marginals-equal":     Marginals{Parameters: []Parameter{{Name: "β", Posterior: draws, Truth: new(2.5)}}},
		"marginals-zero":      Marginals{Parameters: []Parameter{{Name: "zero", Posterior: []float64{0}, Prior: []float64{0, 0}}}},
		"marginals-tiny":      Marginals{Parameters: []Parameter{{Name: "tiny", Unit: "per agent and day", Posterior: []float64{1e-7, 2e-7, 3e-7, nan}, Prior: []float64{0, 1}}}},
		"pairs-equal":         Pairs{Parameters: []Parameter{{Name: "a", Posterior: draws}, {Name: "b", Posterior: draws}}},
		"pairs-few":           Pairs{Parameters: []Parameter{{Name: "a", Posterior: days, Truth: new(3.0)}, {Name: "b", Posterior: gaps}}},
		"training-one-step":   Training{Step: one, Loss: one, KL: []float64{0}, GradientNorm: []float64{0}, LossScale: Log, GradientScale: Log, Chosen: new(1.0)},
		"training-negative":   Training{Step: days, Loss: []float64{1e4, 1e3, 100, 10, 1, 0, -1, -10, -11, -12, -12, -12, nan, -12}, LossScale: Log},
		"check-one-step":      Check{Step: one, Panels: []Comparison{{Parameter: "β", Estimates: []Estimate{{Name: "A", Mean: one}}}}},
		"check-zero-band":     Check{Step: days, Panels: []Comparison{{Parameter: "β", Observable: "S", Reference: Estimate{"FD", same(0, 14), same(0, 14)}, Estimates: []Estimate{{"A", gaps, same(nan, 14)}}}}, Scale: Symlog},
		"boxes-equal":         Boxes{Step: days, Panels: []BoxPanel{{Parameter: "β", Reference: Estimate{Mean: same(2.5, 14)}, Boxes: []Box{{3, draws}, {9, nil}, {9, []float64{nan}}, {10, one}}}}},
		"series-one-run":      Series{Time: days, Panels: []Trajectories{{Runs: [][]float64{gaps}}, {Name: "empty"}}},
		"series-huge":         Series{Time: days, Panels: []Trajectories{{Name: "Large", Unit: "agents", Runs: [][]float64{same(4e8, 14), sampleDays(14)}}}},
		"heatmap-one-cell":    Heatmap{Rows: []string{"β"}, Time: one, Values: [][]float64{{0}}},
		"network-one-node":    Network{Graphs: []Graph{{Nodes: 1}}},
	}
}

func TestSaveDegenerate(t *testing.T) {
	dir := keepDir(t)
	for name, f := range degenerate() {
		for _, ext := range []string{".png", ".svg"} {
			path := filepath.Join(dir, name+ext)
			if err := Save(f, path); err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			checkPicture(t, path)
		}
	}
}

// TestAnyNumbersCanBeDrawn draws figures of arbitrary values on every scale.
func TestAnyNumbersCanBeDrawn(t *testing.T) {
	value := rapid.OneOf(
		rapid.Float64(), rapid.Float64Range(-1, 1), rapid.Just(0.0),
		rapid.SampledFrom([]float64{math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, -math.MaxFloat64, 5e-324}))
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "n")
		some := func(name string) []float64 { return rapid.SliceOfN(value, n, n).Draw(t, name) }
		scale := Scale(rapid.IntRange(0, 2).Draw(t, "scale"))
		reference := Estimate{Mean: some("mean"), StdErr: some("error")}
		for _, f := range []Figure{
			Check{Step: sampleDays(n), Scale: scale, Panels: []Comparison{{Reference: reference}}},
			Boxes{Step: sampleDays(n), Scale: scale, Panels: []BoxPanel{{Boxes: []Box{{1, some("draws")}}}}},
			Training{Step: some("steps"), Loss: some("loss"), LossScale: scale},
			Predictive{Time: some("times"), Panels: []Observable{{Data: some("data")}}},
			Marginals{Parameters: []Parameter{{Posterior: append(some("posterior"), 1), Prior: some("prior"), Truth: new(some("truth")[0])}}},
		} {
			svg, err := SVG(f)
			if err != nil || notANumber.Match(svg) {
				t.Fatalf("%T: error %v, or coordinates that are not finite", f, err)
			}
		}
	})
}
