package figure

import (
	"context"
	"math"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/models/sugarscape"
	"github.com/nudge-abm/nudge/report"
)

var figure7 = Figure{
	Number: "7",
	Title:  "Vision in the primal and in the tangent pass",
	Claim: "In the primal pass an agent has the vision matrix of the vision it drew. In the tangent pass it has the mean " +
		"of all, weighted by their probabilities, so that derivatives know of the cells that it might have seen.",
	draw: drawFigure7,
}

func drawFigure7(_ context.Context, d *Drawing) error {
	theta := abm.NewSetup(sugarscape.Model).Theta()
	near, far := theta[sugarscape.Model.Parameter("vision_near")], theta[sugarscape.Model.Parameter("vision_far")]
	hard, soft, slope := visions(near, far)
	d.add("passes", "The vision matrix of an agent that drew vision 1: in the primal pass, the mean of visions 1 and 3 that the tangent pass differentiates, and its derivative in the probability of vision 3.",
		report.Grid{Maps: []report.Map{
			{Name: "Primal: M₁", Cells: hard, Numbers: true, Limit: 2},
			{Name: "Tangent: p₁M₁ + p₂M₃", Cells: soft, Numbers: true, Limit: 2},
			{Name: "Derivative in p₂", Cells: slope, Numbers: true, Signed: true, Limit: 1},
		}})
	d.find("In the primal pass an agent has the vision that it drew.", verdictOf(sum(hard) == 5), "An agent that drew vision 1 sees 5 cells.")
	mean := near*5 + far*25
	d.find("In the tangent pass it has the mean of all visions, weighted by their probabilities.", verdictOf(math.Abs(sum(soft)-mean) < 1e-9),
		"The mean matrix has a weight of "+number(sum(soft))+" cells, "+number(near)+"·5 + "+number(far)+"·25; the derivative is that of this mean, not zero on the 20 cells that only the far-sighted see.")
	d.note("Our model takes the derivative along the simplex, with p₁ = 1 − p₂: where both see, nothing changes. Varied alone, p₂ is divided by p₁ + p₂, and the derivative in it is p₁ = %s on those cells.", number(near))
	d.set("Probabilities", "%g of vision 1, %g of vision 3", near, far)
	d.differ("The probabilities drawn in the paper are not known; these are those of its experiments.")
	return nil
}

// visions returns the vision matrix of an agent that drew near, the mean matrix
// and its derivative in the probability of far.
func visions(near, far float64) (hard, soft, slope [][]float64) {
	arena := ad.NewForward(1)
	defer arena.Close()
	p := arena.Param(0, far)
	q := ad.Const(near)
	share := p.Div(p.Add(q))
	one, three := sugarscape.Matrix("diamond", 1, widest), sugarscape.Matrix("diamond", widest, widest)
	soft, slope = grid(len(one), len(one)), grid(len(one), len(one))
	for i := range one {
		for j := range one[i] {
			mean := share.Times(three[i][j]).Add(share.Not().Times(one[i][j]))
			sees := ad.Const(one[i][j]).Surrogate(mean)
			soft[i][j], slope[i][j] = mean.Primal(), arena.Tangents(nil, sees)[0]
		}
	}
	return one, soft, slope
}
