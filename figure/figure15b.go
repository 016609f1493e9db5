package figure

import (
	"context"
	"fmt"
	"strings"

	"github.com/nudge-abm/nudge/report"
)

var figure15b = Figure{
	Number: "15b",
	Title:  "Estimators on the sparse network",
	Claim: "On an Erdős–Rényi network of edge probability 0.005 straight-through fails: its derivatives explode by orders " +
		"of magnitude. Gumbel-softmax underestimates severely and vanishes. Smoothed stochastic triples follow finite " +
		"differences for about ten steps and then diverge. Only stochastic triples agree throughout.",
	draw: drawFigure15b,
}

func drawFigure15b(ctx context.Context, d *Drawing) error {
	c, err := d.sparseContest(ctx, append(surrogates(400), flips(400)))
	if err != nil {
		return err
	}
	d.add("means", "Mean estimates against finite differences. The axis is linear up to the scale of the reference, then logarithmic.", c.means(report.Symlog))
	for k, name := range contested {
		d.add(name, fmt.Sprintf("Single estimates against finite differences: %s. The axis is linear up to the scale of the reference, then logarithmic.", name), c.scatter(k, report.Symlog))
	}
	d.judgeExplosion(c)
	d.judgeVanishing(c)
	d.judgeDrift(c, smoothedName)
	d.judgeDrift(c, oneSidedName)
	d.judgeUnbiased(c, flipName)
	return nil
}

// sparseContest holds the contest on the sparse network.
func (d *Drawing) sparseContest(ctx context.Context, methods []method) (*contest, error) {
	s, err := d.epidemic(smallTown, contested, onSparse, noPolicies)
	if err != nil {
		return nil, err
	}
	c, err := d.hold(ctx, s, 4000, methods)
	if err != nil {
		return nil, err
	}
	d.describe(s)
	c.list(d)
	d.contested()
	d.differ("With edge probability 0.005 the mean degree is that of %d agents here, %d. It is 20 with 4000 agents, where straight-through keeps the right sign and scale: the effect needs a mean degree of about 2.5 to 5, which suggests a population of at most 1000 in the paper.", smallTown, sparseDegree)
	return c, nil
}

// eachParameter joins what is said of each parameter.
func (c *contest) eachParameter(say func(k int, name string) string) string {
	var words []string
	for k, name := range c.parameters() {
		words = append(words, say(k, name))
	}
	return strings.Join(words, "; ")
}

// explosion is the multiple of the reference's peak from which an estimate
// explodes.
const explosion = 10

func (d *Drawing) judgeExplosion(c *contest) {
	x := c.entry(throughName)
	least := explosion * 2.0
	seen := c.eachParameter(func(k int, name string) string {
		times := peak(x.mean[k]) / peak(c.reference.mean[k])
		least = min(least, times)
		return fmt.Sprintf("%s reaches %s, %s times the peak of the reference", name, number(peak(x.mean[k])), digits(times, 2))
	})
	d.find("Straight-through explodes by orders of magnitude.", verdictOf(least >= explosion), "straight-through: "+seen+".")
}

// early is the number of steps for which smoothed triples are said to be right.
const early = 10

func (d *Drawing) judgeVanishing(c *contest) {
	x := c.entry(gumbelName)
	most := 0.0
	seen := c.eachParameter(func(k int, name string) string {
		share := rms(x.mean[k][early:]) / rms(c.reference.mean[k][early:])
		most = max(most, share)
		return fmt.Sprintf("%s has %s of the size of the reference", name, percent(share))
	})
	d.find("Gumbel-softmax underestimates severely and vanishes.", verdictOf(most < 0.5),
		fmt.Sprintf("gumbel-softmax, from step %d on: %s (root mean squares).", early, seen))
}

func (d *Drawing) judgeDrift(c *contest, who string) {
	x := c.entry(who)
	holds := true
	seen := c.eachParameter(func(k int, name string) string {
		first := gapOf(x, c.reference, name, k, 0, early+1)
		later := gapOf(x, c.reference, name, k, early+1, len(x.mean[k]))
		holds = holds && first.share <= agreement && later.share > 0.5
		return fmt.Sprintf("%s is off by at most %s of the peak until step %d and by %s later (step %d)",
			name, percent(first.share), early, percent(later.share), later.step)
	})
	d.find(fmt.Sprintf("Smoothed triples agree for about ten steps and then diverge substantially (%s).", who), verdictOf(holds), who+": "+seen+", beyond noise.")
}

func (d *Drawing) judgeUnbiased(c *contest, who string) {
	x := c.entry(who)
	if x == nil {
		return
	}
	g := c.gaps(x, c.reference)
	d.find("Stochastic triples agree with finite differences throughout.", g.verdict(), fmt.Sprintf("%s: %s.", who, g))
}
