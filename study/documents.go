package study

import (
	"encoding/csv"
	"io"
	"math"
	"strconv"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/report"
)

// Document is a file of a result.
type Document struct {
	Name  string // path in the result's folder
	Write func(w io.Writer) error
}

// Documents returns the files of a result's folder: posterior.csv, what only the
// method leaves (such as training.csv and the fitted flow), InferenceData as Zarr,
// the study as run with its data, the figures and the report.
func (r *Result) Documents() []Document {
	csvName, data := r.Study.CSV()
	all := []Document{
		{"posterior.csv", r.writePosterior},
		{"study.yaml", bytesWriter(r.Study.YAML())},
		{csvName, bytesWriter(data)},
		{"report.html", func(w io.Writer) error { return r.Page().Write(w) }},
	}
	all = append(all, r.inference().documents()...)
	for _, f := range r.Figures() {
		all = append(all,
			Document{"figures/" + f.Name + ".png", figureWriter(f.Figure, report.PNG)},
			Document{"figures/" + f.Name + ".svg", figureWriter(f.Figure, report.SVG)})
	}
	return append(all, r.exchange()...)
}

func bytesWriter(data []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}
}

func figureWriter(f report.Figure, encode func(report.Figure) ([]byte, error)) func(io.Writer) error {
	return func(w io.Writer) error {
		data, err := encode(f)
		if err != nil {
			return err
		}
		return bytesWriter(data)(w)
	}
}

// writePosterior writes a line a draw, in the columns of R's package posterior:
// .chain, .iteration and .draw, parameters, derived quantities and the method's
// statistics.
func (r *Result) writePosterior(w io.Writer) error {
	derived, statistics, n := r.Derived(), r.inference().statistics(), len(r.Posterior.Theta)
	length := n / r.inference().chains()
	header := append([]string{".chain", ".iteration", ".draw"}, r.Posterior.Names...)
	for _, d := range derived {
		header = append(header, d.Name)
	}
	for _, x := range statistics {
		header = append(header, x.name)
	}
	return writeCSV(w, header, n, func(s int) []float64 {
		line := append([]float64{float64(1 + s/length), float64(1 + s%length), float64(1 + s)}, r.Posterior.Theta[s]...)
		for _, d := range derived {
			line = append(line, d.Posterior[s])
		}
		for _, x := range statistics {
			line = append(line, x.values[s])
		}
		return line
	})
}

// writeTraining writes a line a training step, for each part of the fit; the
// steps of the warm-up count up to 0.
func (r *Result) writeTraining(w io.Writer) error {
	var trace []calibrate.Step
	for _, p := range r.State.Parts {
		trace = append(trace, p.State.Trace...)
	}
	header := []string{"part", "step", "loss", "kl", "objective", "gradient_norm", "balance", "validation"}
	return writeCSV(w, header, len(trace), func(i int) []float64 {
		s := trace[i]
		return []float64{float64(s.Part + 1), float64(s.Step), s.Loss, s.KL, s.Objective, s.GradientNorm, s.Balance, s.Validation}
	})
}

// writeCSV writes numbers in full precision, and an empty cell for NaN.
func writeCSV(w io.Writer, header []string, lines int, line func(i int) []float64) error {
	out := csv.NewWriter(w)
	out.Write(header) // errors are kept for Error
	record := make([]string, len(header))
	for i := range lines {
		for k, v := range line(i) {
			record[k] = strconv.FormatFloat(v, 'g', -1, 64)
			if math.IsNaN(v) {
				record[k] = ""
			}
		}
		out.Write(record)
	}
	out.Flush()
	return out.Error()
}
