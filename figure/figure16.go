package figure

import "context"

var figure16 = Figure{
	Number: "16",
	Title:  "What calibrated firms do",
	Claim: "Series of mean effort, firm size and firm output made at draws of the posteriors by pathwise gradients and by " +
		"VarGrad both match the data closely, and much better than series made at draws of the prior.",
	draw: func(ctx context.Context, d *Drawing) error {
		c, err := d.predictives(ctx, "paper/firms")
		if err != nil {
			return err
		}
		d.judgeBands("Series from both posteriors match the data.", c)
		d.judgeGain("Both improve on the prior.", c)
		return nil
	},
}
