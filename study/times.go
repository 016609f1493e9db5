package study

import (
	"math"
	"strconv"

	"github.com/nudge-abm/nudge/calibrate"
)

// tick reads a time and holds it against the one before.
func (s *Study) tick(c *Calibration, at cell) error {
	name := c.Data.Time
	if at.text == "" || at.text == "NA" {
		return at.mistakef("%s is missing; every row needs its time", name)
	}
	t, err := at.number(name)
	if err != nil {
		return at.mistakef("%s must be a number, not %q; count dates from a day of your choice", name, at.text)
	}
	if n := len(c.Data.Times); n > 0 {
		if err := s.follows(c, at, t, c.Data.Times[n-1]); err != nil {
			return err
		}
	}
	c.Data.Times = append(c.Data.Times, t)
	return nil
}

// follows returns an error unless time t may come after the one before it.
func (s *Study) follows(c *Calibration, at cell, t, before float64) error {
	name, every := c.Data.Time, s.spec.Data.Every
	switch {
	case t == before:
		return at.mistakef("%s %g is given twice", name, t)
	case t < before:
		return at.mistakef("%s %g follows %s %g; the rows must be in order of time", name, t, name, before)
	case every.absent():
		return nil
	}
	steps := (t - before) / every.value
	switch whole := math.Round(steps); {
	case math.Abs(steps-whole) > 1e-6*steps:
		return at.mistakef("%s %g follows %s %g; the study says that times are %s apart", name, t, name, before, every.text)
	case whole > 1 && !s.spec.Data.gapsAllowed():
		return at.mistakef("%s %g is missing: add its row with empty cells, or write %q under data",
			name, before+every.value, "gaps: allowed")
	}
	return nil
}

func (d *dataset) gapsAllowed() bool { return d.Gaps.value == "allowed" }

// checkGaps returns an error unless the study says how far apart times are, or
// that it does not matter.
func (d *dataset) checkGaps() error {
	if !d.Gaps.absent() {
		if err := d.Gaps.oneOf("gaps", "refused", "allowed"); err != nil {
			return err
		}
	}
	if d.Every.absent() && !d.gapsAllowed() {
		return d.Time.mistakef("say how far apart the times are with the key every, or write %q", "gaps: allowed")
	}
	return nil
}

// lengthen gives all runs a number of rows.
func (c *Calibration) lengthen(rows int) error {
	for _, g := range c.Groups {
		if err := g.Setup.Set("steps", strconv.Itoa(rows)); err != nil {
			return err
		}
	}
	return c.Setup.Set("steps", strconv.Itoa(rows))
}

// mostSteps is far more than anyone would wait for.
const mostSteps = 10_000_000

// locate finds the row of the run at each time, and makes the run just long
// enough for the data unless the study says how long it is.
func (s *Study) locate(c *Calibration, clock int) error {
	for i, t := range c.Data.Times {
		at := s.table.rows[i][clock]
		if (t-c.Start)/c.Step > mostSteps {
			return at.mistakef("%s %g is more than %d steps after the start of the run: look at start under data and at the setting dt", c.Data.Time, t, mostSteps)
		}
		row, err := calibrate.RowAt(t, c.Start, c.Step, math.MaxInt)
		if err != nil {
			return at.mistakef("%v", err)
		}
		if i > 0 && row <= c.grid.Rows[i-1] {
			return at.mistakef("%s %g and %g fall on the same step", c.Data.Time, c.Data.Times[i-1], t)
		}
		c.grid.Rows = append(c.grid.Rows, row)
	}
	last := len(c.grid.Rows) - 1
	steps, given := s.given("steps")
	if !given {
		return c.lengthen(c.grid.Rows[last] + 1)
	}
	if _, err := calibrate.RowAt(c.Data.Times[last], c.Start, c.Step, c.Setup.Steps()); err != nil {
		return steps.mistakef("too few steps for the data: %v", err)
	}
	return nil
}
