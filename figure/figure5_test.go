package figure

import "testing"

func TestJudgeTemperatures(t *testing.T) {
	noisy, balanced, tight := softened{97, 1, 35, 98}, softened{95, 0.2, 10, 98}, softened{67, 0.1, 4, 98}
	for _, c := range []struct {
		low, middle, high softened
		want              [3]Verdict
	}{
		{noisy, balanced, tight, [3]Verdict{Holds, Holds, Holds}},
		{tight, balanced, noisy, [3]Verdict{Differs, Differs, Differs}},
		{noisy, softened{85, 0.2, 10, 98}, tight, [3]Verdict{Holds, Differs, Holds}},
	} {
		d := &Drawing{}
		d.judgeTemperatures(c.low, c.middle, c.high)
		for i, want := range c.want {
			if d.Findings[i].Verdict != want {
				t.Errorf("%+v is said to be %q, want %q", d.Findings[i], d.Findings[i].Verdict, want)
			}
		}
	}
}
