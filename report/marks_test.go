package report

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
)

// drawn returns the paths that a mark strokes and fills on a panel of 0…10 by
// 0…10 that is 100 points wide and high.
func drawn(m plot.Plotter) (strokes, fills []vg.Path) {
	p := plot.New()
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, 10, 0, 10
	var rec recorder.Canvas
	m.Plot(draw.NewCanvas(&rec, 100, 100), p)
	for _, a := range rec.Actions {
		switch a := a.(type) {
		case *recorder.Stroke:
			strokes = append(strokes, a.Path)
		case *recorder.Fill:
			fills = append(fills, a.Path)
		}
	}
	return strokes, fills
}

func TestCurveBreaksAtGaps(t *testing.T) {
	nan := math.NaN()
	x := []float64{0, 1, 2, 3, 4, 5}
	strokes, fills := drawn(curve{x, []float64{1, 2, nan, 3, math.Inf(1), 5}, stroke(ink, 1)})
	if len(strokes) != 1 || len(strokes[0]) != 2 {
		t.Errorf("lines %v, expected one of two points", strokes)
	}
	if len(fills) != 2 {
		t.Errorf("%d dots, expected two lone points", len(fills))
	}
}

func TestBandBreaksAtGapsAndIsClipped(t *testing.T) {
	nan := math.NaN()
	x := []float64{0, 1, 2, 3, 4}
	_, fills := drawn(band{x, []float64{1, 1, nan, 1, 1}, []float64{2, 90, 2, 2, 2}, ink})
	if len(fills) != 2 {
		t.Fatalf("%d pieces, expected 2", len(fills))
	}
	for _, piece := range fills[0] {
		if piece.Pos.Y > 100.001 {
			t.Errorf("band reaches %v, above the panel", piece.Pos)
		}
	}
}

func TestBandOfOnePointIsABar(t *testing.T) {
	_, fills := drawn(band{[]float64{5}, []float64{2}, []float64{8}, ink})
	if len(fills) != 1 || len(fills[0]) != 5 {
		t.Errorf("paths %v, expected one rectangle", fills)
	}
}

func TestWhiskersAndRuleAreClipped(t *testing.T) {
	strokes, _ := drawn(whiskers{[]float64{5, 6}, []float64{-50, math.NaN()}, []float64{50, 1}, stroke(ink, 1)})
	if len(strokes) != 1 || apart(strokes[0][0].Pos.Y, 0)+apart(strokes[0][1].Pos.Y, 100) > 1e-6 {
		t.Errorf("whiskers %v", strokes)
	}
	if strokes, _ := drawn(rule{at: 20, upright: true, style: stroke(ink, 1)}); len(strokes) != 0 {
		t.Errorf("rule outside the panel: %v", strokes)
	}
}

func TestShifted(t *testing.T) {
	strokes, _ := drawn(shifted{3, whiskers{[]float64{5}, []float64{1}, []float64{2}, stroke(ink, 1)}})
	if x := strokes[0][0].Pos.X; apart(x, 53) > 1e-9 {
		t.Errorf("drawn at %v, expected 53", x)
	}
}

func TestCloudIsOnePathInsideThePanel(t *testing.T) {
	_, fills := drawn(cloud{[]float64{1, 2, 30, math.NaN()}, []float64{1, 2, 3, 4}, ink})
	if len(fills) != 1 || len(fills[0]) != 6 {
		t.Errorf("paths %v, expected one with two circles", fills)
	}
}

func TestThinKeepsOrderAndSpread(t *testing.T) {
	if diff := cmp.Diff([]float64{1, 4, 7}, thin(sampleDays(9), 3)); diff != "" {
		t.Error(diff)
	}
	if !slices.Equal(thin(sampleDays(2), 3), sampleDays(2)) {
		t.Error("thinned although there was room")
	}
}
