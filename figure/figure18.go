package figure

import (
	"context"
	"fmt"

	"github.com/nudge-abm/nudge/study"
)

var figure18 = Figure{
	Number: "18",
	Title:  "What a calibrated epidemic does",
	Claim: "Series of infections and recoveries from the posterior by pathwise gradients represent the data better than " +
		"those from the posterior by VarGrad.",
	draw: drawFigure18,
}

func drawFigure18(ctx context.Context, d *Drawing) error {
	c, err := d.predictives(ctx, "paper/sir")
	if err != nil {
		return err
	}
	path, score := meanLoss(c.fits[0].Predicted), meanLoss(c.fits[1].Predicted)
	d.find("Pathwise represents the data better than VarGrad.", verdictOf(path < score),
		fmt.Sprintf("The mean loss of a posterior draw is %s by pathwise and %s by VarGrad; of a prior draw %s.",
			number(path), number(score), number(meanLoss(c.fits[0].Expected))))
	c.each(func(who string, r *study.Result) {
		x := r.Summary().Coverage90
		d.note("The 90 %% band by %s holds %d of %d observations.", who, x.Inside, x.Of)
	})
	return nil
}
