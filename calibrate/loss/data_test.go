package loss

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestDataCheck(t *testing.T) {
	inf := math.Inf(1)
	for want, d := range map[string]Data{
		"cannot have 3 values":           {Values: []float64{1, 2, 3}, Rows: 2, Columns: 2},
		"cannot have 0 values":           {},
		"cannot have 1 names":            {Values: []float64{1, 2}, Rows: 1, Columns: 2, Names: []string{"a"}},
		"row 2 of column 1 is infinite":  {Values: []float64{1, 2, inf, 4}, Rows: 2, Columns: 2},
		"row 2 of in_bed is infinite":    {Values: []float64{1, -inf}, Rows: 2, Columns: 1, Names: []string{"in_bed"}},
		"column 2 has no observed value": {Values: []float64{1, nan, 3, nan}, Rows: 2, Columns: 2},
	} {
		if err := d.check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one about %q", err, want)
		}
	}
}

func TestDataSelect(t *testing.T) {
	d := Data{Values: []float64{1, 2, 3, 4, nan, 6}, Rows: 2, Columns: 3, Names: []string{"a", "b", "c"}}
	want := Data{Values: []float64{3, 2, 6, nan}, Rows: 2, Columns: 2, Names: []string{"c", "b"}}
	if diff := cmp.Diff(want, d.Select(2, 1), cmpopts.EquateNaNs()); diff != "" {
		t.Error(diff)
	}
}

func TestDataScales(t *testing.T) {
	d := Data{Values: []float64{1, 7, nan, 7, 3, 7}, Rows: 3, Columns: 2}
	if _, err := d.scales(nil); err == nil || !strings.Contains(err.Error(), "column 2 does not vary") {
		t.Errorf("error %v", err)
	}
	if got, err := d.Select(0).scales(nil); err != nil || got[0] != math.Sqrt2 {
		t.Errorf("scale %v (%v), want √2", got, err)
	}
	if _, err := d.scales([]float64{1}); err == nil || !strings.Contains(err.Error(), "one scale a column is needed: columns 2, given 1") {
		t.Errorf("error %v", err)
	}
	if _, err := d.scales([]float64{1, 0}); err == nil || !strings.Contains(err.Error(), "scale of column 2 must be positive") {
		t.Errorf("error %v", err)
	}
}
