package study

import (
	"slices"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// pairs are names with values, in the order of the file.
type pairs struct {
	place
	list []pair
}

type pair struct{ name, value text }

func (p *pairs) readNode(s *source, n ast.Node, key string) error {
	m, err := s.mapping(n, key)
	if err != nil {
		return err
	}
	*p = pairs{place: s.place(n)}
	for _, x := range m.Values {
		var one pair
		if err := one.name.readNode(s, x.Key, key); err != nil {
			return err
		}
		if err := one.value.readNode(s, x.Value, one.name.value); err != nil {
			return err
		}
		p.list = append(p.list, one)
	}
	return nil
}

func (p pairs) plain() any {
	if len(p.list) == 0 {
		return nil
	}
	m := yaml.MapSlice{}
	for _, x := range p.list {
		m = append(m, yaml.MapItem{Key: x.name.value, Value: x.value.plain()})
	}
	return m
}

// with returns the pairs with one more.
func (p pairs) with(x pair) pairs {
	p.list = append(slices.Clone(p.list), x)
	return p
}

// find returns the last value of a name and whether it has one.
func (p pairs) find(name string) (text, bool) {
	for _, x := range slices.Backward(p.list) {
		if x.name.value == name {
			return x.value, true
		}
	}
	return text{}, false
}
