package study

import (
	"reflect"
	"slices"

	"github.com/nudge-abm/nudge/calibrate/loss"
)

// lossOf returns the loss for the data; runs are the prior-predictive runs that it
// asked for. Groups are independent of each other given the parameters, so their
// losses add up, each over the columns of its group.
func (s *Study) lossOf(c *Calibration, d loss.Data, runs [][]float64) (loss.Loss, error) {
	whole := s.comparison(c, d, runs)
	if len(c.Groups) == 0 {
		return s.spec.Loss.loss(whole)
	}
	if _, err := s.spec.Loss.loss(whole); err != nil { // as a whole it makes better messages
		return nil, err
	}
	var terms []loss.Term
	for g, group := range c.Groups {
		columns := s.columnsOf(g)
		on := whole.of(columns)
		on.setup = group.Setup
		l, err := narrowed(s.spec.Loss.lossKind, columns, d.Names).loss(on)
		if err != nil {
			return nil, err
		}
		terms = append(terms, loss.Term{Loss: l, Weight: 1, Columns: columns})
	}
	return loss.NewSum(d, terms...)
}

// columnsOf returns the columns that observe a group.
func (s *Study) columnsOf(g int) []int {
	var columns []int
	for k, x := range s.spec.Data.Columns {
		if x.Group.value == s.spec.Groups[g].Name.value {
			columns = append(columns, k)
		}
	}
	return columns
}

// narrowed returns a loss that was checked for all columns, which are named, for
// some of them.
func narrowed(l lossKind, columns []int, names []string) lossKind {
	own := reflect.New(reflect.TypeOf(l).Elem())
	own.Elem().Set(reflect.ValueOf(l).Elem())
	if all, is := own.Interface().(*sum); is {
		all.Terms = all.narrowed(columns, names)
		return all
	}
	for _, f := range fieldsOf(own.Elem()) {
		if !slices.Contains([]string{"scale", "bandwidth", "sd", "trials"}, f.key) {
			continue
		}
		switch x := f.value.Addr().Interface().(type) { // of those that hold one a column
		case *numbers:
			*x = chosen(*x, columns)
		case *bandwidth:
			x.numbers = chosen(x.numbers, columns)
		case *texts:
			*x = chosen(*x, columns)
		}
	}
	return own.Interface().(lossKind)
}

// narrowed returns the terms that are about some of the columns, for those alone.
func (c *sum) narrowed(columns []int, names []string) []term {
	var some []term
	for _, t := range c.Terms {
		all, _ := t.places(names) // checked before
		one := term{}
		var kept []int
		for i, k := range all {
			if slices.Contains(columns, k) {
				kept = append(kept, i)
				one.Columns = append(one.Columns, text{value: names[k]})
			}
		}
		if len(kept) == 0 {
			continue
		}
		one.lossKind = narrowed(t.lossKind, kept, names)
		some = append(some, one)
	}
	return some
}

// chosen returns some elements of a list, none of none.
func chosen[T any](list []T, places []int) []T {
	var some []T
	for _, k := range places {
		if k < len(list) {
			some = append(some, list[k])
		}
	}
	return some
}
