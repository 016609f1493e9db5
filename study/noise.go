package study

import (
	"context"
	"math"

	"gonum.org/v1/gonum/stat"

	"github.com/nudge-abm/nudge/calibrate"
)

// The noise of a simulated likelihood is measured at a few posterior draws, each
// evaluated a few times.
const (
	noiseDraws   = 10
	noiseRepeats = 4
)

// noiseLuck is the luck of the first of those evaluations.
const noiseLuck = calibrate.CheckLuck << 4

// measureNoise sets the standard deviation of the loss, nats, by which two
// evaluations at the same parameters differ, if the loss is a likelihood and the
// draws are weighed by it.
func (r *Result) measureNoise(ctx context.Context, h Hooks) error {
	n := min(noiseDraws, len(r.Posterior.Theta))
	if r.Importance() == nil || n == 0 {
		return nil
	}
	again := &calibrate.Draws{Names: r.Posterior.Names}
	for _, theta := range r.Posterior.Theta[:n] {
		for range noiseRepeats {
			again.Theta = append(again.Theta, theta)
		}
	}
	p, err := r.predict(ctx, h, "noise of the likelihood", again, noiseLuck)
	if err != nil {
		return err
	}
	variance := 0.0
	for i := range n {
		variance += stat.Variance(p.Loss[i*noiseRepeats:(i+1)*noiseRepeats], nil) / float64(n)
	}
	r.Noise = r.Calibration.Weight * math.Sqrt(variance)
	return nil
}
