package main

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/diff/fd"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate/loss"
	"github.com/nudge-abm/nudge/models/sir"
	"github.com/nudge-abm/nudge/study"
)

// Two runs of mean 1.5 and 7 are off by a half and by seven: a square and a
// straight line.
func TestHuber(t *testing.T) {
	data := loss.Data{Values: []float64{1, math.NaN(), 0}, Rows: 3, Columns: 1}
	l, err := kind.New(data, map[string]float64{"width": 2})
	if err != nil {
		t.Fatal(err)
	}
	split := func(v []float64) [][]float64 { return [][]float64{v[:3], v[3:]} }
	at, adjoint := []float64{1, 5, 9, 2, 5, 5}, make([]float64, 6)
	if got, want := l.Value(split(at), split(adjoint), nil, nil), 0.125+2*(7-1); got != want {
		t.Errorf("%v, want %v", got, want)
	}
	slopes := fd.Gradient(nil, func(v []float64) float64 { return l.Value(split(v), nil, nil, nil) }, at, &fd.Settings{Formula: fd.Central})
	for i, want := range slopes {
		if math.Abs(adjoint[i]-want) > 1e-6 {
			t.Errorf("adjoint %v, want %v", adjoint, slopes)
		}
	}
	if _, err := kind.New(data, map[string]float64{"width": 0}); err == nil {
		t.Error("a width of zero is accepted")
	}
}

func TestStudy(t *testing.T) {
	s, err := study.Library{Models: []*abm.Model{sir.Model}, Losses: []loss.Kind{kind}}.Load("study.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.Build(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := c.Simulation.Loss.String(), "Huber loss (width 10)"; got != want {
		t.Errorf("the loss is %s, want %s", got, want)
	}
}
