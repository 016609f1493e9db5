package gradient

// catalogue lists the estimators that can be chosen by name.
var catalogue = []kind{
	{
		name: "straight-through",
		doc:  "tangent of the probability; exact where all downstream is linear",
		make: func(map[string]float64) Estimator { return StraightThrough{} },
	},
	{
		name: "finite-difference",
		doc:  "central differences with common random numbers, step tuned per parameter",
		options: []Option{
			{Name: "relative_step", Doc: "step as a share of each parameter; 0 tunes it", Default: 0},
			{Name: "pilot", Doc: "runs per candidate step when tuning", Default: 16, Min: 4},
		},
		make: func(o map[string]float64) Estimator {
			return FiniteDifference{RelativeStep: o["relative_step"], Pilot: int(o["pilot"]), tuned: new(tunedSteps)}
		},
	},
}
