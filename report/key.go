package report

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Key is one entry of a figure's legend: a swatch and what it stands for.
// Swatches are drawn on top of each other in the order given.
type Key struct {
	Label    string
	Swatches []plot.Thumbnailer
	Narrow   bool // swatches as wide as a dot instead of a piece of line
}

// Sizes of the row of keys.
const (
	keyHeight   = 12 // of a row
	swatchWidth = 18
	narrowWidth = 8  // of a dot or an upright line
	keyGap      = 14 // between keys
	keysBelow   = 8  // between the keys and the panels
)

func key(label string, swatches ...plot.Thumbnailer) Key {
	return Key{Label: label, Swatches: swatches}
}

func narrowKey(label string, swatches ...plot.Thumbnailer) Key { return Key{label, swatches, true} }

func keyStyle() text.Style {
	sty := textStyle(7.8, ink)
	sty.YAlign = draw.YCenter
	return sty
}

// width returns the length a key takes.
func (k Key) width() vg.Length { return k.swatch() + 4 + keyStyle().Width(k.Label) }

// swatch returns the width of the swatch.
func (k Key) swatch() vg.Length {
	if k.Narrow {
		return narrowWidth
	}
	return swatchWidth
}

// keyRows breaks keys into rows no longer than width.
func keyRows(keys []Key, width vg.Length) [][]Key {
	var rows [][]Key
	var used vg.Length
	for _, k := range keys {
		if len(rows) == 0 || used+keyGap+k.width() > width {
			rows, used = append(rows, nil), -keyGap
		}
		last := len(rows) - 1
		rows[last] = append(rows[last], k)
		used += keyGap + k.width()
	}
	return rows
}

// drawKeys draws the keys in rows just above c.
func drawKeys(keys []Key, c draw.Canvas) {
	rows := keyRows(keys, c.Max.X-c.Min.X)
	y := c.Max.Y + vg.Length(len(rows))*keyHeight + keysBelow
	for _, row := range rows {
		x := c.Min.X
		for _, k := range row {
			k.draw(c, vg.Point{X: x, Y: y})
			x += k.width() + keyGap
		}
		y -= keyHeight
	}
}

// draw draws the key with its upper left corner at pt.
func (k Key) draw(c draw.Canvas, pt vg.Point) {
	box := draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{
		Min: vg.Point{X: pt.X, Y: pt.Y - keyHeight + 1.5},
		Max: vg.Point{X: pt.X + k.swatch(), Y: pt.Y - 1.5},
	}}
	for _, s := range k.Swatches {
		s.Thumbnail(&box)
	}
	sty := keyStyle()
	mid := vg.Point{X: box.Max.X + 4, Y: box.Center().Y + sty.FontExtents().Descent}
	c.FillText(sty, mid, k.Label)
}
