package study

import (
	"slices"

	"github.com/goccy/go-yaml/ast"

	"github.com/nudge-abm/nudge/abm"
)

// changes is the section quick: sections with the keys that --quick changes.
type changes struct {
	place
	tree *ast.MappingNode
}

// changeable are the sections that --quick may change.
var changeable = []string{"settings", "loss", "estimator", "flow", "training", "mcmc", "abc", "posterior"}

func (c *changes) readNode(s *source, n ast.Node, key string) error {
	return c.readSections(s, n, key, changeable)
}

// readSections reads the section quick, which may change the allowed sections.
func (c *changes) readSections(s *source, n ast.Node, key string, allowed []string) error {
	m, err := s.mapping(n, key)
	if err != nil {
		return err
	}
	for _, x := range m.Values {
		if name := x.Key.String(); !slices.Contains(allowed, name) {
			return s.place(x.Key).mistakef("%v", abm.Unknown("quick key", name, allowed))
		}
		if _, err := s.mapping(x.Value, x.Key.String()); err != nil {
			return err
		}
	}
	*c = changes{s.place(n), m}
	return nil
}

// plain is nothing: a study is written with the changes made or left out.
func (changes) plain() any { return nil }

// over returns the tree with the values of another put in the place of its own,
// key by key down to the values of sections. Neither is modified; the values
// keep their places in the file.
func over(tree, top *ast.MappingNode) *ast.MappingNode {
	merged := *tree
	merged.Values = slices.Clone(tree.Values)
	for _, x := range top.Values {
		i := slices.IndexFunc(merged.Values, func(v *ast.MappingValueNode) bool { return v.Key.String() == x.Key.String() })
		if i < 0 {
			merged.Values = append(merged.Values, x)
			continue
		}
		own, ownIs := merged.Values[i].Value.(*ast.MappingNode)
		new, newIs := x.Value.(*ast.MappingNode)
		if ownIs && newIs {
			both := *x
			both.Value = over(own, new)
			x = &both
		}
		merged.Values[i] = x
	}
	return &merged
}
