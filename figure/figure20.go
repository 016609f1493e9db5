package figure

import (
	"context"
	"fmt"

	"github.com/nudge-abm/nudge/study"
)

var figure20 = Figure{
	Number: "20",
	Title:  "The posteriors",
	Claim: "(a) Firms and (b) Sugarscape: both estimators give the true parameters high posterior mass. (c) SIR: pathwise " +
		"gives all nine true values high mass, VarGrad misses a few.",
	draw: drawFigure20,
}

func drawFigure20(ctx context.Context, d *Drawing) error {
	for _, x := range paperStudies {
		c, err := d.calibrate(ctx, x.study)
		if err != nil {
			return err
		}
		c.each(func(who string, r *study.Result) {
			d.add(x.part+"-"+who, fmt.Sprintf("(%s) %s by %s: regions of highest density that hold 50 %% and 90 %% of the posterior draws, true values as crosses, prior draws pale.", x.part, x.title, who), pictureOf(r, "pairs"))
		})
		d.describeFits(c)
		if x.part == "c" {
			d.judgeTruth("(c) Pathwise gives all nine true values high mass.", c, 0)
			d.judgeMisses(c)
			continue
		}
		d.judgeTruth(fmt.Sprintf("(%s) Both estimators give the true values high mass.", x.part), c, 0, 1)
	}
	d.differFits()
	return nil
}

// judgeMisses holds against the second contender that it misses a few values.
func (d *Drawing) judgeMisses(c *calibration) {
	names, of := missed(c.fits[1])
	d.find("(c) VarGrad misses a few.", verdictOf(len(names) > 0),
		fmt.Sprintf("VarGrad has %d of %d true values outside its central 90 %%.", len(names), of))
}
