package study

import "testing"

func TestDatesMayBeCalibratedIfTheyStayInOrder(t *testing.T) {
	for _, entry := range []string{
		"{names: [quarantine_start, quarantine_end], prior: ordered-pair, low: 0, high: 60}",
		"{name: quarantine_start, prior: uniform, low: 0, high: 25}",
		"{name: quarantine_end, prior: truncated-normal, mean: 20, sd: 5, low: 15}",
	} {
		load(t, "calibrate:\n", "calibrate:\n  - "+entry+"\n")
	}
}
