package prior

import "testing"

func TestLogInterval(t *testing.T) {
	checkBijector(t, LogInterval{1e-3, 7}, 1e-3, 7)
	if !(LogInterval{1, 2}).Saturated(30) || (LogInterval{1, 2}).Saturated(20) {
		t.Error("saturation is not that of the logit")
	}
}
