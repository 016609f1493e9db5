package optim

import "testing"

// checkSchedule compares rates at given steps and the description.
func checkSchedule(t *testing.T, s Schedule, want map[int]float64, text string) {
	t.Helper()
	for step, rate := range want {
		if got := s.Rate(step); !near(got, rate) {
			t.Errorf("%v: rate %v at step %d, want %v", s, got, step, rate)
		}
	}
	if s.String() != text {
		t.Errorf("%v, want %s", s, text)
	}
}

// Schedules nest.
func TestSchedulesNest(t *testing.T) {
	s := Warmup{Steps: 1, Then: Warmup{Steps: 1, Then: Constant{1}}}
	checkSchedule(t, s, map[int]float64{0: 0.25, 1: 0.5, 2: 1, 3: 1},
		"1 steps of warm-up, then 1 steps of warm-up, then constant 1")
}
