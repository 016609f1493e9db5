package reparam

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"
)

// reference reads a table that testdata/reference.py made.
func reference(t *testing.T, name string) [][]float64 {
	t.Helper()
	file, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	table := make([][]float64, len(rows)-1)
	for i, row := range rows[1:] {
		for _, field := range row {
			v, err := strconv.ParseFloat(field, 64)
			if err != nil {
				t.Fatalf("%s line %d: %v", name, i+2, err)
			}
			table[i] = append(table[i], v)
		}
	}
	return table
}

// near reports whether got is want to a relative tolerance.
func near(got, want, tolerance float64) bool {
	return math.Abs(got-want) <= tolerance*math.Abs(want)
}

// panics reports whether f does.
func panics(f func()) (did bool) {
	defer func() { did = recover() != nil }()
	f()
	return false
}

var sink float64
