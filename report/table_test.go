package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTableAligns(t *testing.T) {
	rows := [][]string{{"β", "1.70", "1.61 – 1.79", "–"}, {"γ", "−0.45", "[0.4, 0.5]", "5 %"}}
	header := []string{"Parameter", "Median", "Interval", "Share"}
	got, err := Table{Header: header, Rows: rows}.classes()
	if diff := cmp.Diff([]string{"left", "right", "right", "right"}, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
	got, err = Table{Header: header, Rows: rows, Align: "lcrl"}.classes()
	if diff := cmp.Diff([]string{"left", "centre", "right", "left"}, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

func TestTableErrors(t *testing.T) {
	for want, table := range map[string]Table{
		`table "T": row 2 has 1 values, expected 2`:     {Caption: "T", Header: []string{"a", "b"}, Rows: [][]string{{"1", "2"}, {"3"}}},
		`table "T": alignment 'x' (allowed: l, c, r)`:   {Caption: "T", Header: []string{"a"}, Align: "x"},
		`table "T": alignment has 1 values, expected 2`: {Caption: "T", Header: []string{"a", "b"}, Align: "l"},
	} {
		if _, err := table.render(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, expected %q", err, want)
		}
	}
}
