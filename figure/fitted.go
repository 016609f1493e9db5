package figure

import (
	"fmt"
	"math"
	"strings"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/report"
	"github.com/nudge-abm/nudge/study"
)

// each calls f for every fit with its contender's name.
func (c *calibration) each(f func(name string, r *study.Result)) {
	for i, r := range c.fits {
		f(contenders[i].name, r)
	}
}

// pictureOf returns a picture of a result by name.
func pictureOf(r *study.Result, name string) report.Figure {
	for _, f := range r.Figures() {
		if f.Name == name {
			return f.Figure
		}
	}
	panic("figure: a calibration has no picture " + name)
}

// describe sets what the fits have in common.
func (d *Drawing) describeFits(c *calibration) {
	r := c.fits[0]
	o, x := r.Calibration.Options, r.Calibration
	d.set(c.study, "%s; weight of the loss %g nats, %s; %d steps of %d draws and %d runs, learning rate %g; derivatives by %s",
		r.Study.Title(), x.Weight, x.Simulation.Loss, o.Steps, o.Draws, x.Simulation.Replicates, o.LearningRate, x.Simulation.Estimator.Name())
}

// differFits says what is not known of the paper's calibrations.
func (d *Drawing) differFits() {
	d.differ("The paper's priors, the weight and bandwidth of its loss, its learning rate and what its validation loss is are not known; the study files give ours and their reasons (`nudge init paper/sir` copies one).")
	d.differ("Both estimators serve the same fixed loss here. The bandwidth of the published code moves with the runs, which leaves an estimator without the model's derivatives little to go by.")
	d.differ("Pathwise here leaves out the part of the gradient whose mean is zero (sticking the landing).")
}

// meanLoss is the mean finite loss of predictive runs.
func meanLoss(p *calibrate.Predictive) float64 {
	sum, n := 0.0, 0.0
	for _, v := range p.Loss {
		if !math.IsNaN(v) {
			sum += v
			n++
		}
	}
	return sum / n
}

// share is the share of the observations inside the 90 % predictive band.
func share(c study.Coverage) float64 { return float64(c.Inside) / float64(c.Of) }

// missed returns the parameters whose true value is outside the central 90 % of the
// posterior draws, and how many have one.
func missed(r *study.Result) (names []string, of int) {
	for k, p := range r.Calibration.Parameters {
		if math.IsNaN(p.Truth) {
			continue
		}
		of++
		if q := calibrate.Summarise(r.Posterior.Column(k)); p.Truth < q.Q05 || p.Truth > q.Q95 {
			names = append(names, p.Name)
		}
	}
	return names, of
}

// wholeBand is the least share of observations that a 90 % band holds if it holds
// the data: the cells of a series stray together, so that it is no binomial share.
const wholeBand = 0.8

// judgeBands holds "the predictive distribution holds the data" against both fits.
func (d *Drawing) judgeBands(claim string, c *calibration) {
	held := true
	var words []string
	c.each(func(name string, r *study.Result) {
		x := r.Summary().Coverage90
		held = held && share(x) >= wholeBand
		words = append(words, fmt.Sprintf("%d of %d observations by %s", x.Inside, x.Of, name))
	})
	d.find(claim, verdictOf(held), fmt.Sprintf("Inside the 90 %% band are %s (%s or more counts as holding the data).", strings.Join(words, ", "), percent(wholeBand)))
}

// judgeGain holds "better than the prior" against both fits.
func (d *Drawing) judgeGain(claim string, c *calibration) {
	better := true
	var words []string
	c.each(func(name string, r *study.Result) {
		after, before := meanLoss(r.Predicted), meanLoss(r.Expected)
		better = better && after < before
		words = append(words, fmt.Sprintf("%s by %s", number(after), name))
	})
	d.find(claim, verdictOf(better), fmt.Sprintf("The mean loss of a posterior draw is %s; of a prior draw %s.",
		strings.Join(words, ", "), number(meanLoss(c.fits[0].Expected))))
}

// judgeTruth holds "the truth has high posterior mass" against some of the fits.
func (d *Drawing) judgeTruth(claim string, c *calibration, who ...int) {
	all := true
	var words []string
	for _, i := range who {
		names, of := missed(c.fits[i])
		all = all && len(names) == 0
		text := fmt.Sprintf("%s holds %d of %d true values in its central 90 %%", contenders[i].name, of-len(names), of)
		if len(names) > 0 {
			text += " (not " + strings.Join(names, ", ") + ")"
		}
		words = append(words, text)
	}
	d.find(claim, verdictOf(all), capital(strings.Join(words, "; "))+".")
}

// capital begins a sentence.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
