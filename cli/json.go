package cli

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"reflect"
	"strings"
)

// writeJSON writes v as one JSON object. It is what [json.Marshal] makes of it,
// but numbers that JSON has no word for, NaN and the infinities, become null.
func writeJSON(w io.Writer, v any) error {
	encoded, err := json.Marshal(plain(reflect.ValueOf(v)))
	if err != nil {
		return err
	}
	_, err = w.Write(append(encoded, '\n'))
	return err
}

// plain returns v with numbers that are not finite replaced by nil. It knows
// structs, slices and maps, which is what results are made of.
func plain(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Float64:
		if x := v.Float(); math.IsNaN(x) || math.IsInf(x, 0) {
			return nil
		}
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil
		}
		return plain(v.Elem())
	case reflect.Slice:
		elements := make([]any, v.Len())
		for i := range elements {
			elements[i] = plain(v.Index(i))
		}
		return elements
	case reflect.Map:
		entries := map[string]any{}
		for _, key := range v.MapKeys() {
			entries[key.String()] = plain(v.MapIndex(key))
		}
		return entries
	case reflect.Struct:
		return fieldsOf(v)
	}
	return v.Interface()
}

// object is a JSON object whose fields keep their order.
type object []field

type field struct {
	name  string
	value any
}

// fieldsOf returns the exported fields of a struct under their JSON names.
func fieldsOf(v reflect.Value) object {
	var o object
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || name == "-" || options == "omitempty" && v.Field(i).IsZero() {
			continue
		}
		switch {
		case name == "" && f.Anonymous:
			o = append(o, embedded(v.Field(i))...)
			continue
		case name == "":
			name = f.Name
		}
		o = append(o, field{name, plain(v.Field(i))})
	}
	return o
}

// embedded returns the fields of an embedded struct or pointer to one, none if it is
// nil, which stand among those of the struct around it.
func embedded(v reflect.Value) object {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	return fieldsOf(v)
}

// MarshalJSON writes the fields in order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, f := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(f.name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(f.value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
