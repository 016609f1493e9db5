package report

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// fill paints where the density is at least level. All grid squares go into
// one path, so that no seams show between them.
func (r regions) fill(c draw.Canvas, p *plot.Plot, level float64, paint color.Color) {
	toX, toY := p.Transforms(&c)
	var path vg.Path
	add := func(corners []corner) {
		var pts []vg.Point
		for _, k := range above(level, corners) {
			pts = append(pts, vg.Point{X: toX(k.x), Y: toY(k.y)})
		}
		appendPolygon(&path, c.ClipPolygonXY(pts))
	}
	for j := 0; j+1 < len(r.y); j++ {
		r.squares(j, level, add)
	}
	if len(path) > 0 {
		c.SetColor(paint)
		c.Fill(path)
	}
}

// corner is a grid point with its density.
type corner struct{ x, y, density float64 }

// squares passes the grid squares between rows j and j+1 to add; neighbours
// that lie wholly above the level go together as one rectangle.
func (r regions) squares(j int, level float64, add func([]corner)) {
	for i := 0; i+1 < len(r.x); {
		end := i + 1
		for r.full(i, j, level) && end+1 < len(r.x) && r.full(end, j, level) {
			end++
		}
		add([]corner{r.at(i, j), r.at(end, j), r.at(end, j+1), r.at(i, j+1)})
		i = end
	}
}

func (r regions) at(i, j int) corner { return corner{r.x[i], r.y[j], r.density[i][j]} }

// full reports whether all corners of square i, j lie above the level.
func (r regions) full(i, j int, level float64) bool {
	return min(r.density[i][j], r.density[i+1][j], r.density[i][j+1], r.density[i+1][j+1]) >= level
}

// above cuts a polygon to where the density, linear along its edges, is at
// least level.
func above(level float64, corners []corner) []corner {
	var kept []corner
	for i, a := range corners {
		b := corners[(i+1)%len(corners)]
		if a.density >= level {
			kept = append(kept, a)
		}
		if (a.density >= level) != (b.density >= level) {
			f := (level - a.density) / (b.density - a.density)
			kept = append(kept, corner{a.x + f*(b.x-a.x), a.y + f*(b.y-a.y), level})
		}
	}
	return kept
}

// appendPolygon adds a closed polygon to the path.
func appendPolygon(path *vg.Path, pts []vg.Point) {
	if len(pts) < 3 {
		return
	}
	path.Move(pts[0])
	for _, pt := range pts[1:] {
		path.Line(pt)
	}
	path.Close()
}
