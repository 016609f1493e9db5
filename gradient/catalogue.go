package gradient

// catalogue lists the estimators that can be chosen by name.
var catalogue = []kind{
	{
		name: "straight-through",
		doc:  "tangent of the probability; exact where all downstream is linear",
		work: work{run: 1.5, lane: 0.7},
		make: func(map[string]float64) Estimator { return StraightThrough{} },
	},
	{
		name: "gumbel-softmax",
		doc:  "tangent of a softmax of perturbed logits; low bias or low variance, by temperature",
		options: []Option{
			{Name: "temperature", Doc: "temperature τ of the softmax", Default: 0.1, Open: true},
			{Name: "calibrate", Doc: "1 divides out the factor by which a single draw's derivative is biased", Allowed: []string{"0", "1"}},
		},
		discrete: true, work: work{run: 2, lane: 1.2},
		make: func(o map[string]float64) Estimator {
			return GumbelSoftmax{Temperature: o["temperature"], Calibrate: o["calibrate"] == 1}
		},
	},
	{
		name: "smoothed",
		doc:  "expected jump to the alternative as tangent (smoothed stochastic triples)",
		options: []Option{
			{Name: "side", Doc: "where alternatives lie: both, right, left or weighted", Allowed: smoothings},
		},
		discrete: true, work: work{run: 1.5, lane: 0.7},
		make: func(o map[string]float64) Estimator { return Smoothed{Side: Smoothing(o["side"])} },
	},
	{
		name: "score",
		doc:  "likelihood ratio with leave-one-out baseline; unbiased, noisy",
		options: []Option{
			{Name: "runs", Doc: "runs of a group, each the others' baseline", Default: 10, Min: 2, Whole: true},
			{Name: "continuous", Doc: "draws of continuous laws: pathwise, or by their score too", Allowed: []string{"pathwise", "score"}},
		},
		unbiased: true, discrete: true, work: work{run: 1.8},
		make: func(o map[string]float64) Estimator {
			return Score{Runs: int(o["runs"]), Continuous: o["continuous"] == 1}
		},
	},
	{
		name: "resample-pair",
		doc:  "draws single sites anew and compares both histories; unbiased, for attributes drawn once",
		options: []Option{
			{Name: "pairs", Doc: "sites drawn anew a sample, on average", Default: 10, Min: 1, Whole: true},
		},
		unbiased: true, work: work{run: 1.2},
		make: func(o map[string]float64) Estimator { return ResamplePair{Pairs: int(o["pairs"])} },
	},
	{
		name: "flip",
		doc:  "forces single draws and follows the alternative histories; unbiased, the reference",
		options: []Option{
			{Name: "flips", Doc: "alternatives a sample, on average; by default 100, or more if they take no longer than a run", Min: 1, Whole: true, Usual: "many"},
			{Name: "side", Doc: "alternatives that count: both, right or left", Allowed: sides},
			{Name: "pilot", Doc: "pilot runs that learn masses and effects", Default: 3, Min: 1, Whole: true},
		},
		unbiased: true, discrete: true, work: work{run: 2},
		make: func(o map[string]float64) Estimator {
			return Flip{Flips: int(o["flips"]), Side: Side(o["side"]), Pilot: int(o["pilot"])}.withDefaults()
		},
	},
	{
		name: "cavity",
		doc:  "messages along contacts that leave out their own echo; for contagions on sparse networks",
		work: work{run: 3, lane: 4},
		make: func(map[string]float64) Estimator { return Cavity{} },
	},
	{
		name: "debiased",
		doc:  "flips that tell where a surrogate is wrong; unbiased, for the gradient of a loss",
		options: []Option{
			{Name: "flips", Doc: "alternatives a sample, on average", Default: 100, Min: 1, Whole: true},
			{Name: "pilot", Doc: "pilot runs that learn coefficients and effects", Default: 3, Min: 1, Whole: true},
			{Name: "surrogate", Doc: "what forecasts effects: cavity, straight-through, or best for the model", Allowed: surrogates},
		},
		unbiased: true, work: work{run: 5},
		make: func(o map[string]float64) Estimator {
			return Debiased{Flips: int(o["flips"]), Pilot: int(o["pilot"]), Surrogate: Surrogate(o["surrogate"])}.withDefaults()
		},
	},
	{
		name: "finite-difference",
		doc:  "central differences with common random numbers, step tuned per parameter",
		options: []Option{
			{Name: "relative_step", Doc: "step as a share of each parameter; 0 tunes it", Default: 0},
			{Name: "pilot", Doc: "runs per candidate step when tuning", Default: 16, Min: 4, Whole: true},
		},
		work: work{run: 1, apart: true},
		make: func(o map[string]float64) Estimator {
			return FiniteDifference{RelativeStep: o["relative_step"], Pilot: int(o["pilot"]), tuned: new(tunedSteps)}
		},
	},
	{
		name: autoName,
		doc:  "measures the others on a pilot and takes the best for each parameter, by counted work",
		options: []Option{
			{Name: "pilot", Doc: "pilot samples of each estimator", Default: 32, Min: 4, Whole: true},
			{Name: "budget", Doc: "plain runs' worth of work behind a mean, at which errors are compared", Default: 1000, Min: 1, Whole: true},
		},
		make: func(o map[string]float64) Estimator {
			return Auto{Pilot: int(o["pilot"]), Budget: int(o["budget"]), chosen: new(chosen)}
		},
	},
}

// Options returns the options of the named estimator, none for an unknown one.
func Options(name string) []Option {
	for _, k := range catalogue {
		if k.name == name {
			return k.options
		}
	}
	return nil
}
