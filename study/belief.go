package study

import (
	"math"
	"reflect"

	"github.com/goccy/go-yaml/ast"

	"github.com/nudge-abm/nudge/calibrate/prior"
)

// belief is one entry of calibrate: parameters with their prior.
type belief struct{ beliefKind }

type beliefKind interface {
	// names returns the parameters it is about.
	names() texts
	// each returns what each of them is believed in: a group, or nothing.
	each() text
	// call gives them other names.
	call(names texts)
	// block returns the prior, or a Mistake.
	block() (prior.Block, error)
}

var beliefs = kinds[beliefKind]{"prior", "prior", []kind[beliefKind]{
	{"normal", func() beliefKind { return new(normalBelief) }},
	{"truncated-normal", func() beliefKind { return new(truncatedNormalBelief) }},
	{"half-normal", func() beliefKind { return new(halfNormalBelief) }},
	{"log-normal", func() beliefKind { return new(logNormalBelief) }},
	{"logit-normal", func() beliefKind { return new(logitNormalBelief) }},
	{"uniform", func() beliefKind { return new(uniformBelief) }},
	{"log-uniform", func() beliefKind { return new(logUniformBelief) }},
	{"beta", func() beliefKind { return new(betaBelief) }},
	{"gamma", func() beliefKind { return new(gammaBelief) }},
	{"exponential", func() beliefKind { return new(exponentialBelief) }},
	{"integer", func() beliefKind { return new(integerBelief) }},
	{"choice", func() beliefKind { return new(choiceBelief) }},
	{"ordered-pair", func() beliefKind { return new(orderedPairBelief) }},
	{"dirichlet", func() beliefKind { return new(dirichletBelief) }},
}}

func (b *belief) readNode(s *source, n ast.Node, _ string) error {
	return beliefs.read(s, n, &b.beliefKind)
}

func (b belief) plain() any { return plain(reflect.ValueOf(b.beliefKind).Elem()) }

// about are the keys of a belief about one parameter.
type about struct {
	Name  text `yaml:"name"`
	By    text `yaml:"by,omitempty"`
	Prior text `yaml:"prior"`
}

func (a *about) names() texts     { return texts{a.Name} }
func (a *about) each() text       { return a.By }
func (a *about) call(names texts) { a.Name, a.By = names[0], text{} }

// with returns the prior of the parameter, given its density.
func (a *about) with(d prior.Density, err error) (prior.Block, error) {
	if err == nil {
		var b prior.Block
		if b, err = prior.NewCoordinate(a.Name.value, d); err == nil {
			return b, nil
		}
	}
	return nil, a.Prior.mistakef("%v", err)
}

// aboutSeveral are the keys of a belief about several parameters.
type aboutSeveral struct {
	Names texts `yaml:"names"`
	By    text  `yaml:"by,omitempty"`
	Prior text  `yaml:"prior"`
}

func (a *aboutSeveral) names() texts     { return a.Names }
func (a *aboutSeveral) each() text       { return a.By }
func (a *aboutSeveral) call(names texts) { a.Names, a.By = names, text{} }

// limits are the ends of an interval, either of which may be left out.
type limits struct {
	Low  number `yaml:"low,omitempty"`
	High number `yaml:"high,omitempty"`
}

func (l limits) bounds() (low, high float64, err error) {
	low, high = l.Low.or(math.Inf(-1)), l.High.or(math.Inf(1))
	if low < high {
		return low, high, nil
	}
	return 0, 0, l.High.mistakef("high must be above low, which is %s, is %s", l.Low.text, l.High.text)
}

// interval is an interval of which both ends are given.
type interval struct {
	Low  number `yaml:"low"`
	High number `yaml:"high"`
}

func (i interval) bounds() (low, high float64, err error) { return limits(i).bounds() }
