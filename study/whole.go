package study

import (
	"math"
	"strconv"

	"github.com/goccy/go-yaml/ast"
)

// whole is a whole number of a study, zero or more.
type whole struct {
	place
	given bool
	value uint64
}

func (x *whole) readNode(s *source, n ast.Node, key string) error {
	at := s.place(n)
	written, ok := scalar(n)
	if !ok {
		return at.mistakef("%s must be a whole number, not %s", key, describe(n))
	}
	v, err := strconv.ParseUint(written, 10, 64)
	if err != nil {
		return at.mistakef("%s must be a whole number, zero or more, not %q", key, written)
	}
	*x = whole{at, true, v}
	return nil
}

// int returns the value as a count, 0 if not given.
func (x whole) int() int { return int(min(x.value, math.MaxInt)) }

// orElse sets the number if it was not given.
func (x *whole) orElse(value uint64) {
	if !x.given {
		x.given, x.value = true, value
	}
}

func (x whole) plain() any {
	if !x.given {
		return nil
	}
	return x.value
}

func (x *whole) keep(key string, r rule) error {
	if r.allows(float64(x.value)) {
		return nil
	}
	return x.mistakef("%s must be %s, is %d", key, r.text, x.value)
}
