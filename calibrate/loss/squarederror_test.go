package loss

import (
	"math"
	"strings"
	"testing"
)

func TestSquaredError(t *testing.T) {
	data := Data{Values: []float64{1, 10, nan, 30, 5, 80}, Rows: 3, Columns: 2}
	run := [][]float64{{2, 10, 99, 20, 2, 100}}
	for _, c := range []struct {
		options SquaredErrorOptions
		want    float64
	}{
		{SquaredErrorOptions{Scale: []float64{1, 10}}, (1 + 9 + (0.+100+400)/100) / 2},
		{SquaredErrorOptions{}, 10./(2*8) + 500./(2*1300)}, // variances 8 and 1300
		{SquaredErrorOptions{Form: Relative, Scale: []float64{0.5, 0.5}}, (1 + 0.36 + 1./9 + 1./16) / (2 * 0.25)},
		{SquaredErrorOptions{Form: Log1p, Scale: []float64{1, 1}},
			(sq(math.Log(3./2)) + sq(math.Log(3./6)) + sq(math.Log(21./31)) + sq(math.Log(101./81))) / 2},
	} {
		l := must(NewSquaredError(data, c.options))
		if got := l.Value(run, nil, nil, nil); !near(got, c.want, 1e-14) {
			t.Errorf("%v: %v, want %v", l, got, c.want)
		}
		checkAdjoint(t, l, 2, 6, 0.5, 50)
	}
}

func sq(x float64) float64 { return x * x }

func TestSquaredErrorDefaultScales(t *testing.T) {
	data := Data{Values: []float64{1, 3}, Rows: 2, Columns: 1}
	for form, want := range map[Form]string{
		Plain:    "squared error (plain, scale [1.414])",
		Log1p:    "squared error (log1p, scale [0.4901])", // log 2 / √2
		Relative: "squared error (relative, scale [0.7071])",
	} {
		if got := must(NewSquaredError(data, SquaredErrorOptions{Form: form})).String(); !strings.HasPrefix(got, want) {
			t.Errorf("%v: %s, want %s", form, got, want)
		}
	}
}

func TestSquaredErrorRefuses(t *testing.T) {
	data := Data{Values: []float64{1, 0, 3, -2}, Rows: 2, Columns: 2, Names: []string{"a", "b"}}
	l, err := NewSquaredError(data, SquaredErrorOptions{Form: Relative})
	checkError(t, l, err, "row 1 of b is zero")
	l, err = NewSquaredError(data, SquaredErrorOptions{Form: Log1p})
	checkError(t, l, err, "row 2 of b is -2: log1p needs values above -1")
	l, err = NewSquaredError(data, SquaredErrorOptions{Form: 9})
	checkError(t, l, err, "form must be plain, log1p or relative")
	var f Form
	if err := f.UnmarshalText([]byte("log")); err == nil || f.UnmarshalText([]byte("relative")) != nil || f != Relative {
		t.Errorf("error %v, form %v", err, f)
	}
}
