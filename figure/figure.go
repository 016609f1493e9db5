package figure

import (
	"context"
	"fmt"
	"math"

	"github.com/nudge-abm/nudge/abm"
)

// Figure is a figure of the paper, or one of ours beside it.
type Figure struct {
	Number string // in the paper, such as "15b"; what it is called on the command line
	Title  string
	Claim  string // what the paper says, in our words

	draw func(ctx context.Context, d *Drawing) error
}

// all is in the order of the paper.
var all = []Figure{
	figure1, figure5, figure6, figure7, figure8, figure9, figure10, figure11, figure12, figure13, figure14, figure15a, figure15b, figure15bOurs,
	figure16, figure17, figure18, figure19, figure20,
}

// All returns the figures in the order of the paper.
func All() []Figure { return append([]Figure(nil), all...) }

// Numbers returns the figures' numbers in order.
func Numbers() []string {
	numbers := make([]string, len(all))
	for i, f := range all {
		numbers[i] = f.Number
	}
	return numbers
}

// ByNumber returns the figure of that number. The error names those there are.
func ByNumber(number string) (Figure, error) {
	for _, f := range all {
		if f.Number == number {
			return f, nil
		}
	}
	return Figure{}, abm.Unknown("figure", number, Numbers())
}

// Name returns the name of the figure's files without extension.
func (f Figure) Name() string { return "figure-" + f.Number }

// Options says how figures are drawn. The result is the same for any number of
// workers.
type Options struct {
	Workers int     // at least one works
	Seed    uint64  // of all randomness
	Scale   float64 // multiplies all numbers of samples; 0 means 1. Below 1 calibrations are made in their quick form
	Steps   int     // training steps of a calibration at full size; 0 means 1000. The paper's are 5000
	Fits    *Fits   // calibrations made already, and to be made; nil keeps none

	// Progress is told how many of a stage's units are done; it may be nil.
	Progress func(stage string, done, total int)
}

// fewest is the least number of samples at any scale.
const fewest = 4

// samples returns the number of samples to take where n are meant at scale 1.
func (o Options) samples(n int) int {
	if o.Scale != 0 {
		n = int(math.Round(float64(n) * o.Scale))
	}
	return max(n, fewest)
}

// told returns the function that passes on how much of a stage is done.
func (o Options) told(stage string) func(done, total int) {
	return func(done, total int) {
		if o.Progress != nil {
			o.Progress(stage, done, total)
		}
	}
}

// Draw makes the figure's samples and draws them. It returns an error if the
// context ends or a run fails.
func (f Figure) Draw(ctx context.Context, o Options) (*Drawing, error) {
	if o.Fits == nil {
		o.Fits = new(Fits)
	}
	d := &Drawing{Figure: f, options: o}
	if err := f.draw(ctx, d); err != nil {
		return nil, fmt.Errorf("figure %s: %w", f.Number, err)
	}
	return d, nil
}
