package mcmc

import (
	"fmt"
	"runtime"
	"slices"
)

// Kernel names how a chain moves.
type Kernel string

// The kernels.
const (
	NUTS       Kernel = "nuts"       // no-U-turn sampler
	Metropolis Kernel = "metropolis" // random walk
)

// Kernels lists every kernel.
func Kernels() []Kernel { return []Kernel{NUTS, Metropolis} }

// Metric names the mass matrix that the warm-up adapts.
type Metric string

// The metrics.
const (
	Dense    Metric = "dense"    // covariance of the coordinates
	Diagonal Metric = "diagonal" // their variances
)

// Metrics lists every metric.
func Metrics() []Metric { return []Metric{Dense, Diagonal} }

// UnmarshalText sets the metric by its name.
func (m *Metric) UnmarshalText(text []byte) error {
	if !slices.Contains(Metrics(), Metric(text)) {
		return fmt.Errorf("metric must be one of %v, not %q", Metrics(), text)
	}
	*m = Metric(text)
	return nil
}

// Options say how chains are made. Zero fields take the defaults in brackets.
type Options struct {
	Kernel   Kernel  // [nuts]
	Metric   Metric  // [dense]
	Chains   int     // [4]
	Warmup   int     // draws of each chain that adapt it and are thrown away [500]
	Draws    int     // draws of each chain [500]
	Accept   float64 // acceptance that the step size aims at [0.8, of metropolis 0.3]
	MaxDepth int     // of a NUTS trajectory, which has at most 2^depth − 1 steps [10]
	Thin     int     // Metropolis steps a draw [10]
	Lucks    int     // luck indices that the loss is averaged over [1]
	Starts   int     // prior draws of which each chain begins at the best [10]
	Seed     uint64
	Workers  int // chains at the same time; the result does not depend on it [all processors]
}

func (o Options) withDefaults() Options {
	if o.Kernel == "" {
		o.Kernel = NUTS
	}
	if o.Metric == "" {
		o.Metric = Dense
	}
	if o.Accept == 0 {
		o.Accept = map[Kernel]float64{NUTS: 0.8, Metropolis: 0.3}[o.Kernel]
	}
	for _, x := range []struct {
		value *int
		def   int
	}{
		{&o.Chains, 4}, {&o.Warmup, 500}, {&o.Draws, 500}, {&o.MaxDepth, 10}, {&o.Thin, 10},
		{&o.Lucks, 1}, {&o.Starts, 10}, {&o.Workers, runtime.GOMAXPROCS(0)},
	} {
		if *x.value == 0 {
			*x.value = x.def
		}
	}
	return o
}

// check returns an error for options that make no sense.
func (o Options) check() error {
	switch {
	case !slices.Contains(Kernels(), o.Kernel):
		return fmt.Errorf("unknown kernel %q; known are %v", o.Kernel, Kernels())
	case !slices.Contains(Metrics(), o.Metric):
		return fmt.Errorf("unknown metric %q; known are %v", o.Metric, Metrics())
	case !(o.Accept > 0 && o.Accept < 1):
		return fmt.Errorf("the acceptance aimed at must be between 0 and 1, is %g", o.Accept)
	case min(o.Chains, o.Warmup, o.Draws, o.MaxDepth, o.Thin, o.Lucks, o.Starts, o.Workers) < 1:
		return fmt.Errorf("the numbers of chains, warm-up draws, draws, steps and lucks must be positive: %+v", o)
	}
	return nil
}
