package abm

import (
	"fmt"

	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// Picture is what a run looks like: cells on a grid, each with a quantity, and
// agents on them, each with another. It refers to the run's own columns, which
// change with every step.
type Picture struct {
	Rows, Columns int
	Cells         Layer      // one entry a cell, row by row
	Agents        Layer      // one entry an agent
	At            *ad.Column // cell of each agent, −1 if it is not there
}

// Layer is a quantity of all cells or agents.
type Layer struct {
	Name string
	Unit string
	Of   *ad.Column
}

// Show says what the run looks like. A model that can be looked at calls it in its
// Start; it costs nothing.
func (w *World) Show(p Picture) { w.picture = &p }

// Film is [World.RunFull] that calls look with the picture of every row, which must
// be done with when look returns. It returns an error if the model shows none.
func (w *World) Film(theta []float64, seed rng.Seed, look func(row int, p *Picture)) error {
	w.picture, w.look = nil, look
	defer func() { w.picture, w.look = nil, nil }()
	if err := w.RunFull(theta, seed); err != nil {
		return err
	}
	if w.picture == nil {
		return fmt.Errorf("%s has no picture: its runs cannot be looked at, only its observables", w.setup.Model.Name)
	}
	return nil
}

// looked shows the row just made to whoever looks.
func (w *World) looked() {
	if w.look != nil && w.picture != nil {
		w.look(w.step, w.picture)
	}
}
