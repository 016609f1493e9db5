package report

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/binary"
	"io"
	"math"
	"strings"
	"testing"
)

func sampleFilm() Film {
	return Film{
		Title: "Two steps", Caption: "A caption.", Time: []float64{0, 1}, Rows: 1, Columns: 3, Parameters: []string{"θ"},
		Cells: Reel{
			Name: "sugar", Unit: "sugar", Values: [][]float64{{0, 2, 4}, {1, 3, 4}},
			Slopes: [][][]float64{{{0, 0, 0}, {-1, 0, 0.5}}},
		},
		Agents: Reel{Name: "holdings", Unit: "sugar", Values: [][]float64{{5}, {6}}, Slopes: [][][]float64{{{0}, {0}}}},
		At:     [][]int{{2}, {-1}},
	}
}

// What the script unpacks is what was put in, to 16 bits.
func TestFilmNumbers(t *testing.T) {
	f := sampleFilm()
	d, err := f.data()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := base64.StdEncoding.DecodeString(d.Numbers)
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	numbers := make([]int16, len(plain)/2)
	if _, err := binary.Decode(plain, binary.LittleEndian, numbers); err != nil {
		t.Fatal(err)
	}
	want := []float64{0, 2, 4, 1, 3, 4, 0, 0, 0, -1, 0, 0.5, 5, 6, 0, 0}
	scale := []float64{d.Cells.Scales[0], d.Cells.Scales[1], d.Agents.Scales[0], d.Agents.Scales[1]}
	track := []int{0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 3, 3}
	for i, v := range want {
		if got := float64(numbers[i]) * scale[track[i]]; math.Abs(got-v) > 1e-3 {
			t.Errorf("number %d is %g, want %g", i, got, v)
		}
	}
	if places := numbers[len(want):]; len(places) != 4 || places[0] != 0 || places[1] != -1 || places[2] != 2 || places[3] != -1 {
		t.Errorf("rows and columns of the agent are %v", places)
	}
	if d.Cells.High != 4 || d.Cells.Low != 0 || d.Cells.Limits[0] != 0.5 {
		t.Errorf("cells from %g to %g, derivatives within %v", d.Cells.Low, d.Cells.High, d.Cells.Limits)
	}
}

func TestFilmPage(t *testing.T) {
	page := written(t, Page{Title: "A", Sections: []Section{{"", []Block{sampleFilm()}}}})
	checkBalanced(t, page)
	checkOffline(t, page)
	for _, want := range []string{`<figure class="film">`, "A caption.", "<noscript>", `"parameters":["θ"]`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
}

func TestFilmMistakes(t *testing.T) {
	for _, c := range []struct {
		spoil func(f *Film)
		want  string
	}{
		{func(f *Film) { f.Time = nil }, "film: no time"},
		{func(f *Film) { f.At = f.At[:1] }, "film: places"},
		{func(f *Film) { f.At[0] = []int{3} }, "an agent on cell 3 of 1 × 3"},
		{func(f *Film) { f.At[1] = nil }, "film: places at time 1"},
		{func(f *Film) { f.Cells.Values[1] = []float64{1} }, "film: cells"},
		{func(f *Film) { f.Agents.Slopes = nil }, "film: slopes of agents"},
		{func(f *Film) { f.Agents.Slopes[0] = nil }, "film: times of agents"},
	} {
		f := sampleFilm()
		c.spoil(&f)
		if _, err := f.render(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error is %v, want one with %q", err, c.want)
		}
	}
}
