package mcmc

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWindows(t *testing.T) {
	for warmup, want := range map[int]windows{
		1000: {75, []int{100, 150, 250, 450, 950}},
		500:  {75, []int{100, 150, 250, 450}},
		150:  {75, []int{100}},
		100:  {15, []int{90}},
		10:   {10, nil},
	} {
		if diff := cmp.Diff(want, newWindows(warmup), cmp.AllowUnexported(windows{})); diff != "" {
			t.Errorf("%d: %s", warmup, diff)
		}
	}
}
