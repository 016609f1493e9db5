package study

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
)

// PosteriorFile is the name of the file with the posterior draws in the folder of
// a calibration.
const PosteriorFile = "posterior.csv"

// HasPosterior reports whether a folder holds the draws of a calibration.
func HasPosterior(folder string) bool {
	info, err := os.Stat(filepath.Join(folder, PosteriorFile))
	return err == nil && !info.IsDir()
}

// ReadPosterior reads the posterior draws of the named parameters from the folder
// of a calibration, draws × names. What is wrong with the file is a [*Mistake].
func ReadPosterior(folder string, names []string) ([][]float64, error) {
	path := filepath.Join(folder, PosteriorFile)
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the posterior %s: %w", path, cause(err))
	}
	t, err := readTable(path, text)
	if err != nil {
		return nil, err
	}
	columns := make([]int, len(names))
	for k, name := range names {
		if columns[k], err = t.column(textAt(t, name)); err != nil {
			return nil, err
		}
	}
	draws := make([][]float64, len(t.rows))
	for i, row := range t.rows {
		for k, c := range columns {
			v, err := row[c].number(names[k])
			if err != nil {
				return nil, err
			}
			if math.IsNaN(v) {
				return nil, row[c].mistakef("%s is missing; every draw needs its value", names[k])
			}
			draws[i] = append(draws[i], v)
		}
	}
	return draws, nil
}

// textAt is a name that is looked for in a table's header.
func textAt(t *table, name string) text { return text{t.header[0].place, name} }
