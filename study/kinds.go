package study

import (
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/nudge-abm/nudge/abm"
)

// kinds are the forms that a section takes, told apart by the word under one of
// its keys. T is an interface; each kind is a pointer to a struct with the keys
// of that kind.
type kinds[T any] struct {
	what string // what they are kinds of
	key  string // the key that tells them apart
	all  []kind[T]
}

type kind[T any] struct {
	name string
	make func() T
}

// names returns the words that choose a kind.
func (k kinds[T]) names() []string {
	names := make([]string, len(k.all))
	for i, x := range k.all {
		names[i] = x.name
	}
	return names
}

// read fills dst with the kind that the section chooses, which lacks some of its
// keys if it is said.
func (k kinds[T]) read(s *source, n ast.Node, dst *T, lacks ...string) error {
	m, err := s.mapping(n, k.what)
	if err != nil {
		return err
	}
	for _, x := range m.Values {
		if x.Key.String() != k.key {
			continue
		}
		var name text
		if err := name.readNode(s, x.Value, k.key); err != nil {
			return err
		}
		for _, kind := range k.all {
			if kind.name == name.value {
				*dst = kind.make()
				fields := slices.DeleteFunc(fieldsOf(reflect.ValueOf(*dst).Elem()), func(f *field) bool { return slices.Contains(lacks, f.key) })
				return s.readFields(n, kind.name+" "+k.what, fields)
			}
		}
		return name.mistakef("%v", abm.Unknown(k.what, name.value, k.names()))
	}
	return s.place(n).mistakef("the key %q is missing from this %s; it is one of %s", k.key, k.what, strings.Join(k.names(), ", "))
}
