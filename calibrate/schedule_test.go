package calibrate

import (
	"math"
	"testing"
)

func TestSchedules(t *testing.T) {
	for schedule, last := range map[Schedule]float64{Cosine: 0, Exponential: 0.002, Constant: 0.2} {
		tr := &Trainer{options: Options{Schedule: schedule, Steps: 100, LearningRate: 0.2}}
		if tr.rate(0) != 0.2 || math.Abs(tr.rate(100)-last) > 1e-12 {
			t.Errorf("%s goes from %g to %g", schedule, tr.rate(0), tr.rate(100))
		}
		tr.state.Retreats = 2
		if tr.rate(0) != 0.05 {
			t.Errorf("%s begins at %g after two retreats", schedule, tr.rate(0))
		}
		tr.placed = true
		if tr.rate(0) >= 0.05/10 || tr.rate(10) != 0.05 {
			t.Errorf("%s rises from %g to %g", schedule, tr.rate(0), tr.rate(10))
		}
	}
	var s Schedule
	if s.UnmarshalText([]byte("linear")) == nil {
		t.Error("a schedule that there is not is accepted")
	}
}
