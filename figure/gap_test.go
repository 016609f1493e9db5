package figure

import (
	"strings"
	"testing"
)

// line is derivatives by one parameter with the same error in every row.
func line(se float64, mean ...float64) *derivatives {
	d := &derivatives{mean: [][]float64{mean}, se: grid(1, len(mean))}
	for t := range mean {
		d.se[0][t] = se
	}
	return d
}

func TestVerdicts(t *testing.T) {
	truth := line(0, 0, 10, -5)
	for _, c := range []struct {
		name string
		x    *derivatives
		want Verdict
		says string
	}{
		{"the same", line(0, 0, 10, -5), Holds, "θ agrees (noise would hide 0 % of the peak)"},
		{"within a tenth of the peak", line(0, 0.9, 9.1, -5.9), Holds, "agrees"},
		{"beyond a tenth", line(0, 0, 8, -5), Differs, "θ is off by 20 % of the peak beyond noise at step 1 (8 against 10)"},
		{"beyond a tenth but for noise", line(0.4, 0, 8, -5), Holds, "noise would hide 12 %"},
		{"lost in noise", line(2, 0, 8, -5), Unclear, "noise would hide 60 %"},
		{"beyond even loud noise", line(2, 0, 50, -5), Differs, "off by 340 %"},
	} {
		g := gapOf(c.x, truth, "θ", 0, 0, 3)
		if g.verdict() != c.want || !strings.Contains(g.String(), c.says) {
			t.Errorf("%s: %s, %s; want %s, %s", c.name, g.verdict(), g, c.want, c.says)
		}
	}
}

// The worst of several gaps decides.
func TestVerdictOfSeveral(t *testing.T) {
	holds, open, differs := gap{}, gap{hidden: 1}, gap{share: 1}
	for _, c := range []struct {
		l    gapList
		want Verdict
	}{
		{gapList{holds, holds}, Holds}, {gapList{open, holds}, Unclear}, {gapList{open, differs, holds}, Differs},
	} {
		if got := c.l.verdict(); got != c.want {
			t.Errorf("%v: %s, want %s", c.l, got, c.want)
		}
	}
}
