package loss_test

import (
	"fmt"
	"log"
	"math"

	"github.com/nudge-abm/nudge/calibrate/loss"
)

// Counts of one observable, one day missing, against two runs of a model; the
// over-dispersion of reporting is calibrated along with the model.
func ExampleNewNegativeBinomial() {
	data := loss.Data{
		Values: []float64{3, 8, math.NaN(), 76}, Rows: 4, Columns: 1,
		Names: []string{"in_bed"},
	}
	l, err := loss.NewNegativeBinomial(data, loss.NegativeBinomialOptions{Combine: loss.Marginal})
	if err != nil {
		log.Fatal(err)
	}
	runs := [][]float64{{2, 9, 20, 60}, {0, 0, 1, 4}}
	adjoint := [][]float64{make([]float64, 4), make([]float64, 4)}
	slope := make([]float64, 1)
	value := l.Value(runs, adjoint, []float64{0.1}, slope)
	fmt.Println(l, l.Nuisance())
	fmt.Printf("%.3f nats, slope %.3f in %.3f\n", value, slope[0], adjoint[0])
	// Output:
	// negative-binomial likelihood (overdispersion calibrated, floor 0.1), replicates: marginal [overdispersion]
	// 9.190 nats, slope 5.293 in [-0.354 0.063 0.000 -0.038]
}

func ExampleNewPoisson() {
	data := loss.Data{Values: []float64{3, -8}, Rows: 2, Columns: 1, Names: []string{"in_bed"}}
	_, err := loss.NewPoisson(data, loss.PoissonOptions{})
	fmt.Println(err)
	// Output: row 2 of in_bed: a count cannot be negative, is -8
}

// Cases and positive tests of the same outbreak. Both are averaged over the luck
// of three runs together, as a run has the same luck in both.
func ExampleNewSum() {
	data := loss.Data{
		Values: []float64{3, 2, 8, 5, 30, math.NaN(), 76, 31}, Rows: 4, Columns: 2,
		Names: []string{"cases", "positive"},
	}
	cases, err := loss.NewPoisson(data.Select(0), loss.PoissonOptions{Combine: loss.Marginal})
	if err != nil {
		log.Fatal(err)
	}
	positive, err := loss.NewBinomial(data.Select(1), loss.BinomialOptions{Trials: []float64{100}, Combine: loss.Marginal})
	if err != nil {
		log.Fatal(err)
	}
	l, err := loss.NewSum(data,
		loss.Term{Loss: cases, Weight: 1, Columns: []int{0}},
		loss.Term{Loss: positive, Weight: 1, Columns: []int{1}},
	)
	if err != nil {
		log.Fatal(err)
	}
	runs := [][]float64{{3, 1, 7, 4, 32, 9, 80, 28}, {1, 0, 2, 1, 8, 3, 19, 10}, {4, 2, 9, 4, 29, 8, 70, 33}}
	fmt.Printf("%.2f nats; a likelihood: %v\n", l.Value(runs, nil, nil, nil), loss.IsLikelihood(l))
	// Output: 15.80 nats; a likelihood: true
}
