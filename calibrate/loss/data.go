package loss

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// Data is what was observed: Rows times by Columns observables, row by row,
// NaN where nothing was observed. Names are the columns' names for messages
// and may be nil. Losses keep the slices and do not copy them.
type Data struct {
	Values        []float64
	Rows, Columns int
	Names         []string
}

// Select returns the data of some columns, in the order given. It panics if a
// column does not exist.
func (d Data) Select(columns ...int) Data {
	s := Data{Rows: d.Rows, Columns: len(columns), Values: gather(d.Values, d.Columns, columns)}
	for _, c := range columns {
		s.Names = append(s.Names, d.name(c))
	}
	return s
}

// name returns the name of column c.
func (d Data) name(c int) string {
	if c < len(d.Names) {
		return d.Names[c]
	}
	return fmt.Sprintf("column %d", c+1)
}

// where names a cell for a message; rows count from 1.
func (d Data) where(cell int) string {
	return fmt.Sprintf("row %d of %s", cell/d.Columns+1, d.name(cell%d.Columns))
}

// check reports data of a wrong shape, with infinite values, or with a column
// that holds nothing.
func (d Data) check() error {
	if d.Rows < 1 || d.Columns < 1 || len(d.Values) != d.Rows*d.Columns {
		return fmt.Errorf("data of %d rows and %d columns cannot have %d values", d.Rows, d.Columns, len(d.Values))
	}
	if d.Names != nil && len(d.Names) != d.Columns {
		return fmt.Errorf("data of %d columns cannot have %d names", d.Columns, len(d.Names))
	}
	for i, y := range d.Values {
		if math.IsInf(y, 0) {
			return fmt.Errorf("%s is infinite", d.where(i))
		}
	}
	for c := range d.Columns {
		if len(d.column(c)) == 0 {
			return fmt.Errorf("%s has no observed value", d.name(c))
		}
	}
	return nil
}

// observed returns the indices of the cells that are not missing.
func (d Data) observed() []int {
	var cells []int
	for i, y := range d.Values {
		if !math.IsNaN(y) {
			cells = append(cells, i)
		}
	}
	return cells
}

// column returns the observed values of column c.
func (d Data) column(c int) []float64 {
	var values []float64
	for i := c; i < len(d.Values); i += d.Columns {
		if y := d.Values[i]; !math.IsNaN(y) {
			values = append(values, y)
		}
	}
	return values
}

// scales returns one positive number a column: those given or, if nil, the
// standard deviations of the observed values. It checks the data as well.
func (d Data) scales(given []float64) ([]float64, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	if given == nil {
		given = make([]float64, d.Columns)
		for c := range given {
			given[c] = stat.StdDev(d.column(c), nil)
			if !(given[c] > 0) {
				return nil, fmt.Errorf("%s does not vary, so its standard deviation cannot serve as scale: give one", d.name(c))
			}
		}
		return given, nil
	}
	return slices.Clone(given), d.checkPositive("scale", given)
}

// checkPositive reports settings that are not one positive number a column.
func (d Data) checkPositive(what string, values []float64) error {
	if len(values) != d.Columns {
		return fmt.Errorf("one %s a column is needed: columns %d, given %d", what, d.Columns, len(values))
	}
	for c, v := range values {
		if !(v > 0) || math.IsInf(v, 1) {
			return fmt.Errorf("%s of %s must be positive and finite, is %v", what, d.name(c), v)
		}
	}
	return nil
}

// gather returns some columns of a matrix of the given width.
func gather(matrix []float64, width int, columns []int) []float64 {
	part := make([]float64, 0, len(matrix)/width*len(columns))
	for row := range slices.Chunk(matrix, width) {
		for _, c := range columns {
			part = append(part, row[c])
		}
	}
	return part
}

// scatter adds factor times a part made by gather back to the matrix.
func scatter(matrix []float64, factor float64, part []float64, width int, columns []int) {
	for row := range slices.Chunk(matrix, width) {
		for k, c := range columns {
			row[c] += factor * part[k]
		}
		part = part[len(columns):]
	}
}
