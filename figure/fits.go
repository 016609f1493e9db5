package figure

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"strings"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/models"
	"github.com/nudge-abm/nudge/study"
)

// Fits keeps the calibrations of the paper's studies, so that figures that show the
// same one share it. The zero value is ready.
type Fits struct {
	// Begun returns the state that a fit has come to, nil if it has to begin. A name
	// such as sir-vargrad-1000 and the study's digest say which. It may be nil.
	Begun func(name, digest string) (*calibrate.CampaignState, error)
	// Save is given a fit's state now and then, and at its end. It may be nil.
	Save func(name, digest string, state calibrate.CampaignState) error

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
	} else {
		c.Options.Steps = cmp.Or(o.Steps, fitSteps)
	}
	c.Posterior.CheckRuns, c.Posterior.WeightSteps = 0, 0 // no figure shows other weights, and 10 to 15 are about gradients
	hooks := study.Hooks{Progress: func(stage string, done, total int) {
		o.told(name+" by "+x.name+": "+stage)(done, total)
	}}
	kept := fmt.Sprintf("%s-%s-%d", path.Base(name), strings.ToLower(x.name), c.Options.Steps)
	from, err := o.keep(&hooks, kept, s.Digest())
	if err != nil {
		return nil, err
	}
	return c.Run(ctx, s, from, hooks)
}

// fitSteps is a fifth of the paper's training steps, for the sake of whoever waits
// for the pictures.
const fitSteps = 1000

// keep makes the hooks save the fit of that name and returns the state it has come
// to, nil if it has to begin.
func (o Options) keep(h *study.Hooks, name, digest string) (*calibrate.CampaignState, error) {
	if o.Fits.Save != nil {
		h.Save = func(state calibrate.CampaignState) error { return o.Fits.Save(name, digest, state) }
	}
	if o.Fits.Begun == nil {
		return nil, nil
	}
	return o.Fits.Begun(name, digest)
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
