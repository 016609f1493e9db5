package study

import (
	"reflect"
	"slices"

	"github.com/nudge-abm/nudge/calibrate/loss"
)

// lossOf returns the loss for the data; runs are the prior-predictive runs that it
// asked for. Groups are independent of each other given the parameters, so their
// losses add up, each over the columns of its group.
func (s *Study) lossOf(d loss.Data, runs [][]float64) (loss.Loss, error) {
	if len(s.spec.Groups) == 0 {
		return s.spec.Loss.loss(d, runs)
	}
	var terms []loss.Term
	for g := range s.spec.Groups {
		columns := s.columnsOf(g)
		section, err := s.spec.Loss.of(columns, d.Columns)
		if err != nil {
			return nil, err
		}
		l, err := section.loss(d.Select(columns...), picked(runs, columns, d.Columns))
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

// picked returns the cells of some columns of each run, nil of nil.
func picked(runs [][]float64, columns []int, width int) [][]float64 {
	var parts [][]float64
	for _, run := range runs {
		var part []float64
		for row := range slices.Chunk(run, width) {
			for _, c := range columns {
				part = append(part, row[c])
			}
		}
		parts = append(parts, part)
	}
	return parts
}

// of returns the section for some of the columns: of its numbers, one a column,
// theirs.
func (c lossSection) of(columns []int, width int) (lossSection, error) {
	own := reflect.New(reflect.TypeOf(c.lossKind).Elem())
	own.Elem().Set(reflect.ValueOf(c.lossKind).Elem())
	for _, f := range fieldsOf(own.Elem()) {
		if f.key != "scale" && f.key != "bandwidth" {
			continue
		}
		all, is := f.value.Addr().Interface().(interface{ list() *numbers })
		if !is || len(*all.list()) == 0 {
			continue
		}
		if err := all.list().perColumn(f.key, width); err != nil {
			return c, err
		}
		var some numbers
		for _, k := range columns {
			some = append(some, (*all.list())[k])
		}
		*all.list() = some
	}
	return lossSection{own.Interface().(lossKind)}, nil
}

// list returns the numbers themselves.
func (x *numbers) list() *numbers { return x }
