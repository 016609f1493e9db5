package study

import (
	"reflect"

	"github.com/goccy/go-yaml/ast"

	"github.com/nudge-abm/nudge/calibrate/flow"
)

// family is the section flow: the variational family.
type family struct{ familyKind }

type familyKind interface {
	// kind returns the word that chose it.
	kind() text
	options() flow.Options
}

var families = kinds[familyKind]{"flow", "kind", []kind[familyKind]{
	{string(flow.Affine), func() familyKind { return new(affineFamily) }},
	{string(flow.Spline), func() familyKind { return new(splineFamily) }},
	{string(flow.MeanField), func() familyKind { return new(gaussianFamily) }},
	{string(flow.FullRank), func() familyKind { return new(gaussianFamily) }},
}}

func (f *family) readNode(s *source, n ast.Node, _ string) error {
	return families.read(s, n, &f.familyKind)
}

func (f family) plain() any {
	if f.familyKind == nil {
		return nil
	}
	return plain(reflect.ValueOf(f.familyKind).Elem())
}

// gaussianFamily are the keys of the Gaussian families, and of all.
type gaussianFamily struct {
	Kind text `yaml:"kind"`
}

func (g *gaussianFamily) kind() text { return g.Kind }

func (g *gaussianFamily) options() flow.Options { return flow.Options{Kind: flow.Kind(g.Kind.value)} }

// affineFamily are the keys of the affine flow.
type affineFamily struct {
	gaussianFamily
	Layers whole `yaml:"layers,omitempty" is:"positive"`
	Hidden whole `yaml:"hidden,omitempty" is:"positive"`
	Blocks whole `yaml:"blocks,omitempty" is:"positive"`
}

func (a *affineFamily) options() flow.Options {
	o := a.gaussianFamily.options()
	o.Layers, o.Hidden, o.Blocks = a.Layers.int(), a.Hidden.int(), a.Blocks.int()
	return o
}

// splineFamily are the keys of the spline flow.
type splineFamily struct {
	affineFamily
	Bins  whole  `yaml:"bins,omitempty" is:"positive"`
	Bound number `yaml:"bound,omitempty" is:"positive"`
}

func (s *splineFamily) options() flow.Options {
	o := s.affineFamily.options()
	o.Bins, o.Bound = s.Bins.int(), s.Bound.value
	return o
}
