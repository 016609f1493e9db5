package study

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/nudge-abm/nudge/abm"
)

// Reading is strict. A section of the file is a struct whose yaml tags are its
// keys: any other key is a mistake, and so is the lack of a key that is not
// tagged omitempty. A tag `is` holds the rule that a key's numbers must keep.
// What a struct is made of remembers its place in the file, so that a mistake
// in its meaning is reported there too.

// leaf is a value that reads itself from a node.
type leaf interface {
	readNode(s *source, n ast.Node, key string) error
	// plain returns the value as it is written back, nil if it was not given.
	plain() any
}

// parse returns the mapping that a YAML file consists of.
func parse(s *source, text []byte) (*ast.MappingNode, error) {
	file, err := parser.ParseBytes(text, 0, parser.AllowDuplicateMapKey()) // mapping looks for them
	if err != nil {
		return nil, s.syntax(err)
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return nil, place{in: s}.mistakef("the file must hold one study, it holds %s", documents(file))
	}
	return s.mapping(file.Docs[0].Body, "study")
}

func documents(file *ast.File) string {
	if len(file.Docs) > 1 {
		return fmt.Sprintf("%d YAML documents", len(file.Docs))
	}
	return "nothing"
}

// syntax turns an error of the parser into a Mistake.
func (s *source) syntax(err error) error {
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil {
		return place{in: s}.mistakef("%v", err)
	}
	return s.at(at.GetToken()).mistakef("this is not YAML: %s", at.GetMessage())
}

// at returns the place of a token.
func (s *source) at(t *token.Token) place {
	return place{s, t.Position.Line, t.Position.Column}
}

// place returns the place where a node begins.
func (s *source) place(n ast.Node) place {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		return s.place(m.Values[0].Key)
	}
	return s.at(n.GetToken())
}

// mapping returns the node as a mapping of different keys.
func (s *source) mapping(n ast.Node, what string) (*ast.MappingNode, error) {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		return nil, s.place(n).mistakef("%s must be keys with values, not %s", what, describe(n))
	}
	lines := map[string]int{}
	for _, x := range m.Values {
		at, key := s.place(x.Key), x.Key.String()
		if line, ok := lines[key]; ok {
			return nil, at.mistakef("the key %q is given twice, first on line %d", key, line)
		}
		lines[key] = at.line
	}
	return m, nil
}

// read fills v, which the key names, from a node.
func (s *source) read(n ast.Node, key string, v reflect.Value) error {
	if l, ok := v.Addr().Interface().(leaf); ok {
		return l.readNode(s, n, key)
	}
	if v.Kind() == reflect.Slice {
		return s.readList(n, key, v)
	}
	return s.readSection(n, key, v)
}

// readList fills a slice.
func (s *source) readList(n ast.Node, key string, v reflect.Value) error {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		return s.place(n).mistakef("%s must be a list, not %s", key, describe(n))
	}
	if len(list.Values) == 0 {
		return s.place(n).mistakef("%s must not be empty", key)
	}
	v.Set(reflect.MakeSlice(v.Type(), len(list.Values), len(list.Values)))
	for i, x := range list.Values {
		if err := s.read(x, strings.TrimSuffix(key, "s"), v.Index(i)); err != nil {
			return err
		}
	}
	return nil
}

// readSection fills a struct.
func (s *source) readSection(n ast.Node, what string, v reflect.Value) error {
	return s.readFields(n, what, fieldsOf(v))
}

// readFields fills the fields of a struct.
func (s *source) readFields(n ast.Node, what string, fields []*field) error {
	m, err := s.mapping(n, what)
	if err != nil {
		return err
	}
	for _, x := range m.Values {
		at, key := s.place(x.Key), x.Key.String()
		f := find(fields, key)
		if f == nil {
			return at.mistakef("%v", abm.Unknown(what+" key", key, keys(fields)))
		}
		if err := s.readField(x.Value, f); err != nil {
			return err
		}
	}
	for _, f := range fields {
		if f.required && !f.read {
			return s.place(n).mistakef("the key %q is missing from this %s, which needs %s", f.key, what, strings.Join(required(fields), ", "))
		}
	}
	return nil
}

func (s *source) readField(n ast.Node, f *field) error {
	f.read = true
	if err := s.read(n, f.key, f.value); err != nil {
		return err
	}
	if f.rule == "" {
		return nil
	}
	return f.value.Addr().Interface().(ruled).keep(f.key, rules[f.rule])
}

// describe says what a node is, for a message.
func describe(n ast.Node) string {
	switch n := n.(type) {
	case *ast.MappingNode:
		return "keys with values"
	case *ast.SequenceNode:
		return "a list"
	case *ast.NullNode:
		return "nothing"
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode:
		return "an anchor, alias or tag: write the value out"
	case *ast.StringNode:
		return fmt.Sprintf("%q", n.Value)
	}
	return fmt.Sprintf("%q", n.GetToken().Value)
}

// scalar returns the text of a node that is one value, as it was written.
func scalar(n ast.Node) (text string, ok bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return strings.TrimSpace(n.Value.Value), true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	}
	return "", false
}
