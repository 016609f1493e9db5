package cli

import (
	"encoding/csv"
	"io"

	"github.com/nudge-abm/nudge/report"
)

// document is a result that can be written to a file. The extension of its name
// says what it is.
type document struct {
	name  string // in a folder
	write func(w io.Writer) error
}

// jsonDocument is what --json prints.
func jsonDocument(name string, object any) document {
	return document{name + ".json", func(w io.Writer) error { return writeJSON(w, object) }}
}

// csvDocument is a table; header names its columns and rows yields its lines.
func csvDocument(name string, header []string, rows func(yield func(record []string))) document {
	return document{name + ".csv", func(w io.Writer) error {
		out := csv.NewWriter(w)
		out.Write(header) // errors are kept for Error
		rows(func(record []string) { out.Write(record) })
		out.Flush()
		return out.Error()
	}}
}

// pictures are a figure in both formats.
func pictures(name string, f report.Figure) []document {
	return []document{
		picture(name+".png", f, report.PNG),
		picture(name+".svg", f, report.SVG),
	}
}

func picture(name string, f report.Figure, encode func(report.Figure) ([]byte, error)) document {
	return document{name, func(w io.Writer) error {
		data, err := encode(f)
		if err != nil {
			return err
		}
		_, err = w.Write(data)
		return err
	}}
}
