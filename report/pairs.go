package report

import (
	"errors"
	"fmt"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// Pairs is a corner plot of 2 to 10 parameters: marginal histograms on the
// diagonal; below it, for each pair, the regions of highest density that hold
// 50 % and 90 % of the posterior draws, over pale prior draws and, if known,
// the true values as a cross.
type Pairs struct {
	Title      string
	Parameters []Parameter // with equally many posterior draws, and prior draws
	Width      Width
}

// Limits of a corner plot.
const (
	maxPairs    = 10
	fewDraws    = 40   // too few for a density: draw the points
	priorPoints = 6000 // prior draws considered over all panels, but
	fewestPrior = 120  // not fewer than these for one panel
)

// Plot implements [Figure].
func (f Pairs) Plot() (*Sheet, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	n := len(f.Parameters)
	width := f.Width.length(min(Wide.length(0), vg.Length(n)*105+40))
	side := (width-2*margin-30)/vg.Length(n) - 6 // 30 for the labels on the left
	deep := f.depth(side)                        // of the labels beyond their first line
	side -= deep / vg.Length(n)
	var panels []*plot.Plot
	var shapes cornerShapes
	for i := range n {
		for j := range n {
			panels = append(panels, f.panel(i, j, side, &shapes))
		}
	}
	s := newSheet(f.Title, f.keys(shapes), panels, n, width, side)
	s.tight = true
	s.Height = 2*margin + s.header() + vg.Length(n)*(side+s.gutter()) + 22 + deep // 22 for the labels below
	return s, nil
}

// Save draws the figure into a .png or .svg file; see [Save].
func (f Pairs) Save(path string) error { return Save(f, path) }

func (f Pairs) check() error {
	n := len(f.Parameters)
	if n < 2 || n > maxPairs {
		return fmt.Errorf("pairs figure: %d parameters, expected 2 to %d", n, maxPairs)
	}
	first := f.Parameters[0]
	for _, p := range f.Parameters {
		what := "pairs figure: parameter " + p.Name
		err := p.check(what)
		if len(p.Posterior) != len(first.Posterior) {
			err = errors.Join(err, mismatch(what+": posterior", len(p.Posterior), len(first.Posterior)))
		}
		if len(p.Prior) != len(first.Prior) {
			err = errors.Join(err, mismatch(what+": prior", len(p.Prior), len(first.Prior)))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// cornerShapes records how the posterior was drawn below the diagonal.
type cornerShapes struct{ regions, points bool }

// panel draws row i, column j: nil above the diagonal.
func (f Pairs) panel(i, j int, side vg.Length, shapes *cornerShapes) *plot.Plot {
	if j > i {
		return nil
	}
	x, y := f.Parameters[j], f.Parameters[i]
	p := panel(axes{across: x.limits(0.35), up: y.limits(0.35), width: side, height: side, small: true, noY: i == j, whole: x.discrete()})
	if i == j {
		p.Y.Min, p.Y.Max = 0, x.addDensities(p)*1.08
	} else {
		p.Y.LineStyle = stroke(frame, 0.6)
		p.Add(f.joint(x, y, shapes)...)
	}
	f.label(p, i, j, side)
	return p
}

// label names the axes at the left and lower border only.
func (f Pairs) label(p *plot.Plot, i, j int, side vg.Length) {
	if i == len(f.Parameters)-1 {
		p.X.Label.Text = broken(p.X.Label.TextStyle, f.Parameters[j].label(), side)
		p.X.Tick.Marker = f.Parameters[j].ticks(p.X.Tick.Marker)
	} else {
		p.X.Tick.Marker = unmarked
	}
	if j == 0 && i > 0 {
		p.Y.Label.Text = broken(p.Y.Label.TextStyle, f.Parameters[i].label(), side)
		p.Y.Tick.Marker = f.Parameters[i].ticks(p.Y.Tick.Marker)
	} else {
		p.Y.Tick.Marker = unmarked
	}
}

// depth returns what the lines of labels beyond the first need, at the left and
// below.
func (f Pairs) depth(side vg.Length) vg.Length {
	lines, style := 1, panel(axes{small: true}).X.Label.TextStyle
	for _, p := range f.Parameters {
		lines = max(lines, 1+strings.Count(broken(style, p.label(), side), "\n"))
	}
	return vg.Length(lines-1) * style.Height("x") * 1.6
}

// broken returns a label in lines no wider than a panel, as far as spaces and
// underscores let it.
func broken(style text.Style, label string, width vg.Length) string {
	apart := strings.ReplaceAll(label, "_", "_ ")
	lines := wrap(style, apart, width)
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], "_ ", "_")
	}
	return strings.Join(lines, "\n")
}

// joint returns the marks of a pair.
func (f Pairs) joint(x, y Parameter, shapes *cornerShapes) []plot.Plotter {
	n := len(f.Parameters)
	keep := max(fewestPrior, priorPoints/(n*n))
	across, up := func(draws []float64) []float64 { return x.scattered(draws, acrossStep) }, func(draws []float64) []float64 { return y.scattered(draws, upStep) }
	marks := []plot.Plotter{cloud{across(thin(x.Prior, keep)), up(thin(y.Prior, keep)), fade(shadow, 0.5)}}
	if r, ok := newRegions(x.Posterior, y.Posterior); ok && !x.discrete() && !y.discrete() {
		marks, shapes.regions = append(marks, r), true
	} else {
		marks, shapes.points = append(marks, dots{across(x.Posterior), up(y.Posterior), drawDot}), true
	}
	if x.Truth != nil {
		marks = append(marks, rule{*x.Truth, true, thinTruth})
	}
	if y.Truth != nil {
		marks = append(marks, rule{*y.Truth, false, thinTruth})
	}
	return marks
}

var (
	thinTruth = stroke(hue(1), 0.8)
	drawDot   = round(fade(hue(0), 0.7), 1.4)
)

// keys returns the legend.
func (f Pairs) keys(shapes cornerShapes) []Key {
	var keys []Key
	if shapes.regions {
		keys = append(keys, key("Posterior: 50 %, 90 %", patch{posteriorBand.outer, 0}, patch{regionInner, 2}))
	}
	if shapes.points {
		keys = append(keys, narrowKey("Posterior draws", dots{glyph: drawDot}))
	}
	if len(f.Parameters[0].Prior) > 0 {
		keys = append(keys, narrowKey("Prior draws", dots{glyph: round(shadow, 1.2)}))
	}
	return append(keys, contextKeys(f.Parameters)...)
}
