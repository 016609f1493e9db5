package gradient

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/floats/scalar"
	"gonum.org/v1/gonum/stat/distuv"
)

// Summary judges one estimator's derivatives with respect to one parameter, over
// all observables and steps. Shares are of the peak of the derivative concerned:
// the largest |reference| of its observable.
type Summary struct {
	Estimator string  `json:"estimator"`
	Parameter string  `json:"parameter"`
	Z         Extreme `json:"worst_z"`         // largest |estimate − reference| in standard errors of both
	Deviation Extreme `json:"worst_deviation"` // largest |estimate − reference| as a share
	Noise     Extreme `json:"worst_noise"`     // largest standard error of both as a share

	// Root mean squares over observables and steps, as shares.
	Bias   float64 `json:"bias"`                 // beyond noise
	BiasSE float64 `json:"bias_se"`              // standard error of both
	SD     float64 `json:"sd"`                   // of a single sample
	Error  float64 `json:"error_after_a_second"` // of the mean of a second's samples

	Agrees    bool   `json:"agrees"`
	Undecided bool   `json:"undecided"` // neither shown to agree nor refuted
	Verdict   string `json:"verdict"`
}

// Extreme is a largest value with the derivative it belongs to.
type Extreme struct {
	Value      float64 `json:"value"`
	Observable string  `json:"observable"`
	Step       int     `json:"step"`
}

// update takes the value of row r into account.
func (e *Extreme) update(v float64, r Row) {
	if e.Observable == "" || v > e.Value {
		*e = Extreme{v, r.Observable, r.Step}
	}
}

const (
	// tolerance is the deviation, as a share of the peak, that is let pass.
	tolerance = 0.05
	// explosion is the share of the peak from which an estimate explodes.
	explosion = 10
	// doubt is the probability to find any deviation beyond noise in a summary
	// where there is none.
	doubt = 0.01
)

// critical returns the least z-score that is beyond noise among n comparisons of
// means over the given number of samples: Student's t at doubt/n, two-sided.
func critical(n, samples int) float64 {
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(samples - 1)}
	return t.Quantile(1 - doubt/(2*float64(n)))
}

// few is the number of samples carrying an estimate up to which its standard
// error is not to be trusted.
const few = 10

// comparison is a row with what a verdict looks at.
type comparison struct {
	Row
	top   float64 // the peak
	z     float64 // |estimate − reference| in standard errors of both
	share float64 // |estimate − reference| as a share of the peak
	noise float64 // standard error of both as a share of the peak
	loud  float64 // the estimate's own standard error as a share of the peak
	thin  bool    // few samples carry the estimate or the reference
}

// compare works out what a verdict looks at. The reference may be off by the
// share of the peak that doubtful gives, besides its noise.
func compare(rows []Row, doubtful float64) []comparison {
	peak := map[string]float64{} // by observable
	still := map[string]bool{}   // estimated as zero at every step
	for _, r := range rows {
		peak[r.Observable] = max(peak[r.Observable], math.Abs(r.Reference))
		zero, seen := still[r.Observable]
		still[r.Observable] = (zero || !seen) && r.Carriers == 0
	}
	compared := make([]comparison, len(rows))
	for i, r := range rows {
		top := peak[r.Observable]
		off := math.Abs(r.Estimate - r.Reference)
		se := math.Hypot(math.Hypot(r.SE, r.ReferenceSE), doubtful*top)
		compared[i] = comparison{Row: r, top: top, z: ratio(off, se), share: ratio(off, top), thin: r.thin(still[r.Observable])}
		if top > 0 { // else there is nothing for noise to hide
			compared[i].noise, compared[i].loud = se/top, r.SE/top
		}
	}
	return compared
}

// thin reports whether so few samples carry the estimate or the reference that
// their standard errors are not to be trusted. An estimate that is zero in every
// sample is thin unless the observable is still: zero at every step.
func (r Row) thin(still bool) bool {
	return r.Carriers < few && !still || 0 < r.ReferenceCarriers && r.ReferenceCarriers < few
}

