package report

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestChartData(t *testing.T) {
	c := Chart{Predictive: Predictive{Time: []float64{1, 2}, Panels: []Observable{{Name: "S", Data: []float64{math.NaN(), 1.23456789}}}}}
	got, err := json.Marshal(c.data())
	want := `{"timeLabel":"Time","time":[1,2],"panels":[{"name":"S","unit":"","limits":[1.11111,1.35802],` +
		`"data":[null,1.23457],"posterior":[],"prior":[]}]}`
	if diff := cmp.Diff(want, string(got)); diff != "" || err != nil {
		t.Error(err, diff)
	}
}
