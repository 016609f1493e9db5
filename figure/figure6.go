package figure

import (
	"context"
	"fmt"

	"github.com/nudge-abm/nudge/models/sugarscape"
	"github.com/nudge-abm/nudge/report"
)

var figure6 = Figure{
	Number: "6",
	Title:  "Vision matrices",
	Claim: "An agent of vision v sees the cells whose distances along both axes sum to at most v: those with a 1 in the " +
		"matrix M_v around it, of one size for all visions.",
	draw: drawFigure6,
}

// widest is the greatest vision in the diagrams.
const widest = 3

func drawFigure6(_ context.Context, d *Drawing) error {
	f, right := report.Grid{}, true
	for v := 1; v <= widest; v++ {
		m := sugarscape.Matrix("diamond", v, widest)
		f.Maps = append(f.Maps, report.Map{Name: fmt.Sprintf("Vision %d", v), Cells: m, Numbers: true, Limit: 2})
		right = right && sum(m) == float64(2*v*v+2*v+1)
	}
	d.add("matrices", "The cells that agents of visions 1, 2 and 3 see from the cell in the middle.", f)
	d.find("An agent of vision v sees the cells whose distances along both axes sum to at most v.", verdictOf(right),
		"The matrices have 5, 13 and 25 ones: 2v² + 2v + 1 for vision v, with the agent's own cell.")
	d.note("The setting sight offers two others: the square of Moore, and the cross of the first Sugarscape, in which agents look along the axes only.")
	d.set("Window", "%d × %d cells", 2*widest+1, 2*widest+1)
	d.differ("The visions drawn in the paper are not known.")
	return nil
}

// sum adds up a matrix.
func sum(m [][]float64) float64 {
	s := 0.0
	for _, row := range m {
		s += total(row)
	}
	return s
}
