package study

import (
	"bytes"
	"context"
	"encoding/csv"
	"math"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/gradient"
)

// synthetic is the section data.synthetic: the data are what the model gives at
// the truth, which recovers known values or fails to.
type synthetic struct {
	Until number `yaml:"until"`
	Seed  whole  `yaml:"seed,omitempty"`
}

func (x synthetic) absent() bool { return x.Until.absent() }

// syntheticFile is the name that made data go by.
const syntheticFile = "synthetic.csv"

// mostTimes is far more than any data hold.
const mostTimes = 1_000_000

// complete gives the data their file and column of times, and returns an error
// unless they are either read or made.
func (d *dataset) complete() error {
	made := d.Synthetic
	switch {
	case made.absent() && d.File.absent():
		return d.Start.mistakef(`the data need the key "file", or "synthetic" if the model is to make them`)
	case made.absent() && d.Time.absent():
		return d.File.mistakef(`the key "time" is missing: the column of %s that holds the times`, d.File.value)
	case made.absent():
		return nil
	case !d.File.absent():
		return d.File.mistakef("the data are either read from a file or synthetic, not both")
	case !(made.Until.value >= d.Start.value):
		return made.Until.mistakef("until must not be before start, which is %s, is %s", d.Start.text, made.Until.text)
	}
	d.Every.orElse(1)
	if (made.Until.value-d.Start.value)/d.Every.value > mostTimes {
		return made.Until.mistakef("from start to until there are more than %d times", mostTimes)
	}
	d.Time.orElse("time")
	d.File.orElse(syntheticFile)
	return nil
}

// synthesise makes the data of a synthetic study, with the noise of observation
// if the loss is a likelihood.
func (s *Study) synthesise() error {
	d := &s.spec.Data
	n := 1 + int(math.Floor((d.Synthetic.Until.value-d.Start.value)/d.Every.value+1e-9))
	stand := make([]float64, n*len(d.Columns))
	for i := range stand {
		stand[i] = float64(1 + i/len(d.Columns)%2) // not constant, and whole, as losses want them
	}
	if err := s.fill(n, stand); err != nil {
		return err
	}
	c, err := s.assemble()
	if err != nil {
		return err
	}
	if err := s.prepare(c); err != nil {
		return err
	}
	values, err := s.atTruth(c)
	if err != nil {
		return err
	}
	return s.fill(n, values)
}

// atTruth returns one observation of the model at the true parameters.
func (s *Study) atTruth(c *Calibration) ([]float64, error) {
	made := s.spec.Data.Synthetic
	truth := make([]float64, len(c.Parameters))
	for i, p := range c.Parameters {
		if truth[i] = p.Truth; math.IsNaN(p.Truth) && !p.Hyper {
			return nil, made.Until.mistakef("synthetic data need the value of every calibrated parameter under truth; that of %s is missing", p.Name)
		}
	}
	model := *c.Simulation
	model.Seed, model.GradientRuns, model.Estimator = made.Seed.value, 0, gradient.StraightThrough{}
	at := &calibrate.Draws{Names: c.Prior.Names(), Theta: [][]float64{truth}}
	p, err := model.Predict(context.Background(), at, 0, 1, nil)
	if err != nil {
		return nil, made.Until.mistakef("the model cannot make the data: %v", err)
	}
	return p.Runs[0], nil
}

// fill makes the table of the data out of n rows of values.
func (s *Study) fill(n int, values []float64) (err error) {
	d := &s.spec.Data
	header := []string{d.Time.value}
	for _, c := range d.Columns {
		header = append(header, c.Column.value)
	}
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	out.Write(header) // a buffer takes everything
	for t := range n {
		line := []string{format(d.Start.value + float64(t)*d.Every.value)}
		for _, v := range values[t*len(d.Columns) : (t+1)*len(d.Columns)] {
			line = append(line, format(v))
		}
		out.Write(line)
	}
	out.Flush()
	s.table, err = readTable(d.File.value, b.Bytes())
	return err
}
