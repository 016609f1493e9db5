package report

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// settle moves the canvases of the panels a little until the data areas of
// each column and each row end on common lines. (plot.Align measures the room
// for labels once, but that room depends on where the labels end up.)
func (s *Sheet) settle(canvases [][]draw.Canvas) {
	for range 4 {
		columns, rows := s.common(canvases)
		s.each(func(i, j int, p *plot.Plot) {
			c := &canvases[i][j]
			have := p.DataCanvas(*c)
			c.Min.X += vg.Length(columns[j].lo) - have.Min.X
			c.Max.X += vg.Length(columns[j].hi) - have.Max.X
			c.Min.Y += vg.Length(rows[i].lo) - have.Min.Y
			c.Max.Y += vg.Length(rows[i].hi) - have.Max.Y
		})
	}
}

// common returns what the data areas of each column share sideways, and those
// of each row upwards, in points.
func (s *Sheet) common(canvases [][]draw.Canvas) (columns, rows []span) {
	everything := span{math.Inf(-1), math.Inf(1)}
	for range s.Panels {
		rows = append(rows, everything)
	}
	for range s.Panels[0] {
		columns = append(columns, everything)
	}
	s.each(func(i, j int, p *plot.Plot) {
		have := p.DataCanvas(canvases[i][j])
		columns[j] = columns[j].clip(span{float64(have.Min.X), float64(have.Max.X)})
		rows[i] = rows[i].clip(span{float64(have.Min.Y), float64(have.Max.Y)})
	})
	return columns, rows
}
