// Package sugarscape is the Sugarscape of Epstein and Axtell (Growing Artificial
// Societies, 1996) in the form of "Automatic Differentiation of Agent-Based
// Models", sections 2.2 and 4.2: agents on a torus that live on the sugar they
// find.
//
// Cell c holds sugar s_c, at most its capacity C_c, at first all of it. Agent i
// has a radius of vision v_i, a metabolism m_i and holdings h_i:
//
//	v_i ~ Categorical(near: p₁, far: p₂) ,   m_i = m₀ + (m₁−m₀)·Beta(α_m, β_m) ,
//	h_i(0) = h₀ + (h₁−h₀)·Beta(α_h, β_h) .
//
// In each step all agents alive take their turns in an order drawn anew. With S
// the sugar, O the cells free (its own included) and M_v the cells within sight
// around it, an agent scores Z = S·O·M_v, moves to the cell of the highest score,
// a draw among equals, and takes what is there:
//
//	Z* = onehot(argmax Z) ,   h ← h + ⟨Z*, S⟩ − m ,   s ← s·(1 − Z*) .
//
// It dies if h ≤ 0 and is gone, or is replaced by a newborn. After all turns sugar
// grows, s ← min(s + g, C), where nobody has taken any in the step, or everywhere.
//
// Derivatives pass the beta draws pathwise, the draw of the vision as the
// estimator says, the choice of the cell by the softmax of Z and survival by a
// smooth step in h. Positions, and so who stands where, are taken as they are:
// these surrogates do not see that an agent elsewhere has other neighbours from
// then on. At the defaults straight-through derivatives of the mean holdings by the
// shapes are right to a few per cent, but for those by the wealth (a sixth too large
// at the end); those by the vision are too small by more than half at first and by a
// quarter at the end. The step in h should be narrow: at a width
// of 1 agents that stay poor count at every step, and the derivative of the share
// alive comes out ten times too large. As every parameter is one of the law of an
// attribute, the estimators score (option continuous) and resample-pair are unbiased
// for all of them, and flip is for the vision.
//
// Only the ratio of p₁ and p₂ matters to a run, so that each can be varied alone; a
// derivative by one of them is that along p/(p₁+p₂), by how much agents of that
// sight differ from the mean.
package sugarscape

import (
	"github.com/nudge-abm/nudge/abm"
)

// The purposes of the model's draws.
const (
	place abm.Purpose = iota
	vision
	metabolism
	endowment
	lifespan
	order
	whim
)

// The observables, by index.
const (
	holdings = iota
	holdingsOfLiving
	living
	gini
	population
)

// Model describes the Sugarscape. Its defaults are the paper's values as far as
// they are known.
var Model = &abm.Model{
	Name: "sugarscape",
	Doc:  "agents that live on the sugar they find on a torus, with vision, metabolism and death",
	Equations: []string{
		"In each step all alive take turns in an order drawn anew: of the free cells in sight (radius v_i) i moves to that of most sugar s_c.",
		"h_i ← h_i + s_c − m_i,   s_c ← 0;   it dies if h_i ≤ 0.   Then s_c ← min(s_c + growth, capacity) where nobody has taken any.",
		"v_i ~ Categorical(radius_near: vision_near, radius_far: vision_far)",
		"m_i = metabolism_least + (metabolism_most − metabolism_least)·Beta(metabolism_alpha, metabolism_beta)",
		"h_i(0) = wealth_least + (wealth_most − wealth_least)·Beta(wealth_alpha, wealth_beta)",
	},
	Sources: []string{
		"Epstein and Axtell, Growing Artificial Societies (1996)",
		"Automatic Differentiation of Agent-Based Models (arXiv 2509.03303), sections 2.2 and 4.2",
	},
	Parameters: []abm.Parameter{
		{Name: "vision_near", Unit: "probability", Default: 0.2, Support: abm.Probability,
			Doc: "probability p₁ that an agent sees as far as radius_near; p₁ + p₂ = 1"},
		{Name: "vision_far", Unit: "probability", Default: 0.8, Support: abm.Probability,
			Doc: "probability p₂ that an agent sees as far as radius_far; p₁ + p₂ = 1"},
		{Name: "metabolism_alpha", Unit: "shape", Default: 2, Support: abm.Positive,
			Doc: "first shape α_m of the beta law of the metabolism"},
		{Name: "metabolism_beta", Unit: "shape", Default: 5, Support: abm.Positive,
			Doc: "second shape β_m of the beta law of the metabolism"},
		{Name: "wealth_alpha", Unit: "shape", Default: 5, Support: abm.Positive,
			Doc: "first shape α_h of the beta law of the holdings at the start"},
		{Name: "wealth_beta", Unit: "shape", Default: 2, Support: abm.Positive,
			Doc: "second shape β_h of the beta law of the holdings at the start"},
	},
	Settings: settings,
	Observables: []abm.Observable{
		{Name: "holdings", Unit: "sugar", Doc: "mean holdings of all agents, the dead with what they died with"},
		{Name: "holdings_of_living", Unit: "sugar", Doc: "mean holdings of the agents alive"},
		{Name: "alive", Unit: "share", Doc: "share of the agents that is alive"},
		{Name: "gini", Unit: "", Doc: "Gini coefficient of the holdings of the agents alive"},
		{Name: "population", Unit: "agents", Doc: "agents alive"},
	},
	Draws: []string{"place", "vision", "metabolism", "endowment", "lifespan", "order", "whim"},
	Derived: []abm.Derived{
		{Name: "mean_metabolism_share", Unit: "share", Doc: "mean α_m/(α_m+β_m) of the beta law of the metabolism",
			Of: func(p func(string) float64) float64 {
				return p("metabolism_alpha") / (p("metabolism_alpha") + p("metabolism_beta"))
			}},
		{Name: "mean_wealth_share", Unit: "share", Doc: "mean α_h/(α_h+β_h) of the beta law of the holdings at the start",
			Of: func(p func(string) float64) float64 {
				return p("wealth_alpha") / (p("wealth_alpha") + p("wealth_beta"))
			}},
	},
	Prepare: prepare,
	Start:   start,
}

