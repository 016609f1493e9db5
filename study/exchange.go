package study

import (
	"gonum.org/v1/gonum/floats"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/report/zarr"
)

// inferenceFolder is the name of the folder that ArviZ and xarray read.
const inferenceFolder = "inference.zarr/"

// exchange returns the result as InferenceData in ArviZ's schema: groups
// posterior, sample_stats, posterior_predictive, prior and observed_data, with
// the chains that the method made. There is no time of creation: the same
// calibration gives the same bytes.
func (r *Result) exchange() []Document {
	var all []Document
	for _, f := range zarr.Files(
		drawGroup("posterior", r.inference().chains(), columns(r.Posterior)),
		drawGroup("sample_stats", r.inference().chains(), r.inference().statistics()),
		r.predictiveGroup(),
		drawGroup("prior", 1, columns(r.Prior)),
		r.observedGroup(),
	) {
		all = append(all, Document{inferenceFolder + f.Name, bytesWriter(f.Content)})
	}
	return all
}

func libraryAttributes() map[string]any {
	return map[string]any{"inference_library": "nudge", "inference_library_version": Version()}
}

// columns are the parameters of draws.
func columns(d *calibrate.Draws) []statistic {
	var all []statistic
	for k, name := range d.Names {
		all = append(all, statistic{name, d.Column(k)})
	}
	return all
}

// drawGroup is a group of numbers of each draw.
func drawGroup(name string, chains int, columns []statistic) zarr.Group {
	shape := []int{chains, len(columns[0].values) / chains}
	g := zarr.Group{Name: name, Attributes: libraryAttributes(), Arrays: drawCoordinates(shape)}
	for _, x := range columns {
		g.Arrays = append(g.Arrays, zarr.Array{Name: x.name, Dimensions: []string{"chain", "draw"}, Shape: shape, Values: x.values})
	}
	return g
}

// predictiveGroup holds the first predictive run of each posterior draw.
func (r *Result) predictiveGroup() zarr.Group {
	data, n := r.Calibration.Data, len(r.Posterior.Theta)
	g := zarr.Group{Name: "posterior_predictive", Attributes: libraryAttributes()}
	chains := r.inference().chains()
	g.Arrays = append(drawCoordinates([]int{chains, n / chains}), data.coordinate())
	each := len(r.Predicted.Runs) / n
	for k, c := range data.Columns {
		var values []float64
		for s := range n {
			values = append(values, data.column(r.Predicted.Runs[s*each], k)...)
		}
		g.Arrays = append(g.Arrays, zarr.Array{
			Name: c.Name, Dimensions: []string{"chain", "draw", data.Time}, Shape: []int{chains, n / chains, len(data.Times)}, Values: values,
		})
	}
	return g
}

// observedGroup holds the data.
func (r *Result) observedGroup() zarr.Group {
	data := r.Calibration.Data
	g := zarr.Group{Name: "observed_data", Attributes: libraryAttributes(), Arrays: []zarr.Array{data.coordinate()}}
	for k, c := range data.Columns {
		g.Arrays = append(g.Arrays, zarr.Array{
			Name: c.Name, Dimensions: []string{data.Time}, Shape: []int{len(data.Times)}, Values: data.column(data.Values, k),
		})
	}
	return g
}

// column picks column k out of a table of the data's times and columns.
func (o *Observations) column(values []float64, k int) []float64 {
	x := make([]float64, len(o.Times))
	for t := range x {
		x[t] = values[t*len(o.Columns)+k]
	}
	return x
}

// coordinate is the times.
func (o *Observations) coordinate() zarr.Array {
	return zarr.Array{Name: o.Time, Dimensions: []string{o.Time}, Shape: []int{len(o.Times)}, Values: o.Times}
}

// drawCoordinates are the coordinates of chains of draws, which count from 0.
func drawCoordinates(shape []int) []zarr.Array {
	all := make([]zarr.Array, 2)
	for i, name := range []string{"chain", "draw"} {
		x := count(shape[i])
		floats.AddConst(-1, x)
		all[i] = zarr.Array{Name: name, Dimensions: []string{name}, Shape: []int{len(x)}, Values: x}
	}
	return all
}
