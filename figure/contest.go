package figure

import (
	"context"
	"fmt"
	"slices"

	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/report"
)

// contest is several estimators of the same derivatives beside a reference.
type contest struct {
	*subject
	reference *derivatives
	entries   []*derivatives
}

// hold samples the reference and the methods. Methods that this version lacks, or
// that cannot serve the model, are left out, and the drawing says so.
func (d *Drawing) hold(ctx context.Context, s *subject, samples int, methods []method) (*contest, error) {
	reference, err := s.reference(ctx, samples)
	if err != nil {
		return nil, err
	}
	return d.enter(ctx, &contest{subject: s, reference: reference}, methods)
}

// enter samples the methods and makes them entries of the contest.
func (d *Drawing) enter(ctx context.Context, c *contest, methods []method) (*contest, error) {
	for _, m := range methods {
		e, why := c.serve(m)
		if why != "" {
			d.note("%s is left out: %s.", m.name(), why)
			continue
		}
		x, err := c.collect(ctx, m.name(), e, m.samples, 0)
		if err != nil {
			return nil, err
		}
		c.entries = append(c.entries, x)
	}
	return c, nil
}

// serve returns the method's estimator, or why it cannot be sampled.
func (s *subject) serve(m method) (e gradient.Estimator, why string) {
	if !slices.Contains(gradient.Names(), m.estimator) {
		return nil, "this version has no such estimator"
	}
	e, err := gradient.New(m.estimator, m.options)
	if err != nil {
		return nil, err.Error()
	}
	sampler, err := e.Sampler(s.problem)
	if err != nil {
		return nil, err.Error()
	}
	sampler.Close()
	return e, ""
}

// entry returns what is known of the named method, nil if it was left out.
func (c *contest) entry(name string) *derivatives {
	for _, x := range c.entries {
		if x.name == name {
			return x
		}
	}
	return nil
}

// means returns the figure of all means, a panel a parameter.
func (c *contest) means(scale report.Scale) report.Check {
	f := report.Check{Step: count(len(c.reference.mean[0])), Scale: scale}
	for k, name := range c.parameters() {
		p := report.Comparison{Parameter: name, Observable: c.observed(), Reference: c.reference.estimate(k)}
		for _, x := range c.entries {
			p.Estimates = append(p.Estimates, x.estimate(k))
		}
		f.Panels = append(f.Panels, p)
	}
	return f
}

// scatter returns the figure of single samples by parameter k, a panel an
// estimator.
func (c *contest) scatter(k int, scale report.Scale) report.Boxes {
	f := report.Boxes{
		Title: fmt.Sprintf("∂ %s / ∂ %s", c.observed(), c.parameters()[k]),
		Step:  count(len(c.reference.mean[k])), Scale: scale,
	}
	for _, x := range c.entries {
		f.Panels = append(f.Panels, report.BoxPanel{Parameter: x.name, Reference: c.reference.estimate(k), Boxes: x.boxes(k, 2)})
	}
	return f
}

// list names the numbers of samples taken.
func (c *contest) list(d *Drawing) {
	samples := fmt.Sprintf("%s %d", c.reference.name, c.reference.samples)
	for _, x := range c.entries {
		samples += fmt.Sprintf(", %s %d", x.name, x.samples)
	}
	d.set(fmt.Sprintf("Samples at N = %s", c.problem.Setup.Text("agents")), "%s", samples)
}
