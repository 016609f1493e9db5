package cli

import (
	"bytes"
	"encoding/json"
	"math"
	"testing"
)

type sample struct {
	Name   string             `json:"name"`
	Values []float64          `json:"values"`
	Deep   [][]float64        `json:"deep,omitempty"`
	Table  map[string]float64 `json:"table"`
	Next   *sample            `json:"next,omitempty"`
	Unsaid int                `json:"-"`
	hidden int
	*Aside
}

// Aside is embedded.
type Aside struct {
	Aside int `json:"aside"`
}

func encode(t *testing.T, v any) string {
	t.Helper()
	var b bytes.Buffer
	if err := writeJSON(&b, v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestJSONOfWhatIsNotFinite(t *testing.T) {
	got := encode(t, &sample{
		Values: []float64{1, math.NaN(), math.Inf(-1)},
		Table:  map[string]float64{"b": 2, "a": math.Inf(1)},
		Next:   &sample{Deep: [][]float64{{math.NaN()}}},
	})
	want := `{"name":"","values":[1,null,null],"table":{"a":null,"b":2},"next":{"name":"","values":[],"deep":[[null]],"table":{}}}` + "\n"
	if got != want {
		t.Errorf("got  %swant %s", got, want)
	}
}

// Where all is finite the bytes are those of encoding/json.
func TestJSONIsTheStandardOne(t *testing.T) {
	v := sample{
		Name: `a "name" & <more>`, Values: []float64{0.1, 1e-300, 123456789}, Deep: [][]float64{{1}, {2, 3}},
		Table: map[string]float64{"x": 1}, Next: &sample{Values: []float64{}, Table: map[string]float64{}}, Unsaid: 1, hidden: 2,
		Aside: &Aside{3},
	}
	want, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if got := encode(t, v); got != string(want)+"\n" {
		t.Errorf("got  %swant %s", got, want)
	}
}
