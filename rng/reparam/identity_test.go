package reparam_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/nudge-abm/nudge/rng"
	"github.com/nudge-abm/nudge/rng/reparam"
	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat"
)

const draws = 20000

// The mean derivative of a draw is the derivative of its mean.
func checkMean(t *testing.T, name string, derivatives []float64, want float64) {
	t.Helper()
	mean, sd := stat.MeanStdDev(derivatives, nil)
	if z := (mean - want) / (sd / math.Sqrt(float64(len(derivatives)))); !(math.Abs(z) < 4) {
		t.Errorf("%s: mean derivative %v, want %v (%.1f standard errors)", name, mean, want, z)
	}
}

func TestMeanOfGammaDerivative(t *testing.T) {
	for _, shape := range []float64{0.05, 0.5, 3, 100} {
		s := rng.Seed{Master: 8}.Stream(rng.Key{})
		plain, logs := make([]float64, draws), make([]float64, draws)
		for i := range plain {
			logX := s.LogGamma(shape)
			logs[i] = reparam.GammaShapeLog(logX, shape)
			plain[i] = math.Exp(logX) * logs[i]
		}
		checkMean(t, fmt.Sprintf("gamma(%g)", shape), plain, 1)
		checkMean(t, fmt.Sprintf("log gamma(%g)", shape), logs, mathext.Zeta(2, shape))
	}
}

func TestMeanOfBetaDerivatives(t *testing.T) {
	for _, shapes := range [][2]float64{{0.05, 0.05}, {0.3, 4}, {2, 5}, {80, 0.5}} {
		a, b := shapes[0], shapes[1]
		s := rng.Seed{Master: 8}.Stream(rng.Key{})
		da, db := make([]float64, draws), make([]float64, draws)
		for i := range da {
			logit := s.BetaLogit(a, b)
			la, lb := reparam.BetaLogit(logit, a, b)
			slope := math.Exp(-math.Abs(logit)) / math.Pow(1+math.Exp(-math.Abs(logit)), 2)
			da[i], db[i] = slope*la, slope*lb
		}
		square := (a + b) * (a + b)
		checkMean(t, fmt.Sprintf("da of beta(%g, %g)", a, b), da, b/square)
		checkMean(t, fmt.Sprintf("db of beta(%g, %g)", a, b), db, -a/square)
	}
}

func TestMeanOfDirichletDerivatives(t *testing.T) {
	alpha := []float64{0.4, 1, 6}
	const whole = 7.4
	s := rng.Seed{Master: 8}.Stream(rng.Key{})
	columns := make([][]float64, 9)
	logs, jacobian := make([]float64, 3), make([]float64, 9)
	for range draws {
		for i, shape := range alpha {
			logs[i] = s.LogGamma(shape)
		}
		for i, d := range reparam.Dirichlet(jacobian, logs, alpha) {
			columns[i] = append(columns[i], d)
		}
	}
	for i, a := range alpha {
		for j := range alpha {
			want := -a / (whole * whole)
			if i == j {
				want += 1 / whole
			}
			checkMean(t, fmt.Sprintf("dx_%d/dα_%d", i, j), columns[3*i+j], want)
		}
	}
}
