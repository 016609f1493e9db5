package report

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"html/template"
	"math"
	"slices"
)

// Film plays what a run looks like: cells on a grid with agents on them, both
// coloured by a quantity or by its derivative in a parameter the reader chooses.
// It can be played, paused, stepped and scrubbed, by pointer or by keyboard.
// Without scripts its first and last picture are shown.
type Film struct {
	Title         string
	Caption       string
	TimeLabel     string // empty: "Step"
	Time          []float64
	Rows, Columns int
	Parameters    []string // that derivatives are by
	Cells         Reel
	Agents        Reel
	At            [][]int // [time][agent]: its cell, −1 if it is not there
}

// Reel is a quantity of every cell or agent over time.
type Reel struct {
	Name, Unit string
	Values     [][]float64   // [time][cell or agent], row by row
	Slopes     [][][]float64 // [parameter][time][cell or agent]
}

// filmData is what the page's script plays. The numbers are 16-bit, little-endian,
// compressed, in the order cells, agents, rows and columns of the agents; each reel
// has its values, then its slopes by parameter.
type filmData struct {
	TimeLabel  string   `json:"timeLabel"`
	Time       numbers  `json:"time"`
	Rows       int      `json:"rows"`
	Columns    int      `json:"columns"`
	Count      int      `json:"count"` // of agents
	Parameters []string `json:"parameters"`
	Cells      filmReel `json:"cells"`
	Agents     filmReel `json:"agents"`
	Colours    struct {
		Sequential []string `json:"sequential"`
		Diverging  []string `json:"diverging"`
	} `json:"colours"`
	Numbers string `json:"numbers"`
}

// filmReel says what the numbers of a reel mean: each is to be multiplied by its
// track's unit. The values of the first track run from low to high; the
// derivatives of the others are shown within ± their limit.
type filmReel struct {
	Name   string    `json:"name"`
	Unit   string    `json:"unit"`
	Low    float64   `json:"low"`
	High   float64   `json:"high"`
	Scales []float64 `json:"scales"`
	Limits []float64 `json:"limits"`
}

func (f Film) render() (template.HTML, error) {
	if err := f.check(); err != nil {
		return "", err
	}
	data, err := f.data()
	if err != nil {
		return "", err
	}
	static, err := Picture{f.stills(), f.Caption, ""}.view()
	if err != nil {
		return "", err
	}
	return fragment("film", map[string]any{"Title": f.Title, "Data": data, "Picture": static})
}

func (f Film) check() error {
	if len(f.Time) == 0 || f.Rows <= 0 || f.Columns <= 0 {
		return errors.New("film: no time or no cells")
	}
	if len(f.At) != len(f.Time) {
		return mismatch("film: places", len(f.At), len(f.Time))
	}
	agents := len(f.At[0])
	for t, at := range f.At {
		if len(at) != agents {
			return mismatch(fmt.Sprintf("film: places at time %d", t), len(at), agents)
		}
		if len(at) > 0 && slices.Max(at) >= f.Rows*f.Columns {
			return fmt.Errorf("film: an agent on cell %d of %d × %d", slices.Max(at), f.Rows, f.Columns)
		}
	}
	if err := f.Cells.check("cells", len(f.Time), f.Rows*f.Columns, len(f.Parameters)); err != nil {
		return err
	}
	return f.Agents.check("agents", len(f.Time), agents, len(f.Parameters))
}

func (r Reel) check(what string, times, n, parameters int) error {
	if len(r.Slopes) != parameters {
		return mismatch("film: slopes of "+what, len(r.Slopes), parameters)
	}
	for _, track := range r.tracks() {
		if len(track) != times {
			return mismatch("film: times of "+what, len(track), times)
		}
		for _, row := range track {
			if len(row) != n {
				return mismatch("film: "+what, len(row), n)
			}
		}
	}
	return nil
}

// tracks returns the values and then the slopes.
func (r Reel) tracks() [][][]float64 { return append([][][]float64{r.Values}, r.Slopes...) }

// data returns what the script needs.
func (f Film) data() (filmData, error) {
	d := filmData{
		TimeLabel: orElse(f.TimeLabel, "Step"), Time: f.Time, Rows: f.Rows, Columns: f.Columns,
		Count: len(f.At[0]), Parameters: append([]string{}, f.Parameters...),
	}
	d.Colours.Sequential, d.Colours.Diverging = hexes(sequential, 0), hexes(diverging, -1)
	var out []int16
	d.Cells, out = f.Cells.data(out)
	d.Agents, out = f.Agents.data(out)
	for _, at := range f.At {
		for _, c := range at {
			out = append(out, int16(divide(c, f.Columns)))
		}
	}
	for _, at := range f.At {
		for _, c := range at {
			out = append(out, int16(max(c, -1)%f.Columns))
		}
	}
	var err error
	d.Numbers, err = packed(out)
	return d, err
}

// divide is c/n, and −1 for cells that are not there.
func divide(c, n int) int {
	if c < 0 {
		return -1
	}
	return c / n
}

// data appends the numbers of a reel.
func (r Reel) data(out []int16) (filmReel, []int16) {
	s := spanOf(r.Values...).join(span{0, 0})
	d := filmReel{Name: r.Name, Unit: r.Unit, Low: s.lo, High: s.hi, Limits: []float64{}}
	for k, track := range r.tracks() {
		all := spanOf(track...)
		scale := max(-all.lo, all.hi) / math.MaxInt16
		if !(scale > 0) {
			scale = 1
		}
		d.Scales = append(d.Scales, scale)
		if k > 0 {
			d.Limits = append(d.Limits, usual(track))
		}
		for _, row := range track {
			for _, v := range row {
				if !finite(v) {
					v = 0
				}
				out = append(out, int16(math.Round(v/scale)))
			}
		}
	}
	return d, out
}

// usual returns a magnitude that all but one in fifty of those that are not zero
// stay below, so that a few extremes do not leave the others pale.
func usual(track [][]float64) float64 {
	var sizes []float64
	for _, row := range track {
		for _, v := range row {
			if v != 0 && finite(v) {
				sizes = append(sizes, math.Abs(v))
			}
		}
	}
	if len(sizes) == 0 {
		return 1
	}
	slices.Sort(sizes)
	return sizes[(len(sizes)-1)*49/50]
}

// packed returns the numbers compressed and in base 64.
func packed(x []int16) (string, error) {
	raw, err := binary.Append(make([]byte, 0, 2*len(x)), binary.LittleEndian, x)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(raw) // to a buffer, which does not fail
	if err := z.Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(b.Bytes()), nil
}

// stills are the first and the last picture.
func (f Film) stills() Grid {
	g := Grid{Title: f.Title}
	top := spanOf(f.Cells.Values...).hi
	for _, t := range []int{0, len(f.Time) - 1} {
		m := Map{Name: fmt.Sprintf("%s %g", orElse(f.TimeLabel, "Step"), f.Time[t]), Limit: top}
		for i := range f.Rows {
			m.Cells = append(m.Cells, f.Cells.Values[t][i*f.Columns:(i+1)*f.Columns])
		}
		for _, c := range f.At[t] {
			if c >= 0 {
				m.Dots = append(m.Dots, [2]int{c / f.Columns, c % f.Columns})
			}
		}
		g.Maps = append(g.Maps, m)
	}
	return g
}
