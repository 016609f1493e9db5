package gradient

// differenceRuns is how many runs finite differences take in a check by default.
const differenceRuns = 1200

// DefaultSamples returns how many samples of each estimator a check of derivatives by
// so many parameters takes unless told: 200, or as many as finite differences make
// of 1200 runs.
func DefaultSamples(parameters int) int {
	return max(20, min(200, differenceRuns/(2*max(1, parameters))))
}
