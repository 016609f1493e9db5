package figure

import (
	"context"

	"github.com/nudge-abm/nudge/models/sugarscape"
	"github.com/nudge-abm/nudge/report"
)

var figure8 = Figure{
	Number: "8",
	Title:  "Shift matrices",
	Claim: "The move of an agent is the sum of a matrix of shifts over the cell that it chose, one matrix for each axis: " +
		"a one-hot choice picks the shift to that cell.",
	draw: drawFigure8,
}

func drawFigure8(_ context.Context, d *Drawing) error {
	dy, dx := sugarscape.Shifts(widest)
	choice := grid(len(dy), len(dy))
	choice[1][4] = 1
	d.add("matrices", "A choice Z*, and the matrices of shifts along the columns and the rows: picked by the choice, they give the move of two rows up and one column to the right.",
		report.Grid{Maps: []report.Map{
			{Name: "Choice Z*", Cells: choice, Numbers: true, Limit: 2},
			{Name: "Shift of the row", Cells: dy, Numbers: true, Signed: true, Limit: 2 * widest},
			{Name: "Shift of the column", Cells: dx, Numbers: true, Signed: true, Limit: 2 * widest},
		}})
	up, right := inner(choice, dy), inner(choice, dx)
	d.find("A one-hot choice picks the shift to the cell chosen.", verdictOf(up == -2 && right == 1),
		"⟨Z*, Dy⟩ = "+number(up)+" and ⟨Z*, Dx⟩ = "+number(right)+".")
	d.note("Our model moves agents by the number of the cell chosen. Nothing that follows is differentiable in a position, in the paper's model as in ours, so that derivatives of positions would never be used.")
	d.set("Window", "%d × %d cells", 2*widest+1, 2*widest+1)
	d.differ("The paper's code adds up the numbers of cells modulo the size of the map in place of shifts, which is the same in the primal pass but not in the tangent pass at the seam.")
	return nil
}

// inner is Σ a_ij·b_ij.
func inner(a, b [][]float64) float64 {
	s := 0.0
	for i, row := range a {
		for j, v := range row {
			s += v * b[i][j]
		}
	}
	return s
}
