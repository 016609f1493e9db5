package study

import (
	"github.com/goccy/go-yaml/ast"

	"github.com/nudge-abm/nudge/calibrate/loss"
)

type squaredError struct {
	lossKeys
	Form choice[loss.Form, *loss.Form] `yaml:"form,omitempty"`
	scaled
	combining
}

func (c *squaredError) loss(on comparison) (loss.Loss, error) {
	scale, err := c.scale(on.data)
	if err != nil {
		return nil, err
	}
	return c.explain(loss.NewSquaredError(on.data, loss.SquaredErrorOptions{
		Form: c.Form.value, Scale: scale, Combine: c.Combine.value,
	}))
}

type poisson struct {
	lossKeys
	counting
	combining
}

func (c *poisson) loss(on comparison) (loss.Loss, error) {
	return c.explain(loss.NewPoisson(on.data, loss.PoissonOptions{Floor: c.floor(), Combine: c.Combine.value}))
}

func (c *poisson) suits(column string, y float64) error { return c.counting.suits(column, y) }

type negativeBinomial struct {
	lossKeys
	Overdispersion number `yaml:"overdispersion,omitempty" is:"positive"`
	Parameter      text   `yaml:"parameter,omitempty"`
	counting
	combining
}

func (c *negativeBinomial) loss(on comparison) (loss.Loss, error) {
	return c.explain(loss.NewNegativeBinomial(on.data, loss.NegativeBinomialOptions{
		Overdispersion: c.Overdispersion.value, Parameter: c.Parameter.value, Floor: c.floor(), Combine: c.Combine.value,
	}))
}

func (c *negativeBinomial) suits(column string, y float64) error { return c.counting.suits(column, y) }

type normal struct {
	lossKeys
	SD        number `yaml:"sd,omitempty" is:"positive"`
	Parameter text   `yaml:"parameter,omitempty"`
	combining
}

func (c *normal) loss(on comparison) (loss.Loss, error) {
	return c.explain(loss.NewNormal(on.data, loss.NormalOptions{SD: c.SD.value, Parameter: c.Parameter.value, Combine: c.Combine.value}))
}

type mmd struct {
	lossKeys
	Bandwidth     bandwidth `yaml:"bandwidth,omitempty" is:"positive"`
	BandwidthRuns whole     `yaml:"bandwidth_runs,omitempty" is:"positive"`
	Published     flag      `yaml:"published,omitempty"`
}

func (c *mmd) loss(on comparison) (loss.Loss, error) {
	o := loss.MMDOptions{Bandwidth: c.Bandwidth.values(), Published: c.Published.value}
	if err := c.Bandwidth.perColumn("bandwidth", on.data.Columns); err != nil {
		return nil, err
	}
	switch {
	case c.predictive() == 0:
	case on.runs == nil: // any will do for a check
		o.Bandwidth = make([]float64, on.data.Columns)
		for k := range o.Bandwidth {
			o.Bandwidth[k] = 1
		}
	default:
		o.Bandwidth = loss.MedianBandwidth(on.runs, on.data)
	}
	return c.explain(loss.NewMMD(on.data, o))
}

func (c *mmd) predictive() int {
	if len(c.Bandwidth.numbers) > 0 || c.Published.value {
		return 0
	}
	if !c.BandwidthRuns.given {
		return 100
	}
	return c.BandwidthRuns.int()
}

// bandwidth is the word prior-predictive or one number a column.
type bandwidth struct {
	numbers
	word text
}

const priorPredictive = "prior-predictive"

func (b *bandwidth) readNode(s *source, n ast.Node, key string) error {
	if word, ok := scalar(n); ok && word == priorPredictive {
		return b.word.readNode(s, n, key)
	}
	return b.numbers.readNode(s, n, key)
}

func (b bandwidth) plain() any {
	if !b.word.absent() {
		return b.word.plain()
	}
	return b.numbers.plain()
}

type energyScore struct {
	lossKeys
	scaled
	Biased flag `yaml:"biased,omitempty"`
}

func (c *energyScore) loss(on comparison) (loss.Loss, error) {
	scale, err := c.scale(on.data)
	if err != nil {
		return nil, err
	}
	return c.explain(loss.NewEnergyScore(on.data, loss.EnergyScoreOptions{Scale: scale, Biased: c.Biased.value}))
}

type crps struct {
	lossKeys
	scaled
	Biased flag `yaml:"biased,omitempty"`
}

func (c *crps) loss(on comparison) (loss.Loss, error) {
	scale, err := c.scale(on.data)
	if err != nil {
		return nil, err
	}
	return c.explain(loss.NewCRPS(on.data, loss.CRPSOptions{Scale: scale, Biased: c.Biased.value}))
}

type pinball struct {
	lossKeys
	Levels numbers `yaml:"levels,omitempty" is:"inside"`
	scaled
}

func (c *pinball) loss(on comparison) (loss.Loss, error) {
	scale, err := c.scale(on.data)
	if err != nil {
		return nil, err
	}
	return c.explain(loss.NewPinball(on.data, loss.PinballOptions{Levels: c.Levels.values(), Scale: scale}))
}

type signature struct {
	lossKeys
	scaled
	Lift     choice[loss.Lift, *loss.Lift] `yaml:"lift,omitempty"`
	Timeless flag                          `yaml:"timeless,omitempty"`
	Cuts     whole                         `yaml:"cuts,omitempty" is:"positive"`
	Raw      flag                          `yaml:"raw,omitempty"`
}

func (c *signature) loss(on comparison) (loss.Loss, error) {
	scale, err := c.scale(on.data)
	if err != nil {
		return nil, err
	}
	return c.explain(loss.NewSignature(on.data, loss.SignatureOptions{
		Scale: scale, Lift: c.Lift.value, Timeless: c.Timeless.value, Cuts: c.Cuts.int(), Raw: c.Raw.value,
	}))
}
