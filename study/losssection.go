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
	// loss returns the loss, or a Mistake.
	loss(on comparison) (loss.Loss, error)
	// predictive is the number of prior-predictive runs it needs.
	predictive() int
	// suits returns an error if a value of a column cannot be compared with runs.
	suits(column string, y float64) error
	// reads reports whether it makes use of a column of the file that is not
	// data.
	reads(column string) bool
	// fewer says what there is to do but raise the replicates where they are too
	// few.
	fewer() string
}

// losses are the kinds of loss; terms are those that can be part of a sum.
var losses = kinds[lossKind]{"loss", "kind", append(terms.all[:len(terms.all):len(terms.all)],
	kind[lossKind]{"sum", func() lossKind { return new(sum) }})}

var terms = kinds[lossKind]{"loss", "kind", []kind[lossKind]{
	{"squared-error", func() lossKind { return new(squaredError) }},
	{"poisson", func() lossKind { return new(poisson) }},
	{"negative-binomial", func() lossKind { return new(negativeBinomial) }},
	{"binomial", func() lossKind { return new(binomial) }},
	{"normal", func() lossKind { return new(normal) }},
	{"log-normal", func() lossKind { return new(logNormal) }},
	{"synthetic-likelihood", func() lossKind { return new(syntheticLikelihood) }},
	{"mmd", func() lossKind { return new(mmd) }},
	{"energy-score", func() lossKind { return new(energyScore) }},
	{"crps", func() lossKind { return new(crps) }},
	{"pinball", func() lossKind { return new(pinball) }},
	{"signature", func() lossKind { return new(signature) }},
	{"own", func() lossKind { return new(own) }},
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

func (c *lossKeys) shared() *lossKeys         { return c }
func (*lossKeys) predictive() int             { return 0 }
func (*lossKeys) suits(string, float64) error { return nil }
func (*lossKeys) reads(string) bool           { return false }
func (*lossKeys) fewer() string               { return "" }

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

func (counting) suits(_ string, y float64) error {
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
