package figure

import (
	"fmt"
	"math"
	"strings"
)

const (
	// agreement is the difference, as a share of the reference's peak, up to which
	// two curves agree.
	agreement = 0.1
	// blur is the difference, as a share of the peak, that noise may hide in curves
	// that are said to agree.
	blur = 0.5
	// sure is how many standard errors of a difference are put down to noise.
	sure = 3
)

// gap is how far an estimate is from the reference.
type gap struct {
	parameter           string
	share               float64 // largest difference beyond noise as a share of the peak
	step                int     // where that is
	estimate, reference float64 // there
	hidden              float64 // largest difference that noise would hide, as a share of the peak
}

// gapOf compares the derivatives by parameter k in rows from … to−1.
func gapOf(d, reference *derivatives, parameter string, k, from, to int) gap {
	g := gap{parameter: parameter}
	top := peak(reference.mean[k])
	for t := from; t < to; t++ {
		noise := sure * math.Hypot(d.se[k][t], reference.se[k][t])
		off := math.Abs(d.mean[k][t]-reference.mean[k][t]) - noise
		if share := max(0, off) / top; share > g.share || t == from {
			g.share, g.step, g.estimate, g.reference = share, t, d.mean[k][t], reference.mean[k][t]
		}
		g.hidden = max(g.hidden, noise/top)
	}
	return g
}

// verdict says whether the curves agree.
func (g gap) verdict() Verdict {
	switch {
	case g.share > agreement:
		return Differs
	case g.hidden > blur:
		return Unclear
	}
	return Holds
}

// String says how large the gap is.
func (g gap) String() string {
	switch g.verdict() {
	case Differs:
		return fmt.Sprintf("%s is off by %s of the peak beyond noise at step %d (%s against %s)",
			g.parameter, percent(g.share), g.step, number(g.estimate), number(g.reference))
	case Unclear:
		return fmt.Sprintf("%s may agree or not (noise would hide %s of the peak)", g.parameter, percent(g.hidden))
	}
	return fmt.Sprintf("%s agrees (noise would hide %s of the peak)", g.parameter, percent(g.hidden))
}

// gaps compares all rows for each parameter.
func (s *subject) gaps(d, reference *derivatives) gapList {
	var all gapList
	for k, name := range s.parameters() {
		all = append(all, gapOf(d, reference, name, k, 0, len(d.mean[k])))
	}
	return all
}

type gapList []gap

// verdict says whether all agree.
func (l gapList) verdict() Verdict {
	worst := Holds
	for _, g := range l {
		switch v := g.verdict(); {
		case v == Differs:
			return Differs
		case v == Unclear:
			worst = Unclear
		}
	}
	return worst
}

// String says how large each is.
func (l gapList) String() string {
	words := make([]string, len(l))
	for i, g := range l {
		words[i] = g.String()
	}
	return strings.Join(words, "; ")
}

// peak returns the largest magnitude.
func peak(x []float64) float64 {
	top := 0.0
	for _, v := range x {
		top = max(top, math.Abs(v))
	}
	return top
}

// rms returns the root mean square.
func rms(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v * v
	}
	return math.Sqrt(sum / float64(len(x)))
}
