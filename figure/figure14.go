package figure

import (
	"context"
	"fmt"
	"math"

	"github.com/nudge-abm/nudge/report"
)

var figure14 = Figure{
	Number: "14",
	Title:  "When quarantine starts and ends",
	Claim: "Straight-through derivatives of the new infections in the start and the end of quarantine, through the surrogate " +
		"of its gate, agree with finite differences. They are zero before quarantine, largest near its beginning and still " +
		"not zero after its end. For one of the two they fall to zero soon after quarantine begins, since infections become rare.",
	draw: drawFigure14,
}

// quarantineActs and quarantineEnds are the rows in which quarantine first acts and in which it
// first acts no more: a row is made by the step that begins one unit of time
// before it.
const quarantineActs, quarantineEnds = 16, 26

// smear is three standard deviations of the gate's surrogate, in steps.
const smear = 3

func drawFigure14(ctx context.Context, d *Drawing) error {
	s, err := d.epidemic(smallTown, []string{"quarantine_start", "quarantine_end"}, onComplete)
	if err != nil {
		return err
	}
	c, err := d.hold(ctx, s, 3000, through(400))
	if err != nil {
		return err
	}
	f := c.tracks()
	for k := range f.Panels {
		f.Panels[k].Boxes = c.entries[0].boxes(k, 1)
	}
	d.add("times", "Derivatives of the new infections, a share of the population, in the times at which quarantine starts and ends: single straight-through estimates against finite differences by a whole step to either side.", f)
	d.add("means", "The means of the same.", c.means(report.Linear))
	d.judgeTiming(c)
	d.describe(s)
	c.list(d)
	d.differ("The surrogate is the normal CDF with σ = 1 of the paper's code. The gate itself is hard, so that a finite difference tells of whole steps only; with a wider step the paper's may have been smoother than ours.")
	return nil
}

// judgeTiming holds the statements of the paper against start (0) and end (1).
func (d *Drawing) judgeTiming(c *contest) {
	x := c.entries[0]
	start, end := x.mean[0], x.mean[1]
	before := max(peak(start[:quarantineActs-smear])/peak(start), peak(end[:quarantineActs-smear])/peak(end))
	d.find("The derivatives are zero before quarantine.", verdictOf(before < 0.01), fmt.Sprintf(
		"Until %d steps before quarantine acts they are at most %s of their peaks; the surrogate then lets that in the start rise early, while the finite difference is zero until a step before.", smear, percent(before)))
	top, topEnd := highest(start), highest(end)
	d.find("The derivatives are largest near the beginning of quarantine.", verdictOf(near(top, quarantineActs) && near(topEnd, quarantineActs)), fmt.Sprintf(
		"Quarantine acts from step %d to step %d. The derivative in its start is largest at step %d, that in its end at step %d: nothing that happens before can depend on when quarantine ends.",
		quarantineActs, quarantineEnds-1, top, topEnd))
	after := quarantineEnds + smear
	late, lateEnd := rms(start[after:])/peak(start), rms(end[after:])/peak(end)
	d.find("The derivatives are still not zero after the end of quarantine.", verdictOf(min(late, lateEnd) > 0.02), fmt.Sprintf(
		"From step %d on their root mean square is %s (start) and %s (end) of their peaks.", after, percent(late), percent(lateEnd)))
	during := peak(start[quarantineActs+smear:quarantineEnds-smear]) / peak(start)
	d.find("For one of the two the derivative falls to zero soon after quarantine begins.", verdictOf(during < agreement), fmt.Sprintf(
		"Between step %d and step %d that in the start is at most %s of its peak, and it returns with the infections once quarantine ends: %s at step %d.",
		quarantineActs+smear, quarantineEnds-smear-1, percent(during), number(start[quarantineEnds+1]), quarantineEnds+1))
	g := c.gaps(x, c.reference)
	d.find("Straight-through through the surrogate agrees with finite differences.", g.verdict(), g.String()+".")
	from, to := quarantineActs-2*smear, quarantineActs+2*smear
	d.note("What the surrogate tells wrongly of single steps it tells rightly of their sum: over steps %d to %d the derivatives in the start add up to %s, finite differences to %s.",
		from, to-1, number(total(start[from:to])), number(total(c.reference.mean[0][from:to])))
}

// highest returns the place of the largest magnitude.
func highest(x []float64) int {
	at := 0
	for i, v := range x {
		if math.Abs(v) > math.Abs(x[at]) {
			at = i
		}
	}
	return at
}

func near(a, b int) bool { return a-b <= smear && b-a <= smear }

func total(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum
}
