package report

import (
	"errors"
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Network draws contact graphs side by side, each with its nodes on a circle
// (the first on top, then clockwise) coloured by state. Readable up to about
// 60 nodes.
type Network struct {
	Title  string
	States []string // names of the states, for the legend
	Graphs []Graph
	Width  Width
}

// Graph is one panel of [Network].
type Graph struct {
	Name  string
	Nodes int
	Edges [][2]int // pairs of node numbers, counted from 0
	State []int    // per node an index into Network.States; empty: all 0
}

const networkRow = 215 // height of a row

// Plot implements [Figure].
func (f Network) Plot() (*Sheet, error) {
	if len(f.Graphs) == 0 {
		return nil, errors.New("network figure: no graph")
	}
	t := tile(len(f.Graphs), f.Width)
	var panels []*plot.Plot
	for _, g := range f.Graphs {
		if err := g.check(len(f.States)); err != nil {
			return nil, err
		}
		p := panel(axes{title: g.Name, across: span{0, 1}, up: span{0, 1}, noX: true, noY: true})
		p.Add(circle{g})
		panels = append(panels, p)
	}
	return newSheet(f.Title, f.keys(), panels, t.cols, t.width, networkRow), nil
}

// Save draws the figure into a .png or .svg file; see [Save].
func (f Network) Save(path string) error { return Save(f, path) }

func (f Network) keys() []Key {
	var keys []Key
	for i, name := range f.States {
		keys = append(keys, narrowKey(name, dots{glyph: round(hue(i), 3)}))
	}
	return keys
}

func (g Graph) check(states int) error {
	what := "network figure: graph " + g.Name
	if g.Nodes <= 0 {
		return fmt.Errorf("%s: %d nodes, expected at least 1", what, g.Nodes)
	}
	for _, e := range g.Edges {
		if min(e[0], e[1]) < 0 || max(e[0], e[1]) >= g.Nodes {
			return fmt.Errorf("%s: edge %d–%d between nodes 0…%d", what, e[0], e[1], g.Nodes-1)
		}
	}
	if len(g.State) != 0 && len(g.State) != g.Nodes {
		return mismatch(what+": state", len(g.State), g.Nodes)
	}
	for i, s := range g.State {
		if s < 0 || s >= max(states, 1) {
			return fmt.Errorf("%s: node %d has state %d of %d states", what, i, s, states)
		}
	}
	return nil
}

// circle is the plot.Plotter of a graph.
type circle struct{ Graph }

// Plot implements plot.Plotter.
func (m circle) Plot(c draw.Canvas, _ *plot.Plot) {
	size := vg.Length(max(1.8, min(5, 90/float64(m.Nodes))))
	at := m.places(c, size)
	// Many edges are drawn thinner, so that the circle does not fill up.
	weight := max(0.15, min(0.7, 60/float64(len(m.Edges)+1)))
	c.SetLineStyle(stroke(frame, vg.Length(weight)))
	for batch := range slices.Chunk(m.Edges, 30) {
		var lines vg.Path
		for _, e := range batch {
			lines.Move(at[e[0]])
			lines.Line(at[e[1]])
		}
		c.Stroke(lines)
	}
	for i, pt := range at {
		c.DrawGlyphNoClip(round(paper, size+0.8), pt)
		c.DrawGlyphNoClip(round(m.colour(i), size), pt)
	}
}

// places returns the positions of the nodes, a dot's size within c.
func (m circle) places(c draw.Canvas, size vg.Length) []vg.Point {
	radius := min(c.Max.X-c.Min.X, c.Max.Y-c.Min.Y)/2 - size - 1
	at := make([]vg.Point, m.Nodes)
	for i := range at {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(m.Nodes))
		at[i] = c.Center().Add(vg.Point{X: radius * vg.Length(sin), Y: radius * vg.Length(cos)})
	}
	return at
}

func (m circle) colour(i int) color.Color {
	if len(m.State) == 0 {
		return hue(0)
	}
	return hue(m.State[i])
}
