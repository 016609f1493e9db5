package report

import (
	"testing"

	"gonum.org/v1/plot/vg"
)

func TestNodesStartOnTopClockwise(t *testing.T) {
	_, fills := drawn(circle{Graph{Nodes: 4}})
	if len(fills) != 8 {
		t.Fatalf("%d discs, expected two for each of 4 nodes", len(fills))
	}
	var at []vg.Point
	for i := 1; i < 8; i += 2 {
		at = append(at, fills[i][0].Pos)
	}
	if at[0].Y < 90 || at[1].X < 90 || at[2].Y > 10 || at[3].X > 15 {
		t.Errorf("nodes at %v", at)
	}
}
