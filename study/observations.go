package study

import (
	"math"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/loss"
)

// Observations are the data of a study.
type Observations struct {
	Time    string    // name of the times' column
	Times   []float64 // ascending
	Columns []Column
	Values  []float64 // times × columns, NaN where nothing was observed
}

// Column is a column of the data.
type Column struct {
	Name       string
	Observable string
	Group      string // that it observes, "" without groups
	Unit       string // of the observable
	Aggregate  calibrate.Aggregate
	Factor     float64
}

// Data returns the observations as losses take them.
func (o *Observations) Data() loss.Data {
	d := loss.Data{Values: o.Values, Rows: len(o.Times), Columns: len(o.Columns)}
	for _, c := range o.Columns {
		d.Names = append(d.Names, c.Name)
	}
	return d
}

// observe reads the data and maps them onto the run, whose length it sets
// unless the study does.
func (s *Study) observe(c *Calibration) error {
	d := &s.spec.Data
	if err := d.checkGaps(); err != nil {
		return err
	}
	c.Data.Time = d.Time.value
	clock, err := s.table.column(d.Time)
	if err != nil {
		return err
	}
	columns, err := s.columns(c)
	if err != nil {
		return err
	}
	if err := s.account(columns, clock); err != nil {
		return err
	}
	for _, row := range s.table.rows {
		if err := s.observeRow(c, row, clock, columns); err != nil {
			return err
		}
	}
	if err := s.observedAtAll(c); err != nil {
		return err
	}
	return s.locate(c, clock)
}

// columns reads what the columns observe and returns their indices in the file.
func (s *Study) columns(c *Calibration) ([]int, error) {
	var columns []int
	for _, x := range s.spec.Data.Columns {
		i, err := s.table.column(x.Column)
		if err != nil {
			return nil, err
		}
		o := c.Setup.Model.Observable(x.Observable.value)
		if o < 0 {
			return nil, x.Observable.mistakef("%v", abm.Unknown("observable", x.Observable.value, c.Setup.Model.ObservableNames()))
		}
		aggregate, err := x.aggregate()
		if err != nil {
			return nil, err
		}
		columns = append(columns, i)
		c.Data.Columns = append(c.Data.Columns, Column{
			Name: x.Column.value, Observable: x.Observable.value, Unit: c.Setup.Model.Observables[o].Unit,
			Aggregate: aggregate, Factor: x.Factor.value,
		})
		c.grid.Observables = append(c.grid.Observables, o)
		c.grid.Aggregates = append(c.grid.Aggregates, aggregate)
		c.grid.Factor = append(c.grid.Factor, x.Factor.value)
	}
	return columns, s.observeGroups(c)
}

func (x *column) aggregate() (calibrate.Aggregate, error) {
	var known []string
	for _, a := range calibrate.Aggregates() {
		known = append(known, string(a))
	}
	return calibrate.Aggregate(x.Aggregate.value), x.Aggregate.oneOf("aggregate", known...)
}

// account returns an error unless each column of the file has exactly one use.
func (s *Study) account(columns []int, clock int) error {
	d := &s.spec.Data
	used := map[int]bool{clock: true}
	for k, i := range columns {
		if used[i] {
			return d.Columns[k].Column.mistakef("column %q is used twice", d.Columns[k].Column.value)
		}
		used[i] = true
	}
	for _, name := range d.Ignore {
		i, err := s.table.column(name)
		if err != nil {
			return err
		}
		if used[i] {
			return name.mistakef("column %q is both used and ignored", name.value)
		}
		used[i] = true
	}
	for i, h := range s.table.header {
		if !used[i] && !s.spec.Loss.reads(h.text) {
			return h.mistakef("the study does not say what column %q is: give it an observable under data.columns, or list it under data.ignore", h.text)
		}
	}
	return nil
}

// observeRow reads the cells of a row.
func (s *Study) observeRow(c *Calibration, row []cell, clock int, columns []int) error {
	if err := s.tick(c, row[clock]); err != nil {
		return err
	}
	for k, i := range columns {
		name := s.spec.Data.Columns[k].Column.value
		v, err := row[i].number(name)
		if err != nil {
			return err
		}
		if !math.IsNaN(v) {
			if err := s.spec.Loss.suits(name, v); err != nil {
				return row[i].mistakef("%s at %s %s: %v", name, c.Data.Time, row[clock].text, err)
			}
		}
		c.Data.Values = append(c.Data.Values, v)
	}
	return nil
}

// observedAtAll returns an error if a column holds nothing.
func (s *Study) observedAtAll(c *Calibration) error {
	n := len(c.Data.Columns)
	for k := range n {
		holds := false
		for i := k; i < len(c.Data.Values); i += n {
			holds = holds || !math.IsNaN(c.Data.Values[i])
		}
		if !holds {
			name := s.spec.Data.Columns[k].Column
			return name.mistakef("column %q of %s holds no value", name.value, s.table.in.name)
		}
	}
	return nil
}
