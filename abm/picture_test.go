package abm_test

import (
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// A model shows its rows in order, each as it then is.
func TestFilm(t *testing.T) {
	m := &abm.Model{
		Name: "clock", Settings: []abm.Setting{abm.StepsSetting(3)}, Observables: []abm.Observable{{Name: "nothing"}},
		Start: func(w *abm.World) func() {
			at := w.Column(1)
			w.Show(abm.Picture{Rows: 1, Columns: 3, Cells: abm.Layer{Of: w.Column(3)}, Agents: abm.Layer{Of: w.Column(1)}, At: at})
			return func() { at.Add(0, ad.Const(1)) }
		},
	}
	s := abm.NewSetup(m)
	if err := s.Prepare(); err != nil {
		t.Fatal(err)
	}
	w := abm.NewWorld(s, nil, nil)
	rows := 0
	look := func(row int, p *abm.Picture) {
		if row != rows || p.At.Values()[0] != float64(row) {
			t.Errorf("picture %d is of row %d, the agent at %v", rows, row, p.At.Values()[0])
		}
		rows++
	}
	if err := w.Film(nil, rng.Seed{}, look); err != nil || rows != 3 {
		t.Errorf("%d pictures, error %v", rows, err)
	}
	if err := w.Run(nil, rng.Seed{}); err != nil || rows != 3 {
		t.Errorf("a run was looked at after the film")
	}
}

func TestFilmNeedsAPicture(t *testing.T) {
	s := abm.NewSetup(&abm.Model{
		Name: "dark", Settings: []abm.Setting{abm.StepsSetting(2)}, Observables: []abm.Observable{{Name: "nothing"}},
		Start: func(*abm.World) func() { return func() {} },
	})
	if err := s.Prepare(); err != nil {
		t.Fatal(err)
	}
	err := abm.NewWorld(s, nil, nil).Film(nil, rng.Seed{}, func(int, *abm.Picture) {})
	if err == nil || !strings.Contains(err.Error(), "dark has no picture") {
		t.Errorf("error %v", err)
	}
}
