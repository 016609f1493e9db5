package study

import (
	"reflect"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

// pooling is a belief whose mean and spread can be learned from groups.
type pooling interface {
	// levels returns mean and spread with their keys, and the map that makes
	// parameters of normal numbers.
	levels() (mean, spread keyed, b prior.Bijector)
}

type keyed struct {
	key string
	*level
}

func (b *normalBelief) levels() (mean, spread keyed, bijector prior.Bijector) {
	return keyed{"mean", &b.Mean}, keyed{"sd", &b.SD}, prior.Real{}
}

func (b *logNormalBelief) levels() (mean, spread keyed, bijector prior.Bijector) {
	return keyed{"log_mean", &b.LogMean}, keyed{"log_sd", &b.LogSD}, prior.Positive{}
}

func (b *logitNormalBelief) levels() (mean, spread keyed, bijector prior.Bijector) {
	return keyed{"logit_mean", &b.LogitMean}, keyed{"logit_sd", &b.LogitSD}, prior.Interval{Lo: 0, Hi: 1}
}

// piece is an independent part of the prior, with its names where they stand. The
// first hyper of them are hyperparameters.
type piece struct {
	prior.Block
	belief
	names texts
	hyper int
}

// pieces returns the parts of the prior that a belief amounts to: one or, by group,
// one a group, or all groups about a mean that is learned.
func (b belief) pieces(groups []string) ([]piece, error) {
	by := b.each()
	learned, err := b.learned()
	switch {
	case err != nil:
		return nil, err
	case by.absent() && learned.in != nil:
		return nil, learned.mistakef("only several groups can tell of it: add the key by with the value group, or write a number")
	case by.absent():
		block, err := b.block()
		return []piece{{Block: block, belief: b, names: b.names()}}, err
	case by.value != "group":
		return nil, by.oneOf("by", "group")
	case len(groups) == 0:
		return nil, by.mistakef("the study has no groups; they are listed under the key groups")
	case learned.in != nil:
		one, err := b.pool(groups)
		return []piece{one}, err
	}
	var all []piece
	for _, g := range groups {
		in := b.in(g)
		block, err := in.block()
		if err != nil {
			return nil, err
		}
		all = append(all, piece{Block: block, belief: in, names: in.names()})
	}
	return all, nil
}

// learned returns the place of what is learned from groups, if anything is; mean
// and spread are learned together.
func (b belief) learned() (place, error) {
	p, is := b.beliefKind.(pooling)
	if !is {
		return place{}, nil
	}
	mean, spread, _ := p.levels()
	switch {
	case mean.learned() == spread.learned():
	case mean.learned():
		return place{}, spread.mistakef("%s must have a prior, since %s has one: for example {prior: half-normal, sd: %s}", spread.key, mean.key, spread.text)
	default:
		return place{}, mean.mistakef("%s must have a prior, since %s has one: for example {prior: normal, mean: %s, sd: 1}", mean.key, spread.key, mean.text)
	}
	if mean.learned() {
		return mean.place, nil
	}
	return place{}, nil
}

// in returns the belief about the parameters of one group.
func (b belief) in(group string) belief {
	one := reflect.New(reflect.TypeOf(b.beliefKind).Elem())
	one.Elem().Set(reflect.ValueOf(b.beliefKind).Elem())
	x := belief{one.Interface().(beliefKind)}
	x.call(b.names().in(group))
	return x
}

// in returns the names in a group.
func (t texts) in(group string) texts {
	var names texts
	for _, x := range t {
		names = append(names, text{x.place, calibrate.InGroup(x.value, group)})
	}
	return names
}

// pool returns all groups about a mean that is learned with their spread.
func (b belief) pool(groups []string) (piece, error) {
	mean, spread, bijector := b.beliefKind.(pooling).levels()
	name := b.names()[0]
	p := piece{belief: b, hyper: 2}
	var coordinates [2]*prior.Coordinate
	for i, x := range []keyed{mean, spread} {
		hyper := text{x.place, name.value + "." + x.key}
		c, err := x.coordinate(hyper)
		if err != nil {
			return p, err
		}
		coordinates[i] = c
		p.names = append(p.names, hyper)
	}
	if low, high := coordinates[1].Marginal(0).Support(); low < 0 {
		return p, spread.mistakef("%s must be positive, but its prior goes from %g to %g", spread.key, low, high)
	}
	var members []string
	for _, g := range groups {
		members = append(members, calibrate.InGroup(name.value, g))
		p.names = append(p.names, text{name.place, members[len(members)-1]})
	}
	var err error
	if p.Block, err = prior.NewHierarchical(members, bijector, coordinates[0], coordinates[1]); err != nil {
		return p, name.mistakef("%v", err)
	}
	return p, nil
}

// coordinate returns the prior of a level under a name.
func (x keyed) coordinate(name text) (*prior.Coordinate, error) {
	nested := belief{x.prior.beliefKind}
	if at, err := nested.learned(); err != nil || at.in != nil {
		return nil, x.mistakef("the prior of %s must be in numbers", x.key)
	}
	named := nested.in("")
	named.call(texts{name})
	block, err := named.block()
	if err != nil {
		return nil, err
	}
	c, ok := block.(*prior.Coordinate)
	if !ok {
		return nil, x.mistakef("%s must have a prior with a density", x.key)
	}
	return c, nil
}
