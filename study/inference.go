package study

import (
	"github.com/nudge-abm/nudge/report"
)

// inference is what only one method has to show of a result.
type inference interface {
	// cost is the number of simulations that it took to find the posterior.
	cost() int
	// findings says what to believe of it.
	findings() []Finding
	// summarise adds its numbers.
	summarise(s *Summary)
	// chains is the number of chains of equal length that the draws are in.
	chains() int
	// statistics are numbers of each draw, other than its parameters.
	statistics() []statistic
	// section is its part of the report, with its figures.
	section() (title string, figures []NamedFigure)
	// documents are the files that it leaves.
	documents() []Document
	// settings lists what decided how it went.
	settings() []report.Setting
	// origin says where the draws come from.
	origin() string
}

// statistic is a number of each posterior draw, by the name that ArviZ has for
// it if any.
type statistic struct {
	name   string
	values []float64
}

// inference returns the view of the method that made the result.
func (r *Result) inference() inference {
	switch {
	case r.Sample != nil:
		return markov{r}
	case r.Population != nil:
		return population{r}
	}
	return variationally{r}
}

// lossStatistics are the log of the generalised posterior at each draw up to a
// constant, the log prior density and the loss, with fresh luck.
func (r *Result) lossStatistics() []statistic {
	lp := make([]float64, len(r.Posterior.LogPrior))
	for s := range lp {
		lp[s] = r.Posterior.LogPrior[s] - r.Calibration.Weight*r.Predicted.Loss[s]
	}
	return []statistic{{"lp", lp}, {"log_prior", r.Posterior.LogPrior}, {"loss", r.Predicted.Loss}}
}
