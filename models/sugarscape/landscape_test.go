package sugarscape

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// How many cells of the map hold 0 … 4; the map that it follows has 431, 522, 765,
// 558 and 224.
func TestTwoPeaks(t *testing.T) {
	var cells [5]int
	for _, c := range twoPeaks(peaksSize).capacity {
		cells[int(c)]++
	}
	if want := [5]int{416, 567, 749, 544, 224}; cells != want {
		t.Errorf("cells by capacity are %v, want %v", cells, want)
	}
}

// A map of another size is the same map, coarser or finer.
func TestTwoPeaksScale(t *testing.T) {
	small, large := twoPeaks(50), twoPeaks(150)
	for y := range 50 {
		for x := range 50 {
			if a, b := small.capacity[y*50+x], large.capacity[(3*y+1)*150+3*x+1]; a != b {
				t.Fatalf("cell %d,%d holds %g, and %g on a map three times as fine", y, x, a, b)
			}
		}
	}
}

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "map.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadLandscape(t *testing.T) {
	l, err := readLandscape(write(t, "1,2, 0.5\n0,1/4,3\n"))
	if err != nil {
		t.Fatal(err)
	}
	if l.rows != 2 || l.columns != 3 {
		t.Errorf("%d × %d cells, want 2 × 3", l.rows, l.columns)
	}
	if diff := cmp.Diff([]float64{1, 2, 0.5, 0, 0.25, 3}, l.capacity); diff != "" {
		t.Error(diff)
	}
}

func TestReadLandscapeErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"1,2\n1,2\n1,2,3\n", "map.csv:3: 3 cells, but the first line has 2"},
		{"1,2\n\n1,-2\n", "map.csv:3: cell 2: a capacity must be zero or positive and finite, is -2"},
		{"1,Inf\n", "map.csv:1: cell 2: a capacity must be zero or positive and finite"},
		{"1,many\n", `map.csv:1: cell 2 must be a number, not "many"`},
		{"1,\"2\n", "map.csv: parse error on line 1"},
		{"", "map.csv has no cells"},
	} {
		path := write(t, c.text)
		if _, err := readLandscape(path); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: error is %v, want one with %q", c.text, err, c.want)
		}
	}
	if _, err := readLandscape("no/such/map.csv"); err == nil || !strings.Contains(err.Error(), "no/such/map.csv") {
		t.Errorf("error of a missing file is %v", err)
	}
}

// Around a cell are the cells at the offsets modulo the sides, wherever it is.
func TestAround(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		far := rapid.IntRange(1, 4).Draw(t, "far")
		l := &landscape{rows: rapid.IntRange(2*far+1, 15).Draw(t, "rows"), columns: rapid.IntRange(2*far+1, 15).Draw(t, "columns")}
		shape := rapid.SampledFrom([]string{"diamond", "square", "cross"}).Draw(t, "shape")
		l.sight = newSight(shape, far, l.columns, rapid.Bool().Draw(t, "whole"))
		n := len(l.sight.offsets)
		cell := rapid.IntRange(0, l.rows*l.columns-1).Draw(t, "cell")
		seen := map[int32]bool{}
		for k, c := range l.around(make([]int32, n), cell, n) {
			o := l.sight.offsets[k]
			y, x := (cell/l.columns+o.dy+l.rows)%l.rows, (cell%l.columns+o.dx+l.columns)%l.columns
			if int(c) != y*l.columns+x || seen[c] {
				t.Fatalf("cell %d is %d, want %d, and each once", k, c, y*l.columns+x)
			}
			seen[c] = true
		}
	})
}
