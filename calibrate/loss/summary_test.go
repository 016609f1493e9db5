package loss

import "testing"

func TestSummaryText(t *testing.T) {
	for s := SummaryMean; s <= SummaryLast; s++ {
		text, _ := s.MarshalText()
		var got Summary
		if err := got.UnmarshalText(text); err != nil || got != s {
			t.Errorf("%s read back as %v (%v)", text, got, err)
		}
	}
}
