package figure

import (
	"context"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/models"
	"github.com/nudge-abm/nudge/study"
)

// Fits keeps the calibrations of the paper's studies, so that figures that show the
// same one share it. The zero value is ready.
type Fits struct {
	made map[string]*study.Result
}

// contender is an estimator of the variational gradient in the paper's comparison.
type contender struct {
	name     string // in pictures and sentences
	gradient calibrate.Gradient
}

// contenders are the two that the paper compares.
var contenders = []contender{
	{"pathwise", calibrate.StickingTheLanding},
	{"VarGrad", calibrate.VarGrad},
}

// calibration is a study fitted by both contenders, in their order.
type calibration struct {
	study string
	fits  []*study.Result
}

// calibrate fits a study of the paper by both contenders, or takes the fits made
// before.
func (d *Drawing) calibrate(ctx context.Context, name string) (*calibration, error) {
	c := &calibration{study: name}
	for _, x := range contenders {
		key := name + " " + x.name
		fit := d.options.Fits.made[key]
		if fit == nil {
			var err error
			if fit, err = d.options.fit(ctx, name, x); err != nil {
				return nil, err
			}
			if d.options.Fits.made == nil {
				d.options.Fits.made = map[string]*study.Result{}
			}
			d.options.Fits.made[key] = fit
		}
		c.fits = append(c.fits, fit)
	}
	return c, nil
}

// fit fits a study by one contender.
func (o Options) fit(ctx context.Context, name string, x contender) (*study.Result, error) {
	s, err := study.Load(name, models.All()...)
	if err != nil {
		return nil, err
	}
	s.SetSeed(o.Seed)
	if err := s.SetGradient(string(x.gradient)); err != nil {
		return nil, err
	}
	if o.small() {
		if err := s.Quick(); err != nil {
			return nil, err
		}
	}
	c, err := s.Build(ctx, o.Workers)
	if err != nil {
		return nil, err
	}
	if o.small() {
		o.shorten(c)
	}
	c.Posterior.CheckRuns = 0 // figures 10 to 15 are about gradients
	return c.Run(ctx, s, nil, study.Hooks{Progress: func(stage string, done, total int) {
		o.told(name+" by "+x.name+": "+stage)(done, total)
	}})
}

// small reports whether calibrations are made in their quick form.
func (o Options) small() bool { return o.Scale != 0 && o.Scale < 1 }

// shorten leaves of a calibration no more than the scale's share of what it is at
// full size.
func (o Options) shorten(c *study.Calibration) {
	c.Options.Warmup = o.samples(2000)
	for _, x := range []struct {
		n    *int
		full int
	}{
		{&c.Options.Steps, 5000}, {&c.Options.ValidationDraws, 640},
		{&c.Posterior.Draws, 5000}, {&c.Posterior.PriorDraws, 2000},
	} {
		*x.n = min(*x.n, o.samples(x.full))
	}
}
