package report

import (
	"errors"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// Series shows simulated trajectories: per observable one panel with every run
// as a thin line, their mean as a thick one and, if given, data points.
type Series struct {
	Title     string
	TimeLabel string // empty: "Time"
	Time      []float64
	Panels    []Trajectories
	Width     Width
}

// Trajectories is one panel of [Series].
type Trajectories struct {
	Name, Unit string
	Runs       [][]float64 // Runs[run][time]
	Mean       []float64   // empty: the mean of Runs
	Data       []float64   // may be empty; NaN where nothing was observed
}

var (
	runLine  = stroke(fade(hue(0), 0.28), 0.6)
	meanLine = stroke(hue(0), 1.7)
)

// Plot implements [Figure].
func (f Series) Plot() (*Sheet, error) {
	if len(f.Time) == 0 || len(f.Panels) == 0 {
		return nil, errors.New("series figure: no time or no panel")
	}
	t := tile(len(f.Panels), f.Width)
	var panels []*plot.Plot
	for _, s := range f.Panels {
		if err := s.check(len(f.Time)); err != nil {
			return nil, err
		}
		panels = append(panels, f.panel(s, t.panel))
	}
	return newSheet(f.Title, f.keys(), panels, t.cols, t.width, bandRow), nil
}

// Save draws the figure into a .png or .svg file; see [Save].
func (f Series) Save(path string) error { return Save(f, path) }

func (s Trajectories) check(n int) error {
	what := "series figure: panel " + s.Name + ": "
	for _, r := range s.Runs {
		if len(r) != n {
			return mismatch(what+"a run", len(r), n)
		}
	}
	return errors.Join(optional(what+"mean", s.Mean, n), optional(what+"data", s.Data, n))
}

// panel draws one observable.
func (f Series) panel(s Trajectories, width vg.Length) *plot.Plot {
	all := spanOf(s.Data, s.Mean).join(spanOf(s.Runs...))
	p := panel(axes{
		title: s.Name, x: orElse(f.TimeLabel, "Time"), y: s.Unit, across: spanOf(f.Time).times(0.02),
		up: all.counting(), width: width, height: bandRow - 40, whole: true,
	})
	for _, r := range s.Runs {
		p.Add(curve{f.Time, r, runLine})
	}
	p.Add(curve{f.Time, s.mean(), meanLine})
	if len(s.Data) > 0 {
		p.Add(dots{f.Time, s.Data, dataDot})
	}
	return p
}

// mean returns the given mean, or that of the runs over their finite values.
func (s Trajectories) mean() []float64 {
	if len(s.Mean) > 0 || len(s.Runs) == 0 {
		return s.Mean
	}
	means := make([]float64, len(s.Runs[0]))
	for t := range means {
		sum, n := 0.0, 0.0
		for _, r := range s.Runs {
			if finite(r[t]) {
				sum, n = sum+r[t], n+1
			}
		}
		means[t] = sum / n // NaN if there is none
	}
	return means
}

// keys returns the legend.
func (f Series) keys() []Key {
	keys := []Key{key("One run", curve{style: runLine}), key("Mean", curve{style: meanLine})}
	for _, s := range f.Panels {
		if len(s.Data) > 0 {
			return append([]Key{narrowKey("Data", dots{glyph: dataDot})}, keys...)
		}
	}
	return keys
}
