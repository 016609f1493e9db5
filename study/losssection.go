package study

import (
	"fmt"
	"math"
	"reflect"

	"github.com/goccy/go-yaml/ast"

	"github.com/nudge-abm/nudge/calibrate/loss"
)

// lossSection is the section loss: how runs are compared with the data.
type lossSection struct{ lossKind }

type lossKind interface {
	// shared returns the keys that all losses have.
	shared() *lossKeys
	// loss returns the loss for the data, or a Mistake. runs are the
	// prior-predictive runs it asked for; nil checks the section without.
	loss(d loss.Data, runs [][]float64) (loss.Loss, error)
	// predictive is the number of prior-predictive runs it needs.
	predictive() int
	// suits returns an error if a value cannot be compared with runs.
	suits(y float64) error
}

var losses = kinds[lossKind]{"loss", "kind", []kind[lossKind]{
	{"squared-error", func() lossKind { return new(squaredError) }},
	{"poisson", func() lossKind { return new(poisson) }},
	{"negative-binomial", func() lossKind { return new(negativeBinomial) }},
	{"normal", func() lossKind { return new(normal) }},
	{"mmd", func() lossKind { return new(mmd) }},
	{"energy-score", func() lossKind { return new(energyScore) }},
	{"crps", func() lossKind { return new(crps) }},
	{"pinball", func() lossKind { return new(pinball) }},
}}

func (c *lossSection) readNode(s *source, n ast.Node, _ string) error {
	return losses.read(s, n, &c.lossKind)
}

func (c lossSection) plain() any { return plain(reflect.ValueOf(c.lossKind).Elem()) }

// lossKeys are the keys that all losses have.
type lossKeys struct {
	Kind         text   `yaml:"kind"`
	Weight       number `yaml:"weight" is:"positive"`
	Replicates   whole  `yaml:"replicates,omitempty" is:"positive"`
	GradientRuns whole  `yaml:"gradient_runs,omitempty" is:"positive"`
}

func (c *lossKeys) shared() *lossKeys { return c }
func (*lossKeys) predictive() int     { return 0 }
func (*lossKeys) suits(float64) error { return nil }

// likelihood reports whether the loss is a negative log-likelihood of weight 1,
// so that the exact posterior is the Bayesian one.
func (c *lossKeys) likelihood() bool {
	switch c.Kind.value {
	case "poisson", "negative-binomial", "normal":
		return c.Weight.value == 1
	}
	return false
}

// check returns an error unless no more runs are differentiated than made.
func (c *lossKeys) check() error {
	if c.GradientRuns.value > c.Replicates.value {
		return c.GradientRuns.mistakef("gradient_runs must not be more than the replicates, which are %d, is %d",
			c.Replicates.value, c.GradientRuns.value)
	}
	return nil
}

// explain turns an error of a loss's constructor into a Mistake.
func (c *lossKeys) explain(l loss.Loss, err error) (loss.Loss, error) {
	if err != nil {
		return nil, c.Kind.mistakef("%v", err)
	}
	return l, nil
}

// combining is the key that losses of single runs have.
type combining struct {
	Combine choice[loss.Combine, *loss.Combine] `yaml:"combine,omitempty"`
}

// counting are the keys that likelihoods of counts have.
type counting struct {
	Floor number `yaml:"floor,omitempty" is:"zero+"`
}

// floor returns the option: a floor of zero is none.
func (c counting) floor() float64 {
	if !c.Floor.absent() && c.Floor.value == 0 {
		return loss.NoFloor
	}
	return c.Floor.value
}

func (counting) suits(y float64) error {
	switch {
	case y < 0:
		return fmt.Errorf("a count cannot be negative, is %g", y)
	case y != math.Trunc(y):
		return fmt.Errorf("a count must be a whole number, is %g", y)
	}
	return nil
}

// scaled is the key that distances have.
type scaled struct {
	Scale numbers `yaml:"scale,omitempty" is:"positive"`
}

func (s scaled) scale(d loss.Data) ([]float64, error) {
	return s.Scale.values(), s.Scale.perColumn("scale", d.Columns)
}
