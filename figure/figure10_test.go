package figure

import "testing"

// fading is 1 at first and what remains is constant.
func fading(remains float64) func(row int) float64 {
	return func(row int) float64 {
		if row < forgotten {
			return 1
		}
		return remains
	}
}

func TestJudgeEconomy(t *testing.T) {
	for _, c := range []struct {
		name                string
		estimate, reference func(row int) float64
		want                []Verdict // of agreement and decay
	}{
		{"as the paper says", fading(0), fading(0), []Verdict{Holds, Holds}},
		{"never forgotten", fading(0.5), fading(0.5), []Verdict{Holds, Differs}},
		{"off", fading(0.5), fading(0), []Verdict{Differs, Differs}},
	} {
		d := &Drawing{}
		d.judgeEconomy(contestOf(t, []string{"effort_a", "effort_b"}, throughName, c.estimate, c.reference))
		for i, want := range c.want {
			if d.Findings[i].Verdict != want {
				t.Errorf("%s: %+v, want %q", c.name, d.Findings[i], want)
			}
		}
	}
}
