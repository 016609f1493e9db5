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

func (c *squaredError) loss(d loss.Data, _ [][]float64) (loss.Loss, error) {
	scale, err := c.scale(d)
	if err != nil {
		return nil, err
	}
	return c.explain(loss.NewSquaredError(d, loss.SquaredErrorOptions{
		Form: c.Form.value, Scale: scale, Combine: c.Combine.value,
	}))
}

type poisson struct {
	lossKeys
	counting
	combining
}

func (c *poisson) loss(d loss.Data, _ [][]float64) (loss.Loss, error) {
	return c.explain(loss.NewPoisson(d, loss.PoissonOptions{Floor: c.floor(), Combine: c.Combine.value}))
}

func (c *poisson) suits(y float64) error { return c.counting.suits(y) }

type negativeBinomial struct {
	lossKeys
	Overdispersion number `yaml:"overdispersion,omitempty" is:"positive"`
	Parameter      text   `yaml:"parameter,omitempty"`
	counting
	combining
}

func (c *negativeBinomial) loss(d loss.Data, _ [][]float64) (loss.Loss, error) {
	return c.explain(loss.NewNegativeBinomial(d, loss.NegativeBinomialOptions{
		Overdispersion: c.Overdispersion.value, Parameter: c.Parameter.value, Floor: c.floor(), Combine: c.Combine.value,
	}))
}

func (c *negativeBinomial) suits(y float64) error { return c.counting.suits(y) }

type normal struct {
	lossKeys
	SD        number `yaml:"sd,omitempty" is:"positive"`
	Parameter text   `yaml:"parameter,omitempty"`
	combining
}

func (c *normal) loss(d loss.Data, _ [][]float64) (loss.Loss, error) {
	return c.explain(loss.NewNormal(d, loss.NormalOptions{SD: c.SD.value, Parameter: c.Parameter.value, Combine: c.Combine.value}))
}

type mmd struct {
	lossKeys
	Bandwidth     bandwidth `yaml:"bandwidth,omitempty" is:"positive"`
	BandwidthRuns whole     `yaml:"bandwidth_runs,omitempty" is:"positive"`
	Published     flag      `yaml:"published,omitempty"`
}

func (c *mmd) loss(d loss.Data, runs [][]float64) (loss.Loss, error) {
	o := loss.MMDOptions{Bandwidth: c.Bandwidth.values(), Published: c.Published.value}
	if err := c.Bandwidth.perColumn("bandwidth", d.Columns); err != nil {
		return nil, err
	}
	switch {
	case c.predictive() == 0:
	case runs == nil: // any will do for a check
		o.Bandwidth = make([]float64, d.Columns)
		for k := range o.Bandwidth {
			o.Bandwidth[k] = 1
		}
	default:
		o.Bandwidth = loss.MedianBandwidth(runs, d)
	}
	return c.explain(loss.NewMMD(d, o))
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

func (c *energyScore) loss(d loss.Data, _ [][]float64) (loss.Loss, error) {
	scale, err := c.scale(d)
	if err != nil {
		return nil, err
	}
	return c.explain(loss.NewEnergyScore(d, loss.EnergyScoreOptions{Scale: scale, Biased: c.Biased.value}))
}

type crps struct {
	lossKeys
	scaled
	Biased flag `yaml:"biased,omitempty"`
}

func (c *crps) loss(d loss.Data, _ [][]float64) (loss.Loss, error) {
	scale, err := c.scale(d)
	if err != nil {
		return nil, err
	}
	return c.explain(loss.NewCRPS(d, loss.CRPSOptions{Scale: scale, Biased: c.Biased.value}))
}

type pinball struct {
	lossKeys
	Levels numbers `yaml:"levels,omitempty" is:"inside"`
	scaled
}

func (c *pinball) loss(d loss.Data, _ [][]float64) (loss.Loss, error) {
	scale, err := c.scale(d)
	if err != nil {
		return nil, err
	}
	return c.explain(loss.NewPinball(d, loss.PinballOptions{Levels: c.Levels.values(), Scale: scale}))
}
