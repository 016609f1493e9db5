// Package sir is the SIR epidemic on a contact network, with quarantine and
// social distancing, of "Automatic Differentiation of Agent-Based Models",
// sections 2.3 and 4.3.
//
// Agent i is susceptible (S_i = 1), infected (I_i = 1) or recovered. In the step
// from t to t+dt it feels the force of infection
//
//	λ_i = β_t · Σ_j I_j (1−c_j) / n_i ,   β_t = β·(1 − g_D(t)·(1−α)) ,
//
// over its neighbours j, where c_j ~ Bernoulli(q·g_Q(t)) says whether the
// infected neighbour is in quarantine and n_i counts the neighbours that are not
// (at least 1, or all if weights sum to less). Then, all at the same time,
//
//	P(S → I) = 1 − e^(−λ_i·dt) ,   P(I → R) = 1 − e^(−γ·dt) .
//
// g_D and g_Q are gates on the policies' start and end: hard, with a surrogate
// derivative, or fractional, the share of the step that the policy covers.
// Initially each agent is infected with probability i0. On the complete network
// the mean converges to the SIR differential equations as N → ∞ and dt → 0
// (paper, section 9).
package sir

import (
	"fmt"
	"strconv"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/abm/network"
)

// The purposes of the model's draws.
const (
	seeding abm.Purpose = iota
	compliance
	infection
	recovery
)

// The observables, by index.
const (
	newInfections = iota
	newRecoveries
	susceptible
	infected
	recovered
)

