// Package firms is Axtell's model of firms (The emergence of firms in a
// population of agents, 1999) as in "Automatic Differentiation of Agent-Based
// Models", section 2.1: workers look for the team in which they are best off, and
// firms grow, shrink, come and go.
//
// Agent i has a preference θ_i for income over leisure and puts effort e_i into
// its firm. Firm f of total effort E_f makes
//
//	O_f = a_f·E_f + b_f·E_f² ,
//
// with the scale a_f and the increasing returns b_f, and its n_f members share the
// output equally. In its turn the agent considers its own firm, the firms of its
// friends and one of its own, whose a and b are drawn afresh. In each, with the
// effort Ẽ of the n−1 others, it would put in the effort e that maximises
//
//	U(e) = (O(Ẽ+e)/n)^θ · (1−e)^(1−θ) ,
//
// see [BestEffort], and it goes where that is highest. Draws are
//
//	θ_i ~ Beta(preference_a, preference_b),  a_f ~ c·Beta(scale_a, scale_b),
//	e_i(0) ~ Beta(effort_a, effort_b),       b_f ~ c·Beta(returns_a, returns_b),
//
// with the constant c = productivity. Every agent begins alone in a firm.
//
// # Rules
//
// The published code departs from the paper. Under its rules (rules =
// published-code) an agent is active with probability 1−e^(−1/4) a step; it
// judges a firm by what that made before the step, shared by the members at the
// time of its turn: in its own firm with itself, in another without itself; its
// own new firm by the effort it puts in now; it takes the effort of others to be
// what a firm had before the step less its own, wherever it works; friends are
// drawn from all agents, itself included; and laws are those of Kumaraswamy
// instead of beta laws.
//
// # Derivatives
//
// The choice is that of the highest logarithm of utility. It has the derivatives
// of a softmax of the given temperature, the surrogate gradient of the paper,
// section 3.3: see choose.go for what moves with it. The best effort is
// differentiated exactly, and so are the draws (pathwise). What remains is the
// bias of the surrogate. At the defaults it is up to a tenth of the peak for the mean
// effort and output by the preference and the effort at the start, and for the
// output by scale and returns a little more; the derivatives of the effort by scale
// and returns are next to nothing and wrong. Those of the mean size of firms are too
// small by up to half of the peak and more, and those of the size distribution are
// rough.
//
// Every parameter is one of laws of draws, those of start-ups included. So with
// beta laws the estimators score (with continuous=score) and resample-pair have
// no bias; nor have finite differences at a small step. The others rely on the
// surrogate, flip too: nothing discrete is drawn.
package firms

import (
	"github.com/nudge-abm/nudge/abm"
)

// The purposes of the model's draws.
const (
	preferring abm.Purpose = iota
	working
	scaling
	returning
	activation
	ordering
)

// The observables, by index.
const (
	meanEffort = iota
	firmSize
	firmOutput
	atLeast // the first of those of the size distribution
)

// sizes are the firm sizes of which the distribution is observed.
var sizes = []int{2, 4, 8, 16}

