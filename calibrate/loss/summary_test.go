package loss

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestSummaries(t *testing.T) {
	data := Data{Values: []float64{1, 5, 2, nan, nan, 3, 6, 1, 7, nan}, Rows: 5, Columns: 2}
	s, err := newSummariser(data, []Summary{SummaryMean, SummarySD, SummaryAutocovariance, SummaryMaximum, SummaryLast})
	if err != nil {
		t.Fatal(err)
	}
	// The first column is 1, 2, –, 6, 7 with mean 4, the second 5, –, 3, 1, – with mean 3.
	want := []float64{4, 2.943920288775949, 6, 7, 7, 3, 2, 0, 5, 1}
	if diff := cmp.Diff(want, s.of(data.Values), cmpopts.EquateApprox(1e-14, 0)); diff != "" {
		t.Error(diff)
	}
}

func TestSummaryText(t *testing.T) {
	for s := SummaryMean; s <= SummaryLast; s++ {
		text, _ := s.MarshalText()
		var got Summary
		if err := got.UnmarshalText(text); err != nil || got != s {
			t.Errorf("%s read back as %v (%v)", text, got, err)
		}
	}
}