var settings = []abm.Setting{
	{Name: "agents", Unit: "agents", Kind: abm.Whole, Min: 1, Default: "100", Doc: "agents N at the start"},
	abm.StepsSetting(50),
	{Name: "landscape", Kind: abm.Path, Allowed: []string{"two-peaks"}, Default: "two-peaks",
		Doc: "capacities of the cells: two-peaks, or the path of a CSV file with a line for each row of the map"},
	{Name: "size", Unit: "cells", Kind: abm.Whole, Min: 3, Default: "50", Doc: "side L of the torus of two-peaks"},
	{Name: "growth", Unit: "sugar", Kind: abm.Number, Default: "1", Doc: "sugar g that grows on a cell in a step"},
	{Name: "regrowth", Kind: abm.Word, Allowed: []string{"unharvested", "all"}, Default: "unharvested",
		Doc: "where sugar grows: on cells not harvested in the step (the paper's rule), or on all"},
	{Name: "radius_near", Unit: "cells", Kind: abm.Whole, Min: 0, Default: "1", Doc: "the shorter radius of vision"},
	{Name: "radius_far", Unit: "cells", Kind: abm.Whole, Min: 1, Default: "3", Doc: "the longer radius of vision"},
	{Name: "sight", Kind: abm.Word, Allowed: []string{"diamond", "square", "cross"}, Default: "diamond",
		Doc: "cells within a radius: by the sum of the distances along both axes (von Neumann), by the larger (Moore), or along the axes only"},
	{Name: "ties", Kind: abm.Word, Allowed: []string{"random", "nearest"}, Default: "random",
		Doc: "which of the cells of most sugar an agent moves to: any (the paper's rule) or one of the nearest (the classic rule)"},
	{Name: "metabolism_least", Unit: "sugar", Kind: abm.Number, Default: "2", Doc: "least metabolism m₀ in a step"},
	{Name: "metabolism_most", Unit: "sugar", Kind: abm.Number, Default: "4", Doc: "greatest metabolism m₁ in a step"},
	{Name: "wealth_least", Unit: "sugar", Kind: abm.Number, Default: "6", Doc: "least holdings h₀ at the start"},
	{Name: "wealth_most", Unit: "sugar", Kind: abm.Number, Default: "25", Doc: "greatest holdings h₁ at the start"},
	{Name: "attributes", Kind: abm.Word, Allowed: []string{"laws", "uniform"}, Default: "laws",
		Doc: "vision, metabolism and holdings by the laws above, or the classic whole numbers between the least and the greatest, each as likely"},
	{Name: "replacement", Kind: abm.Word, Allowed: []string{"none", "newborn"}, Default: "none",
		Doc: "what happens to the dead: gone, or replaced by a newborn on a free cell"},
	{Name: "lifespan_least", Unit: "steps", Kind: abm.Whole, Default: "0", Doc: "least age at which agents die anyway"},
	{Name: "lifespan_most", Unit: "steps", Kind: abm.Whole, Default: "0", Doc: "greatest age, each between as likely; 0 means no limit"},
	{Name: "temperature", Unit: "sugar", Kind: abm.Number, Min: 1e-6, Default: "1",
		Doc: "temperature τ of the softmax whose derivatives the choice of a cell has"},
	{Name: "survival_surrogate", Kind: abm.Word, Allowed: []string{"normal", "logistic"}, Default: "normal",
		Doc: "smooth step whose derivatives survival has: the normal distribution function (the published code) or the logistic one (the paper)"},
	{Name: "survival_width", Unit: "sugar", Kind: abm.Number, Min: 1e-6, Default: "0.1",
		Doc: "width of that step: standard deviation of the normal, scale of the logistic; 1 in the published code"},
	{Name: "rules", Kind: abm.Word, Allowed: []string{"paper", "published-code"}, Default: "paper",
		Doc: "the paper's rules, or those of the published code: its own cell is taken, agents that find nothing jump anywhere near, death comes a step late, beta laws are Kumaraswamy's, sugar grows everywhere"},
}
