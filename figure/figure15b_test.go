package figure

import (
	"math"
	"testing"
)

// wave is what a derivative may look like; the estimates below depart from it.
func wave(row int) float64 { return math.Sin(float64(row) / 10) }

func TestJudgesOfTheSparseNetwork(t *testing.T) {
	for _, c := range []struct {
		name     string
		judge    func(d *Drawing, c *contest)
		who      string
		estimate func(row int) float64
		want     Verdict
	}{
		{"explodes", (*Drawing).judgeExplosion, throughName, func(row int) float64 { return math.Exp(float64(row) / 5) }, Holds},
		{"does not explode", (*Drawing).judgeExplosion, throughName, func(row int) float64 { return 5 * wave(row) }, Differs},
		{"vanishes", (*Drawing).judgeVanishing, gumbelName, func(row int) float64 { return 0.1 * wave(row) }, Holds},
		{"does not vanish", (*Drawing).judgeVanishing, gumbelName, func(row int) float64 { return 0.9 * wave(row) }, Differs},
		{"drifts", drift, smoothedName, func(row int) float64 { return wave(row) + math.Exp(float64(row-40)/8) }, Holds},
		{"never right", drift, smoothedName, func(row int) float64 { return wave(row) + 1 }, Differs},
		{"never wrong", drift, smoothedName, wave, Differs},
		{"agrees", unbiased, flipName, wave, Holds},
		{"is off", unbiased, flipName, func(row int) float64 { return 0.8 * wave(row) }, Differs},
	} {
		d := &Drawing{}
		c.judge(d, contestOf(t, contested, c.who, c.estimate, wave))
		if len(d.Findings) != 1 || d.Findings[0].Verdict != c.want {
			t.Errorf("%s: %+v, want %q", c.name, d.Findings, c.want)
		}
	}
}

func drift(d *Drawing, c *contest)    { d.judgeDrift(c, smoothedName) }
func unbiased(d *Drawing, c *contest) { d.judgeUnbiased(c, flipName) }
