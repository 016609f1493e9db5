package study

import (
	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/report/zarr"
)

// inferenceFolder is the name of the folder that ArviZ and xarray read.
const inferenceFolder = "inference.zarr/"

// exchange returns the result as InferenceData in ArviZ's schema: groups
// posterior, sample_stats, posterior_predictive, prior and observed_data. The
// draws are independent, so they are one chain. There is no time of creation:
// the same calibration gives the same bytes.
func (r *Result) exchange() []Document {
	var all []Document
	for _, f := range zarr.Files(
		r.group("posterior", r.Posterior, r.Posterior.Names, r.Posterior.Column),
		r.group("sample_stats", r.Posterior, []string{"lp", "log_q", "log_prior", "loss"}, r.statistic),
		r.predictiveGroup(),
		r.group("prior", r.Prior, r.Prior.Names, r.Prior.Column),
		r.observedGroup(),
	) {
		all = append(all, Document{inferenceFolder + f.Name, bytesWriter(f.Content)})
	}
	return all
}

func libraryAttributes() map[string]any {
	return map[string]any{"inference_library": "nudge", "inference_library_version": Version()}
}

// group is a group with a number a draw of each name.
func (r *Result) group(name string, d *calibrate.Draws, names []string, column func(int) []float64) zarr.Group {
	g := zarr.Group{Name: name, Attributes: libraryAttributes(), Arrays: drawCoordinates(len(d.Theta))}
	for k, n := range names {
		g.Arrays = append(g.Arrays, zarr.Array{
			Name: n, Dimensions: []string{"chain", "draw"}, Shape: []int{1, len(d.Theta)}, Values: column(k),
		})
	}
	return g
}

// statistic returns the k-th of lp, log_q, log_prior and loss at the posterior
// draws; lp is the log of the posterior up to a constant.
func (r *Result) statistic(k int) []float64 {
	if k > 0 {
		return [][]float64{r.Posterior.LogQ, r.Posterior.LogPrior, r.Predicted.Loss}[k-1]
	}
	lp := make([]float64, len(r.Posterior.LogPrior))
	for s := range lp {
		lp[s] = r.Posterior.LogPrior[s] - r.Calibration.Weight*r.Predicted.Loss[s]
	}
	return lp
}

// predictiveGroup holds the first predictive run of each posterior draw.
func (r *Result) predictiveGroup() zarr.Group {
	data, n := r.Calibration.Data, len(r.Posterior.Theta)
	g := zarr.Group{Name: "posterior_predictive", Attributes: libraryAttributes()}
	g.Arrays = append(drawCoordinates(n), data.coordinate())
	each := len(r.Predicted.Runs) / n
	for k, c := range data.Columns {
		var values []float64
		for s := range n {
			values = append(values, data.column(r.Predicted.Runs[s*each], k)...)
		}
		g.Arrays = append(g.Arrays, zarr.Array{
			Name: c.Name, Dimensions: []string{"chain", "draw", data.Time}, Shape: []int{1, n, len(data.Times)}, Values: values,
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

// drawCoordinates are the coordinates of one chain of n draws.
func drawCoordinates(n int) []zarr.Array {
	draws := make([]float64, n)
	for i := range draws {
		draws[i] = float64(i)
	}
	return []zarr.Array{
		{Name: "chain", Dimensions: []string{"chain"}, Shape: []int{1}, Values: []float64{0}},
		{Name: "draw", Dimensions: []string{"draw"}, Shape: []int{n}, Values: draws},
	}
}