// Model describes the epidemic. Its defaults are the paper's values as far as
// they are known.
var Model = &abm.Model{
	Name: "sir",
	Doc:  "SIR epidemic on a contact network with quarantine and social distancing",
	Equations: []string{
		"λ_i = β_t·Σ_j I_j·(1−c_j)/n_i   over the contacts j of agent i; n_i: how many are not in quarantine",
		"β_t = transmission·(1 − g_D(t)·(1−distancing_factor)),   c_j ~ Bernoulli(quarantine_compliance·g_Q(t))",
		"P(S → I) = 1 − e^(−λ_i·dt),   P(I → R) = 1 − e^(−recovery·dt),   all agents at the same time",
		"P(infected at the start) = initial;   g_D, g_Q: 1 from the start to the end of distancing, quarantine, else 0",
	},
	Sources: []string{
		"Automatic Differentiation of Agent-Based Models (arXiv 2509.03303), sections 2.3, 4.3 and 9",
	},
	Parameters: []abm.Parameter{
		{Name: "transmission", Unit: "1/time", Default: 0.4, Support: abm.Positive,
			Doc: "rate β at which an infected contact infects, times the share of contacts infected"},
		{Name: "recovery", Unit: "1/time", Default: 0.05, Support: abm.Positive,
			Doc: "rate γ at which an infected agent recovers"},
		{Name: "initial", Unit: "probability", Default: 0.005, Support: abm.Probability,
			Doc: "probability i0 that an agent is infected at the start"},
		{Name: "quarantine_start", Unit: "time", Default: 15, Support: abm.Real, Below: "quarantine_end",
			Doc: "time at which quarantine begins"},
		{Name: "quarantine_end", Unit: "time", Default: 25, Support: abm.Real,
			Doc: "time at which quarantine ends"},
		{Name: "quarantine_compliance", Unit: "probability", Default: 0.7, Support: abm.Probability,
			Doc: "probability q that an infected agent keeps quarantine in a step"},
		{Name: "distancing_start", Unit: "time", Default: 10, Support: abm.Real, Below: "distancing_end",
			Doc: "time at which social distancing begins"},
		{Name: "distancing_end", Unit: "time", Default: 35, Support: abm.Real,
			Doc: "time at which social distancing ends"},
		{Name: "distancing_factor", Unit: "ratio", Default: 0.4, Support: abm.Positive,
			Doc: "factor α on transmission during social distancing"},
	},
	Settings: []abm.Setting{
		{Name: "agents", Unit: "agents", Kind: abm.Whole, Min: 1, Default: "1000", Doc: "population size N"},
		abm.StepsSetting(60),
		{Name: "dt", Unit: "time", Kind: abm.Number, Min: 1e-9, Default: "1", Doc: "length of a step"},
		{Name: "network", Kind: abm.Path, Allowed: []string{"complete", "erdos-renyi"}, Default: "erdos-renyi",
			Doc: "who meets whom: complete, erdos-renyi, or the path of a CSV file from,to[,weight]; agents without contacts are allowed and infect nobody"},
		{Name: "mean_degree", Unit: "contacts", Kind: abm.Number, Default: "20", Doc: "mean number of contacts on erdos-renyi"},
		{Name: "network_seed", Kind: abm.Whole, Default: "1", Doc: "seed of the random network, the same for all runs"},
		{Name: "gate", Kind: abm.Word, Allowed: []string{"hard", "fractional"}, Default: "hard",
			Doc: "how policies switch: hard with a surrogate derivative, or by the share of the step they cover"},
		{Name: "gate_width", Unit: "time", Kind: abm.Number, Min: 1e-9, Default: "1",
			Doc: "standard deviation σ of the normal-CDF surrogate of the hard gate"},
		{Name: "quarantined_contacts", Kind: abm.Word, Allowed: []string{"replaced", "lost"}, Default: "replaced",
			Doc: "contacts with quarantined neighbours are replaced by the others (the paper's rule) or lost"},
		{Name: "index_cases", Unit: "agents", Kind: abm.Whole, Default: "0",
			Doc: "exact number of agents infected at the start, drawn at random; 0 infects each with probability initial"},
		{Name: "units", Kind: abm.Word, Allowed: []string{"shares", "counts"}, Default: "shares",
			Doc: "observables as shares of the population or as numbers of agents"},
	},
	Observables: []abm.Observable{
		{Name: "new_infections", Unit: "agents", Doc: "agents infected in the step; in row 0 those infected at the start"},
		{Name: "new_recoveries", Unit: "agents", Doc: "agents that recovered in the step"},
		{Name: "susceptible", Unit: "agents", Doc: "susceptible agents"},
		{Name: "infected", Unit: "agents", Doc: "infected agents"},
		{Name: "recovered", Unit: "agents", Doc: "recovered agents"},
	},
	Draws: []string{"initial infection", "quarantine compliance", "infection", "recovery"},
	Derived: []abm.Derived{
		{Name: "R0", Unit: "infections", Doc: "basic reproduction number β/γ without policies",
			Of: func(p func(string) float64) float64 { return p("transmission") / p("recovery") }},
		{Name: "recovery_days", Unit: "time", Doc: "mean time to recovery 1/γ",
			Of: func(p func(string) float64) float64 { return 1 / p("recovery") }},
	},
	Prepare: prepare,
	Start:   start,
	Local:   local,
}

// prepare builds the network that all runs share.
func prepare(s *abm.Setup) (any, error) {
	n := s.Int("agents")
	if cases := s.Int("index_cases"); cases > n {
		return nil, fmt.Errorf("index_cases is %d, more than the %d agents", cases, n)
	}
	switch kind := s.Text("network"); kind {
	case "complete":
		return network.Complete(n), nil
	case "erdos-renyi":
		seed, err := strconv.ParseUint(s.Text("network_seed"), 10, 64)
		if err != nil {
			return nil, fmt.Errorf("network_seed must be zero or positive, is %s", s.Text("network_seed"))
		}
		g, err := network.ErdosRenyi(n, s.Float("mean_degree"), seed)
		if err != nil {
			return nil, fmt.Errorf("mean_degree: %w", err)
		}
		return g, nil
	default:
		return network.ReadEdges(kind, n)
	}
}
