package figure

import "context"

var figure17 = Figure{
	Number: "17",
	Title:  "What a calibrated Sugarscape does",
	Claim: "The predictive distributions of mean holdings and of the share of agents alive, by pathwise gradients and by " +
		"VarGrad, both hold the data.",
	draw: func(ctx context.Context, d *Drawing) error {
		c, err := d.predictives(ctx, "paper/sugarscape")
		if err != nil {
			return err
		}
		d.judgeBands("Both predictive distributions hold the data.", c)
		d.judgeGain("Both improve on the prior.", c)
		return nil
	},
}
