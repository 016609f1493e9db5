package study

import (
	"fmt"
	"slices"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate/loss"
)

type binomial struct {
	lossKeys
	Trials texts `yaml:"trials"`
	counting
	combining
}

func (c *binomial) loss(on comparison) (loss.Loss, error) {
	trials, err := c.trials(on)
	if err != nil {
		return nil, err
	}
	return c.explain(loss.NewBinomial(on.data, loss.BinomialOptions{Trials: trials, Floor: c.floor(), Combine: c.Combine.value}))
}

func (c *binomial) suits(column string, y float64) error { return c.counting.suits(column, y) }

func (c *binomial) reads(column string) bool { return slices.Contains(c.Trials.values(), column) }

// trials returns the number of trials of every cell.
func (c *binomial) trials(on comparison) ([]float64, error) {
	if len(c.Trials) != on.data.Columns {
		return nil, c.Trials[0].mistakef("trials must hold one entry a column: there are %d columns and %d entries", on.data.Columns, len(c.Trials))
	}
	trials := make([]float64, len(on.data.Values))
	for k, x := range c.Trials {
		for row := range on.data.Rows {
			n, err := on.number(x, row)
			if err != nil {
				return nil, err
			}
			trials[row*on.data.Columns+k] = n
		}
	}
	return trials, nil
}

// number returns what a word of the loss stands for in a row of the data: a
// number, a setting of the model, or a column of the file.
func (on comparison) number(x text, row int) (float64, error) {
	if v, err := abm.ParseNumber(x.value); err == nil {
		return v, nil
	}
	if on.setup.Model.Setting(x.value) >= 0 {
		v, err := abm.ParseNumber(on.setup.Text(x.value))
		if err != nil {
			return 0, x.mistakef("the setting %s is no number but %q", x.value, on.setup.Text(x.value))
		}
		return v, nil
	}
	for i, h := range on.table.header {
		if h.text == x.value {
			return on.table.rows[row][i].number(x.value)
		}
	}
	return 0, x.mistakef("%q is neither a number, nor a setting of the model, nor a column of %s", x.value, on.table.in.name)
}

type logNormal struct {
	lossKeys
	SD        number `yaml:"sd,omitempty" is:"positive"`
	Parameter text   `yaml:"parameter,omitempty"`
	Floor     number `yaml:"floor,omitempty" is:"zero+"`
	combining
}

func (c *logNormal) loss(on comparison) (loss.Loss, error) {
	return c.explain(loss.NewLogNormal(on.data, loss.LogNormalOptions{
		SD: c.SD.value, Parameter: c.Parameter.value, Floor: c.Floor.value, Combine: c.Combine.value,
	}))
}

type syntheticLikelihood struct {
	lossKeys
	Summaries texts   `yaml:"summaries,omitempty"`
	Shrinkage number  `yaml:"shrinkage,omitempty" is:"fraction"`
	SD        numbers `yaml:"sd,omitempty" is:"positive"`
	Unbiased  flag    `yaml:"unbiased,omitempty"`
}

func (c *syntheticLikelihood) loss(on comparison) (loss.Loss, error) {
	o := loss.SyntheticLikelihoodOptions{Shrinkage: c.Shrinkage.value, SD: c.SD.values(), Unbiased: c.Unbiased.value}
	for _, x := range c.Summaries {
		var one loss.Summary
		if err := one.UnmarshalText([]byte(x.value)); err != nil {
			return nil, x.mistakef("%v", err)
		}
		o.Summaries = append(o.Summaries, one)
	}
	if err := c.SD.perColumn("sd", on.data.Columns); err != nil {
		return nil, err
	}
	return c.explain(loss.NewSyntheticLikelihood(on.data, o))
}

func (c *syntheticLikelihood) fewer() string {
	return ", shrink the covariance (shrinkage: 1 takes what is compared as independent), or compare fewer summaries"
}

func (c *logNormal) suits(_ string, y float64) error {
	if y > 0 {
		return nil
	}
	return fmt.Errorf("a log-normal value must be positive, is %g", y)
}
