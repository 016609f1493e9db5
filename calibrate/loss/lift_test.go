package loss

import "testing"

func TestLiftText(t *testing.T) {
	for _, want := range []Lift{Gaussian, Linear} {
		text, _ := want.MarshalText()
		var got Lift
		if err := got.UnmarshalText(text); err != nil || got != want {
			t.Errorf("%s read back as %v (%v)", text, got, err)
		}
	}
}
