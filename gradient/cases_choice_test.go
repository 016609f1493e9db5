package gradient_test

import (
	"math"
	"strconv"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

func format(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// choiceCases are single choices among several.
func choiceCases() []exactCase {
	return []exactCase{categoricalCase(), softmaxCase(), sparseChoiceCase()}
}

// categoricalCase has probabilities θ/2, θ/2 and 1−θ.
func categoricalCase() exactCase {
	const theta = 0.6
	m := toy("choice of three", []string{"theta"}, []string{"value"}, func(w *abm.World) []ad.Num {
		half := w.Param("theta").Times(0.5)
		c := w.Categorical(0, []ad.Num{half, half, w.Param("theta").Not()})
		return []ad.Num{c.Of(nums(3.5, 5.2, 8.4))}
	})
	return exactCase{
		name: "choice of three", model: m, theta: []float64{theta},
		mean: []float64{4.35*theta + 8.4*(1-theta)}, d: [][]float64{{-4.05}},
		exact: smoothed,
		told:  map[string]told{"straight-through": one(-4.05, 0)},
	}
}

// softmaxCase chooses with probabilities e^θ_j/Σ e^θ among payoffs f.
func softmaxCase() exactCase {
	theta, payoff := []float64{0.5, -0.3, 0.1}, []float64{1, 4, 3}
	names := []string{"theta1", "theta2", "theta3"}
	m := toy("softmax choice", names, []string{"payoff"}, func(w *abm.World) []ad.Num {
		var p []ad.Num
		sum := ad.Num{}
		for _, name := range names {
			p = append(p, w.Param(name).Exp())
			sum = sum.Add(p[len(p)-1])
		}
		for k := range p {
			p[k] = p[k].Div(sum)
		}
		return []ad.Num{w.Categorical(0, p).Of(nums(payoff...))}
	})
	sum, mean := 0.0, 0.0
	for k, x := range theta {
		sum += math.Exp(x)
		mean += math.Exp(x) * payoff[k]
	}
	mean /= sum
	d := make([]float64, len(theta))
	for k, x := range theta {
		d[k] = math.Exp(x) / sum * (payoff[k] - mean)
	}
	return exactCase{
		name: "softmax choice", model: m, theta: theta, mean: []float64{mean}, d: [][]float64{d},
		exact: smoothed, told: map[string]told{"straight-through": {mean: [][]float64{d}, sd: [][]float64{{0, 0, 0}}}},
	}
}

// sparseChoiceCase has alternatives of probability 0 between and after the
// others, which a parameter makes possible.
func sparseChoiceCase() exactCase {
	const a, b = 0.4, 0.0
	m := toy("choice with impossible alternatives", []string{"a", "b"}, []string{"value"}, func(w *abm.World) []ad.Num {
		x, y := w.Param("a"), w.Param("b")
		c := w.Categorical(0, []ad.Num{x, y, {}, x.Add(y.Times(3)).Not(), y.Times(2)})
		return []ad.Num{c.Of(nums(1, 3, 7, 2, 9))}
	})
	m.Parameters[1].Support = abm.Positive
	d := []float64{1 - 2, 3 - 3*2 + 2*9}
	possible := told{mean: [][]float64{{d[0], -3*2 + 3*(a+2*(1-a))}}}
	return exactCase{
		name: "choice with impossible alternatives", model: m, theta: []float64{a, b},
		mean: []float64{a + 2*(1-a)}, d: [][]float64{d},
		exact: []string{"weighted"},
		told: map[string]told{
			"straight-through": {mean: [][]float64{d}, sd: [][]float64{{0, 0}}},
			// what the last alternative gains comes from below alone
			"right": {mean: [][]float64{d}},
			"left":  {mean: [][]float64{{d[0], d[1] - 2*(9-2)}}},
			"both":  {mean: [][]float64{{d[0], d[1] - (9 - 2)}}},
			// a score is blind to what is impossible
			"score": possible, "resample-pair": possible,
		},
	}
}
