package study

import (
	"reflect"

	"github.com/goccy/go-yaml"
)

// raw is YAML that is written as it stands.
type raw string

// MarshalYAML implements [yaml.BytesMarshaler].
func (r raw) MarshalYAML() ([]byte, error) { return []byte(r), nil }

// plain returns what was read into v as the YAML library writes it, nil if
// nothing was given. It is the inverse of [source.read].
func plain(v reflect.Value) any {
	if l, ok := v.Addr().Interface().(leaf); ok {
		return l.plain()
	}
	if v.Kind() == reflect.Slice {
		if v.Len() == 0 {
			return nil
		}
		list := make([]any, v.Len())
		for i := range list {
			list[i] = plain(v.Index(i))
		}
		return list
	}
	m := yaml.MapSlice{}
	for _, f := range fieldsOf(v) {
		if value := plain(f.value); value != nil {
			m = append(m, yaml.MapItem{Key: f.key, Value: value})
		}
	}
	if len(m) == 0 {
		return nil
	}
	return m
}

// plainList is the plain form of a list of leaves, nil if it is empty and a
// single value if there is but one.
func plainList[T any, P interface {
	*T
	leaf
}](list []T) any {
	switch len(list) {
	case 0:
		return nil
	case 1:
		return P(&list[0]).plain()
	}
	values := make([]any, len(list))
	for i := range list {
		values[i] = P(&list[i]).plain()
	}
	return values
}