// finding is what a verdict is made of.
type finding struct {
	Summary
	rows    []comparison
	beyond  float64 // z-scores above are beyond noise
	far     bool    // some are
	biased  Extreme // largest deviation among these, where no row is thin
	suspect Extreme // and where rows are thin
	loudest Extreme // largest standard error of the estimate as a share
}

// summarise judges the rows of one estimator and parameter, given the share of
// the peak that the reference may be off by besides its noise.
func summarise(rows []Row, samples int, doubtful float64) Summary {
	f := finding{rows: compare(rows, doubtful), beyond: critical(len(rows), samples)}
	f.Estimator, f.Parameter = rows[0].Estimator, rows[0].Parameter
	for _, c := range f.rows {
		f.Z.update(c.z, c.Row)
		f.Deviation.update(c.share, c.Row)
		f.Noise.update(c.noise, c.Row)
		f.loudest.update(c.loud, c.Row)
		switch {
		case c.z <= f.beyond:
		case c.thin:
			f.suspect.update(c.share, c.Row)
		default:
			f.far = true
			f.biased.update(c.share, c.Row)
		}
	}
	f.Agrees, f.Verdict = f.judge()
	f.Undecided = strings.HasPrefix(f.Verdict, "cannot tell")
	return f.Summary
}

// judge puts the finding into plain words.
func (f *finding) judge() (agrees bool, verdict string) {
	hidden := f.beyond * f.Noise.Value
	off := f.biased
	if f.suspect.Value > off.Value {
		off = f.suspect
	}
	switch {
	case math.IsNaN(f.rows[0].Reference):
		return false, "no finite sample of the reference"
	case math.IsNaN(f.rows[0].Estimate):
		return false, "no finite sample"
	case math.IsInf(f.biased.Value, 1):
		return false, "biased: not zero " + f.biased.where() + ", where the reference is zero at every step"
	case off.Value > explosion:
		return false, fmt.Sprintf("explodes: off by %s times the peak %s", short(off.Value), off.where())
	case f.loudest.Value > explosion:
		return false, fmt.Sprintf("explodes: standard error %s times the peak %s", short(f.loudest.Value), f.loudest.where())
	case f.biased.Value > tolerance && f.blind():
		return false, "blind: zero at every step, where the reference is not"
	case f.biased.Value > tolerance:
		return false, fmt.Sprintf("biased: off by %s of the peak %s", percent(f.biased.Value), f.biased.where())
	case f.suspect.Value > tolerance:
		return false, fmt.Sprintf("cannot tell: a few large samples carry the estimate %s; take more samples", f.suspect.where())
	case hidden > 1:
		return false, fmt.Sprintf("cannot tell: noise would hide a bias of %s times the peak (%s); take more samples", short(hidden), f.Noise.Observable)
	case f.far || f.suspect.Value > 0:
		return true, fmt.Sprintf("agrees within %s of the peak", percent(tolerance))
	case f.Noise.Value == 0:
		return true, "agrees exactly"
	default:
		return true, fmt.Sprintf("agrees within noise, which would hide at most %s of the peak", percent(hidden))
	}
}

// blind reports whether all estimates are zero.
func (f *finding) blind() bool {
	for _, r := range f.rows {
		if r.Estimate != 0 {
			return false
		}
	}
	return true
}

// where says where the value was found.
func (e Extreme) where() string { return fmt.Sprintf("at step %d (%s)", e.Step, e.Observable) }

// ratio is a/b with 0/0 = 0.
func ratio(a, b float64) float64 {
	if a == 0 {
		return 0
	}
	return a / b
}

// percent writes a share.
func percent(share float64) string { return short(100*share) + " %" }

// short writes x ≥ 0 with two significant digits.
func short(x float64) string {
	if x >= 1e6 || x < 1e-4 {
		return strconv.FormatFloat(x, 'g', 2, 64)
	}
	digits := 1 - int(math.Floor(math.Log10(x)))
	return strconv.FormatFloat(scalar.Round(x, digits), 'f', -1, 64)
}
