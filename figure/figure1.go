package figure

import (
	"context"
	"fmt"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/models/sugarscape"
	"github.com/nudge-abm/nudge/report"
	"github.com/nudge-abm/nudge/rng"
)

var figure1 = Figure{
	Number: "1",
	Title:  "The Sugarscape at its first and last step",
	Claim: "A map of sugar with two peaks. The agents start anywhere; by the last step they have gathered on the two " +
		"peaks, where sugar is plenty, and those who found too little have died.",
	draw: drawFigure1,
}

// summit is the capacity from which on a cell counts as part of a peak.
const summit = 3

func drawFigure1(_ context.Context, d *Drawing) error {
	setup := abm.NewSetup(sugarscape.Model)
	if err := setup.Assign("steps=101"); err != nil {
		return err
	}
	maps, shares, err := d.ends(setup)
	if err != nil {
		return err
	}
	d.add("map", "Sugar on the cells, from none to 4, and the agents alive, at the first and at the last step of one run.",
		report.Grid{Maps: maps})
	room := 0
	for _, row := range maps[0].Cells {
		for _, capacity := range row {
			if capacity >= summit {
				room++
			}
		}
	}
	area := float64(room) / float64(len(maps[0].Cells)*len(maps[0].Cells[0]))
	first, last := len(maps[0].Dots), len(maps[1].Dots)
	d.find("At first the agents are anywhere.", verdictOf(shares[0] < 2*area), fmt.Sprintf(
		"At the first step %s of the agents are on cells that can hold %d or more, which are %s of the map.", percent(shares[0]), summit, percent(area)))
	d.find("By the last step the agents have gathered on the two peaks.", verdictOf(shares[1] > 0.8), fmt.Sprintf(
		"At step %d it is %s of those alive.", setup.Steps()-1, percent(shares[1])))
	d.find("Some of the agents have died.", verdictOf(last < first), fmt.Sprintf("Of %d agents %d are alive at the last step.", first, last))
	d.set("Agents", "%s", setup.Text("agents"))
	d.set("Map", "%s × %s cells, rings of capacity around two peaks", setup.Text("size"), setup.Text("size"))
	d.set("Steps", "%d", setup.Steps()-1)
	d.differ("The paper's map is a file of an earlier Sugarscape. Ours is made by a formula that gives 92 %% of its cells the same capacity.")
	d.differ("The paper names neither the number of steps drawn nor the seed; the steps are those of its script.")
	return nil
}

// ends makes a run and returns the maps of its first and last row, with the share
// of the agents that are on a peak.
func (d *Drawing) ends(setup *abm.Setup) (maps []report.Map, shares []float64, err error) {
	if err := setup.Prepare(); err != nil {
		return nil, nil, err
	}
	w := abm.NewWorld(setup, nil, nil)
	defer w.Close()
	var capacity []float64
	err = w.Film(setup.Theta(), rng.Seed{Master: d.options.Seed}, func(row int, p *abm.Picture) {
		if row != 0 && row != setup.Steps()-1 {
			return
		}
		if row == 0 {
			capacity = append(capacity, p.Cells.Of.Values()...)
		}
		m := mapOf(fmt.Sprintf("Step %d", row), p)
		on := 0.0
		for _, at := range m.Dots {
			if capacity[at[0]*p.Columns+at[1]] >= summit {
				on++
			}
		}
		maps, shares = append(maps, m), append(shares, on/float64(len(m.Dots)))
	})
	return maps, shares, err
}

// mapOf copies a picture.
func mapOf(name string, p *abm.Picture) report.Map {
	m := report.Map{Name: name, Limit: 4}
	values := append([]float64(nil), p.Cells.Of.Values()...)
	for i := range p.Rows {
		m.Cells = append(m.Cells, values[i*p.Columns:(i+1)*p.Columns])
	}
	for _, at := range p.At.Values() {
		if at >= 0 {
			m.Dots = append(m.Dots, [2]int{int(at) / p.Columns, int(at) % p.Columns})
		}
	}
	return m
}
