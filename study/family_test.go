package study

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/calibrate/flow"
)

func TestEveryFlowIsTheOneItsKeysSay(t *testing.T) {
	for written, want := range map[string]flow.Options{
		"{kind: affine}":                         {Kind: flow.Affine},
		"{kind: affine, layers: 1, hidden: 2}":   {Kind: flow.Affine, Layers: 1, Hidden: 2},
		"{kind: spline, blocks: 3, bins: 4}":     {Kind: flow.Spline, Blocks: 3, Bins: 4},
		"{kind: spline, bound: 7/2, hidden: 16}": {Kind: flow.Spline, Bound: 3.5, Hidden: 16},
		"{kind: mean-field}":                     {Kind: flow.MeanField},
		"{kind: full-rank}":                      {Kind: flow.FullRank},
	} {
		f, err := readX[family](t, written)
		if err != nil {
			t.Error(err)
			continue
		}
		if diff := cmp.Diff(want, f.options()); diff != "" {
			t.Errorf("%s: %s", written, diff)
		}
	}
	var kinds []string
	for _, k := range flow.Kinds() {
		kinds = append(kinds, string(k))
	}
	if !slices.Equal(families.names(), kinds) {
		t.Errorf("studies know %v, package flow %v", families.names(), kinds)
	}
}
