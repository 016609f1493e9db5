package report

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
)

func TestWrap(t *testing.T) {
	sty := textStyle(10, ink)
	got := wrap(sty, "  one two   three ", sty.Width("one two")+1)
	if diff := cmp.Diff([]string{"one two", "three"}, got); diff != "" {
		t.Error(diff)
	}
	if lines := wrap(sty, "", 100); lines != nil {
		t.Errorf("lines of nothing: %q", lines)
	}
}

func TestShorten(t *testing.T) {
	sty := textStyle(10, ink)
	if got := shorten(sty, "Erdős–Rényi", 500); got != "Erdős–Rényi" {
		t.Errorf("shortened to %q although there is room", got)
	}
	got := shorten(sty, "Erdős–Rényi", sty.Width("Erdős…")+0.1)
	if got != "Erdős…" {
		t.Errorf("shortened to %q", got)
	}
}

// TestSuperscript checks that the exponent stands to the right of its base,
// higher and smaller, for every alignment.
func TestSuperscript(t *testing.T) {
	for _, y := range []draw.YAlignment{draw.YTop, draw.YCenter, draw.YBottom} {
		sty := textStyle(10, ink)
		sty.YAlign = y
		var c recorder.Canvas
		sty.Handler.Draw(&c, powerOfTen(-5), sty, vg.Point{X: 50, Y: 50})
		var drawn []*recorder.FillString
		for _, a := range c.Actions {
			if s, ok := a.(*recorder.FillString); ok {
				drawn = append(drawn, s)
			}
		}
		if len(drawn) != 2 || drawn[0].String != "10" || drawn[1].String != "−5" {
			t.Fatalf("drew %v", drawn)
		}
		base, exp := drawn[0], drawn[1]
		if exp.Size >= base.Size || apart(exp.Point.Y-base.Point.Y, 3.6) > 0.01 || apart(exp.Point.X-base.Point.X, base.Size*1.112) > 0.1 {
			t.Errorf("base at %v, exponent at %v", base.Point, exp.Point)
		}
	}
	sty := textStyle(10, ink)
	if sty.Width(powerOfTen(5)) <= sty.Width("10") || sty.Width(powerOfTen(5)) >= sty.Width("105") {
		t.Error("width of a power of ten is wrong")
	}
}
