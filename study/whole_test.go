package study

import "testing"

func TestWholeNumbersAreDecimal(t *testing.T) {
	for written, want := range map[string]uint64{"0": 0, "010": 10, "18446744073709551615": 1<<64 - 1} {
		if got, err := readX[whole](t, written); err != nil || got.value != want || !got.given {
			t.Errorf("%s is read as %+v, %v", written, got, err)
		}
	}
	for _, written := range []string{"-1", "1.0", "1e3", "0x10", "18446744073709551616", "many"} {
		want := `x.yaml:1:4: x must be a whole number, zero or more, not "` + written + `"`
		if _, err := readX[whole](t, written); err == nil || !says(err.Error(), want) {
			t.Errorf("%s: %v", written, err)
		}
	}
}
