package study

import (
	"slices"

	"github.com/nudge-abm/nudge/calibrate/prior"
	"github.com/nudge-abm/nudge/sensitivity"
)

// Space returns the prior of the calibrated parameters that enter the model, for
// sensitivity analysis: a factor for each independent block of them.
func (c *Calibration) Space() sensitivity.Space {
	inModel := c.modelParameters()
	var space sensitivity.Space
	for _, b := range c.Prior.Blocks() {
		switch names := b.Names(); {
		case !slices.Contains(inModel, names[0]):
		case len(names) == 1:
			space = append(space, sensitivity.Distributed(names[0], b.Marginal(0).String(), b.Marginal(0).Quantile))
		default:
			space = append(space, joint(b))
		}
	}
	return space
}

func joint(b prior.Block) sensitivity.Factor {
	return sensitivity.Joint(b.Names(), b.String(), b.Dim(), b.Draw)
}
