package figure

import "testing"

// spike is the effect of a policy time: a peak at a row and a little later on.
func spike(at int) func(row int) float64 {
	return func(row int) float64 {
		switch {
		case row == at:
			return 1
		case row > quarantineEnds:
			return 0.1
		}
		return 0
	}
}

func TestJudgeTiming(t *testing.T) {
	constant := func(int) float64 { return 1 }
	for _, c := range []struct {
		name                string
		estimate, reference func(row int) float64
		want                []Verdict // of before, peak, after, during, agreement
	}{
		{"as the paper says", spike(quarantineActs), spike(quarantineActs), []Verdict{Holds, Holds, Holds, Holds, Holds}},
		{"late", spike(quarantineEnds), spike(quarantineActs), []Verdict{Holds, Differs, Holds, Holds, Differs}},
		{"always", constant, constant, []Verdict{Differs, Differs, Holds, Differs, Holds}},
		{"over at once", func(row int) float64 { return spike(quarantineActs)(min(row, quarantineEnds)) }, spike(quarantineActs), []Verdict{Holds, Holds, Differs, Holds, Holds}},
	} {
		d := &Drawing{}
		d.judgeTiming(contestOf(t, []string{"quarantine_start", "quarantine_end"}, throughName, c.estimate, c.reference))
		for i, want := range c.want {
			if d.Findings[i].Verdict != want {
				t.Errorf("%s: %+v, want %q", c.name, d.Findings[i], want)
			}
		}
	}
}
