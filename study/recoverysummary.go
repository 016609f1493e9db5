package study

import (
	"fmt"
	"math"
	"strings"
)

// RecoverySummary is a recovery in numbers.
type RecoverySummary struct {
	Study      string               `json:"study"`
	Fits       int                  `json:"fits"`
	Failed     int                  `json:"failed"`
	Draws      int                  `json:"draws"`
	Weight     float64              `json:"weight"`
	Likelihood bool                 `json:"likelihood"` // ranks ought to be uniform
	Parameters map[string]Uniform   `json:"parameters"`
	Density    Uniform              `json:"expected_coverage"` // draws denser than the truth
	Distance   Uniform              `json:"tarp"`              // draws closer to a random point than the truth
	Band       map[string][]float64 `json:"band"`              // counts of ranks at most 0, 1, …: low and high
	Believe    []Finding            `json:"believe"`
	Seconds    float64              `json:"seconds,omitempty"`
}

// Uniform is how far ranks are from uniform.
type Uniform struct {
	P          float64 `json:"p"`           // of ranks as uneven as these if uniform
	Inside     bool    `json:"inside_band"` // of 95 % for the whole distribution function
	LogGamma   float64 `json:"log_gamma"`   // below zero outside the band
	ChiSquare  float64 `json:"p_chi_square"`
	Coverage50 float64 `json:"coverage50"` // share of truths in the half, central or of highest density
	Coverage90 float64 `json:"coverage90"`
	Ranks      []int   `json:"ranks"`
}

// Of returns the ranks of parameter k over the fits.
func (r *Recovery) Of(k int) []int {
	ranks := make([]int, len(r.Fits))
	for i, fit := range r.Fits {
		ranks[i] = fit.Below[k]
	}
	return ranks
}

// Joint returns the ranks by density and by distance over the fits.
func (r *Recovery) Joint() (denser, closer []int) {
	for _, fit := range r.Fits {
		denser, closer = append(denser, fit.Denser), append(closer, fit.Closer)
	}
	return denser, closer
}

// Summary returns the recovery in numbers.
func (r *Recovery) Summary() RecoverySummary {
	denser, closer := r.Joint()
	out := RecoverySummary{
		Study: r.Study.Title(), Fits: len(r.Fits), Failed: r.Failed, Draws: RecoveryDraws, Weight: r.Weight, Likelihood: r.likelihood,
		Parameters: map[string]Uniform{}, Band: map[string][]float64{"low": r.Band.Low, "high": r.Band.High},
		Density: r.judge(denser, lowest), Distance: r.judge(closer, lowest),
	}
	for k, name := range r.Names {
		out.Parameters[name] = r.judge(r.Of(k), central)
	}
	out.Believe = r.findings(out)
	return out
}

// judge describes ranks; inside says whether a rank, scaled to (0, 1), lies in
// the part of a posterior that ought to hold the truth with a probability.
func (r *Recovery) judge(ranks []int, inside func(u, probability float64) bool) Uniform {
	p := r.Band.P(ranks)
	return Uniform{
		P: p, Inside: p >= 0.05, LogGamma: r.Band.LogGamma(ranks), ChiSquare: r.Band.ChiSquare(ranks),
		Coverage50: covered(ranks, 0.5, inside), Coverage90: covered(ranks, 0.9, inside), Ranks: ranks,
	}
}

func central(u, probability float64) bool { return math.Abs(u-0.5) <= probability/2 }
func lowest(u, probability float64) bool  { return u <= probability }

// covered is the share of ranks in the part.
func covered(ranks []int, probability float64, inside func(u, probability float64) bool) float64 {
	n := 0.0
	for _, rank := range ranks {
		if inside((float64(rank)+0.5)/(RecoveryDraws+1), probability) {
			n++
		}
	}
	return n / float64(len(ranks))
}

// findings says in plain words what the ranks mean.
func (r *Recovery) findings(s RecoverySummary) []Finding {
	var uneven []string
	for _, name := range r.Names {
		if x := s.Parameters[name]; !x.Inside {
			uneven = append(uneven, fmt.Sprintf("%s (%s)", name, r.Band.Shape(x.Ranks)))
		}
	}
	all := []Finding{}
	switch {
	case len(uneven) == 0:
		all = append(all, Finding{true, fmt.Sprintf("The true values rank evenly among the draws of %d fits, within the 95 %% band for every parameter.", s.Fits)})
	case s.Likelihood:
		all = append(all, Finding{false, "The ranks leave the 95 % band for " + strings.Join(uneven, ", ") + ". The fits are not the posteriors of this likelihood: more training steps, more replicates, an estimator without bias or a family that bends may mend it."})
	default:
		all = append(all, Finding{false, "The ranks leave the 95 % band for " + strings.Join(uneven, ", ") + ". The loss is no likelihood, so this need not be an error: choose the weight by what the intervals cover."})
	}
	all = append(all, together("Regions of highest density", s.Density, s.Fits), together("Balls around random points (TARP)", s.Distance, s.Fits))
	if r.Failed > 0 {
		all = append(all, Finding{false, fmt.Sprintf("%d fits failed and are left out.", r.Failed)})
	}
	return all
}

// together judges a test of all parameters together.
func together(what string, x Uniform, fits int) Finding {
	text := fmt.Sprintf("%s: those of 90 %% hold %.0f %% of the truths, those of 50 %% hold %.0f %%", what, 100*x.Coverage90, 100*x.Coverage50)
	if x.Inside {
		return Finding{true, text + "; even within the 95 % band."}
	}
	return Finding{false, text + "; uneven."}
}
