package study

import (
	"math"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/nudge-abm/nudge/abm"
)

// number is a real number of a study, read as it was written: decimal, or a
// fraction of two whole numbers.
type number struct {
	place
	text  string
	value float64
}

func (x *number) readNode(s *source, n ast.Node, key string) error {
	at := s.place(n)
	written, ok := scalar(n)
	if !ok {
		return at.mistakef("%s must be a number, not %s", key, describe(n))
	}
	v, err := abm.ParseNumber(written)
	if err != nil {
		return at.mistakef("%s %v", key, err)
	}
	if math.IsInf(v, 0) {
		return at.mistakef("%s must be finite, is %q", key, written)
	}
	*x = number{at, written, v}
	return nil
}

// or returns the value, or what it is if not given.
func (x number) or(def float64) float64 {
	if x.absent() {
		return def
	}
	return x.value
}

// orElse sets the number if it was not given.
func (x *number) orElse(value float64) {
	if x.absent() {
		x.text, x.value = format(value), value
	}
}

func (x number) absent() bool { return x.text == "" }

// plain writes the number so that it reads the same everywhere.
func (x number) plain() any {
	switch {
	case x.absent():
		return nil
	case strings.Contains(x.text, "/"):
		return raw(x.text)
	}
	return raw(format(x.value))
}

// format writes a number in its shortest exact form.
func format(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

func (x *number) keep(key string, r rule) error {
	if r.allows(x.value) {
		return nil
	}
	return x.mistakef("%s must be %s, is %s", key, r.text, x.text)
}

// numbers is a number or a list of numbers.
type numbers []number

func (x *numbers) readNode(s *source, n ast.Node, key string) error {
	nodes := []ast.Node{n}
	if list, ok := n.(*ast.SequenceNode); ok {
		nodes = list.Values
	}
	if len(nodes) == 0 {
		return s.place(n).mistakef("%s must not be empty", key)
	}
	*x = make(numbers, len(nodes))
	for i, one := range nodes {
		if err := (*x)[i].readNode(s, one, key); err != nil {
			return err
		}
	}
	return nil
}

func (x *numbers) keep(key string, r rule) error {
	for _, one := range *x {
		if err := one.keep(key, r); err != nil {
			return err
		}
	}
	return nil
}

func (x numbers) plain() any { return plainList(x) }

// values returns the numbers, nil if none was given.
func (x numbers) values() []float64 {
	var values []float64
	for _, one := range x {
		values = append(values, one.value)
	}
	return values
}

// perColumn returns an error unless there are as many numbers as columns, or
// none.
func (x numbers) perColumn(key string, columns int) error {
	if len(x) == 0 || len(x) == columns {
		return nil
	}
	return x[0].mistakef("%s must hold one number a column: there are %d columns and %d numbers", key, columns, len(x))
}