// Model describes the firms. Its defaults are the paper's values as far as they
// are known.
var Model = &abm.Model{
	Name: "firms",
	Doc:  "emergence of firms: teams with increasing returns that workers join, leave and found",
	Equations: []string{
		"O_f = a_f·E_f + b_f·E_f²   output of firm f from the efforts E_f of its n_f members, who share it equally",
		"U_i = (O_f/n_f)^θ_i·(1−e_i)^(1−θ_i)   utility of agent i at effort e_i",
		"In its turn i weighs its firm, those of its friends and a new one, each at the effort best there, and goes where U_i is highest.",
		"θ_i ~ Beta(preference_a, preference_b),   e_i(0) ~ Beta(effort_a, effort_b)",
		"a_f ~ productivity·Beta(scale_a, scale_b),   b_f ~ productivity·Beta(returns_a, returns_b)",
	},
	Sources: []string{
		"Axtell, The emergence of firms in a population of agents (1999)",
		"Automatic Differentiation of Agent-Based Models (arXiv 2509.03303), section 2.1",
	},
	Parameters: []abm.Parameter{
		shape("preference_a", 1, "first shape of the preference θ for income"),
		shape("preference_b", 3, "second shape of the preference θ for income"),
		shape("effort_a", 2, "first shape of the effort at the start"),
		shape("effort_b", 1, "second shape of the effort at the start"),
		shape("scale_a", 2, "first shape of the scale a of a firm's output"),
		shape("scale_b", 5, "second shape of the scale a of a firm's output"),
		shape("returns_a", 5, "first shape of a firm's increasing returns b"),
		shape("returns_b", 2, "second shape of a firm's increasing returns b"),
	},
	Settings: []abm.Setting{
		{Name: "agents", Unit: "agents", Kind: abm.Whole, Min: 1, Default: "1000", Doc: "population size N"},
		abm.StepsSetting(30),
		{Name: "rules", Kind: abm.Word, Allowed: []string{"paper", "published-code"}, Default: "paper",
			Doc: "how agents judge firms: by what they would make with them (paper), or as in the authors' code"},
		{Name: "activation", Unit: "probability", Kind: abm.Number, Max: 1, Default: "0",
			Doc: "probability that an agent has a turn in a step; 0 takes that of the rules, 1 or 0.2212"},
		{Name: "order", Kind: abm.Word, Allowed: []string{"index", "random"}, Default: "index",
			Doc: "order of turns in a step: by index, or drawn anew each step"},
		{Name: "network", Kind: abm.Path, Allowed: []string{"random"}, Default: "random",
			Doc: "whose firms an agent knows: friends drawn at random, or the path of a CSV file from,to; an agent without friends is allowed"},
		{Name: "fewest_friends", Unit: "agents", Kind: abm.Whole, Default: "0",
			Doc: "least number of friends on the random network; 0 takes that of the rules, 1 or most_friends"},
		{Name: "most_friends", Unit: "agents", Kind: abm.Whole, Min: 1, Default: "4", Doc: "largest number of friends on the random network"},
		{Name: "network_seed", Kind: abm.Whole, Default: "1", Doc: "seed of the random network, the same for all runs"},
		{Name: "productivity", Kind: abm.Number, Min: 1e-9, Default: "2",
			Doc: "largest scale and returns of a firm: 2 as in the authors' code, 1 as in the paper's text"},
		{Name: "laws", Kind: abm.Word, Allowed: []string{"rules", "beta", "kumaraswamy"}, Default: "rules",
			Doc: "laws of the draws: those of the rules, beta or Kumaraswamy, which resembles it"},
		{Name: "temperature", Kind: abm.Number, Min: 1e-9, Default: "0.05",
			Doc: "temperature of the surrogate of the choice, in units of log utility: how far behind a firm may be to matter"},
	},
	Observables: []abm.Observable{
		{Name: "effort", Unit: "effort", Doc: "effort, mean of the agents"},
		{Name: "firm_size", Unit: "agents", Doc: "members, mean of the firms"},
		{Name: "firm_output", Unit: "output", Doc: "output, mean of the firms"},
		{Name: "at_least_2", Unit: "share", Doc: "share of the firms that have at least 2 members"},
		{Name: "at_least_4", Unit: "share", Doc: "share of the firms that have at least 4 members"},
		{Name: "at_least_8", Unit: "share", Doc: "share of the firms that have at least 8 members"},
		{Name: "at_least_16", Unit: "share", Doc: "share of the firms that have at least 16 members"},
	},
	Draws: []string{"preference", "effort at the start", "scale of a firm", "returns of a firm", "activation", "order of turns"},
	Derived: []abm.Derived{
		{Name: "mean_preference", Unit: "share", Doc: "mean preference for income under a beta law",
			Of: func(p func(string) float64) float64 {
				return p("preference_a") / (p("preference_a") + p("preference_b"))
			}},
	},
	Prepare: prepare,
	Start:   start,
}

func shape(name string, value float64, doc string) abm.Parameter {
	return abm.Parameter{Name: name, Unit: "shape", Default: value, Support: abm.Positive, Doc: doc}
}
