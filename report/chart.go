package report

import (
	"encoding/json"
	"html/template"
	"strconv"
)

// Chart is a [Predictive] figure that answers to the pointer: it shows the
// numbers of a day, and each of its layers can be switched off. Without
// scripts the figure itself is shown.
type Chart struct {
	Predictive
	Caption string
	Name    string // of the downloaded picture without extension; empty: "figure"
}

// chartData is what the page's script draws.
type chartData struct {
	TimeLabel string       `json:"timeLabel"`
	Time      numbers      `json:"time"`
	Panels    []chartPanel `json:"panels"`
}

type chartPanel struct {
	Name      string  `json:"name"`
	Unit      string  `json:"unit"`
	Limits    numbers `json:"limits"` // of the vertical axis
	Data      numbers `json:"data"`
	Posterior bands   `json:"posterior"`
	Prior     bands   `json:"prior"`
}

// bands are the quantiles 5 %, 25 %, 50 %, 75 %, 95 %; empty for nothing.
type bands []numbers

// numbers is written with six digits, and with null for values that are not
// finite.
type numbers []float64

// MarshalJSON implements json.Marshaler.
func (n numbers) MarshalJSON() ([]byte, error) {
	out := make([]*json.Number, len(n))
	for i, v := range n {
		if finite(v) {
			out[i] = new(json.Number(strconv.FormatFloat(v, 'g', 6, 64)))
		}
	}
	return json.Marshal(out)
}

func (q Quantiles) bands() bands {
	if q.isEmpty() {
		return bands{}
	}
	return bands{q.Lower90, q.Lower50, q.Median, q.Upper50, q.Upper90}
}

// data returns what the script needs.
func (c Chart) data() chartData {
	d := chartData{TimeLabel: orElse(c.TimeLabel, "Time"), Time: c.Time}
	for _, o := range c.Panels {
		y := o.limits()
		d.Panels = append(d.Panels, chartPanel{
			o.Name, o.Unit, numbers{y.lo, y.hi}, o.Data, o.Posterior.bands(), o.Prior.bands(),
		})
	}
	return d
}

func (c Chart) render() (template.HTML, error) {
	static, err := Picture{c.Predictive, c.Caption, c.Name}.view()
	if err != nil {
		return "", err
	}
	return fragment("chart", map[string]any{"Title": c.Title, "Data": c.data(), "Picture": static})
}
