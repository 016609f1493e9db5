package study

import (
	"reflect"
	"strings"
)

// field is one key of a section.
type field struct {
	key      string
	rule     string // of the numbers under it, or ""
	required bool
	read     bool
	value    reflect.Value
}

// fieldsOf returns the keys of a section in order, those of embedded structs
// in their place.
func fieldsOf(v reflect.Value) []*field {
	var fields []*field
	for i := range v.NumField() {
		t := v.Type().Field(i)
		if t.Anonymous {
			fields = append(fields, fieldsOf(v.Field(i))...)
			continue
		}
		key, options, _ := strings.Cut(t.Tag.Get("yaml"), ",")
		fields = append(fields, &field{
			key: key, rule: t.Tag.Get("is"), required: options != "omitempty", value: v.Field(i),
		})
	}
	return fields
}

func find(fields []*field, key string) *field {
	for _, f := range fields {
		if f.key == key {
			return f
		}
	}
	return nil
}

func keys(fields []*field) []string {
	var names []string
	for _, f := range fields {
		names = append(names, f.key)
	}
	return names
}

func required(fields []*field) []string {
	var names []string
	for _, f := range fields {
		if f.required {
			names = append(names, f.key)
		}
	}
	return names
}
