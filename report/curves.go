package report

import (
	"errors"
	"fmt"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// Curves shows named curves with bands in panels, for example an outcome under
// different policies. A name has the same colour in all panels.
type Curves struct {
	Title  string
	Panels []CurvePanel
	Width  Width
}

// CurvePanel is one panel of [Curves].
type CurvePanel struct {
	Name, X, Y string // title and axis labels
	Curves     []Curve
	Marks      []float64 // values of x to mark, such as an optimum
	Levels     []float64 // values of y to mark, such as a bound
}

// Curve is a line through points with an optional band.
type Curve struct {
	Name      string
	X, Y      []float64
	Low, High []float64 // as long as X, or empty
	Points    bool      // mark the points as well
}

var markLine = dashed(ink, 0.9)

// Plot implements [Figure].
func (f Curves) Plot() (*Sheet, error) {
	if len(f.Panels) == 0 {
		return nil, errors.New("curves figure: no panel")
	}
	t := tile(len(f.Panels), f.Width)
	names := f.names()
	var panels []*plot.Plot
	for _, p := range f.Panels {
		if err := p.check(); err != nil {
			return nil, err
		}
		panels = append(panels, p.plot(names, t.panel))
	}
	return newSheet(f.Title, f.keys(names), panels, t.cols, t.width, bandRow), nil
}

// Save draws the figure into a .png or .svg file; see [Save].
func (f Curves) Save(path string) error { return Save(f, path) }

// names returns the names of the curves in order of appearance.
func (f Curves) names() []string {
	var names []string
	for _, p := range f.Panels {
		for _, c := range p.Curves {
			if !slices.Contains(names, c.Name) {
				names = append(names, c.Name)
			}
		}
	}
	return names
}

func (p CurvePanel) check() error {
	for _, c := range p.Curves {
		what := fmt.Sprintf("curves figure: panel %s: curve %s: ", p.Name, c.Name)
		if len(c.Y) != len(c.X) || len(c.X) == 0 {
			return mismatch(what+"y", len(c.Y), max(1, len(c.X)))
		}
		if err := errors.Join(optional(what+"low", c.Low, len(c.X)), optional(what+"high", c.High, len(c.X))); err != nil {
			return err
		}
	}
	return nil
}

// plot draws the panel.
func (p CurvePanel) plot(names []string, width vg.Length) *plot.Plot {
	across, up := spanOf(p.Marks), spanOf(p.Levels)
	for _, c := range p.Curves {
		across, up = across.join(spanOf(c.X)), up.join(spanOf(c.Y, c.Low, c.High))
	}
	out := panel(axes{title: p.Name, x: p.X, y: p.Y, across: across.padded(0.03), up: up.padded(0.05), width: width, height: bandRow - 40})
	for _, x := range p.Marks {
		out.Add(rule{x, true, markLine})
	}
	for _, y := range p.Levels {
		out.Add(rule{y, false, markLine})
	}
	for _, c := range p.Curves {
		colour := hue(slices.Index(names, c.Name))
		if len(c.Low) > 0 {
			out.Add(band{c.X, c.Low, c.High, fade(colour, 0.2)})
		}
		out.Add(curve{c.X, c.Y, stroke(colour, 1.4)})
		if c.Points {
			out.Add(dots{c.X, c.Y, round(colour, 2.2)})
		}
	}
	return out
}

// keys returns the legend, none for a single name.
func (f Curves) keys(names []string) []Key {
	if len(names) < 2 {
		return nil
	}
	keys := make([]Key, len(names))
	for i, name := range names {
		keys[i] = key(name, curve{style: stroke(hue(i), 1.4)})
	}
	return keys
}
