package calibrate

import "github.com/nudge-abm/nudge/calibrate/tempering"

// region is the part of the posterior that a flow is fitted to: all of it, or
// the share that belongs to one mode.
type region struct {
	*tempering.Partition
	mode int
}

// logShare returns log r(z), 0 for all of the posterior, and adds its gradient
// to grad.
func (r region) logShare(grad, z []float64) float64 {
	if r.Partition == nil {
		return 0
	}
	return r.LogShare(grad, z, r.mode)
}
