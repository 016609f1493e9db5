// Ownloss is a command line with a loss of its own: Huber's, which follows large
// errors less than a square does, so that one bad day in the data does not decide
// the fit.
package main

import (
	"errors"
	"fmt"
	"math"
	"os"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate/loss"
	"github.com/nudge-abm/nudge/cli"
	"github.com/nudge-abm/nudge/models/sir"
)

func main() {
	program := cli.Program{Name: "ownloss", Models: []*abm.Model{sir.Model}, Losses: []loss.Kind{kind}}
	os.Exit(program.Run(os.Args[1:], os.Stdout, os.Stderr))
}

var kind = loss.Kind{
	Name: "huber", Doc: "mean of the runs against the data, large errors at their size",
	Options: []loss.Option{{Name: "width", Default: 1, Doc: "error up to which it is a square"}},
	New: func(data loss.Data, options map[string]float64) (loss.Loss, error) {
		if !(options["width"] > 0) {
			return nil, errors.New("the width must be positive")
		}
		return huber{data.Values, options["width"]}, nil
	},
}

// huber is the loss of the mean of the runs.
type huber struct {
	data  []float64 // NaN where nothing was observed
	width float64
}

func (h huber) String() string     { return fmt.Sprintf("Huber loss (width %v)", h.width) }
func (h huber) Nuisance() []string { return nil }

func (h huber) Value(runs, adjoint [][]float64, _, _ []float64) (value float64) {
	n := float64(len(runs))
	for i, y := range h.data {
		mean := 0.0
		for _, run := range runs {
			mean += run[i] / n
		}
		slope := 0.0
		if !math.IsNaN(y) {
			slope = max(-h.width, min(h.width, mean-y))
			value += slope * (mean - y - slope/2)
		}
		for k := range adjoint {
			adjoint[k][i] = slope / n
		}
	}
	return value
}
