package figure

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/sir"
)

// The populations and networks of the epidemics.
const (
	smallTown    = 1000
	largeTown    = 10000
	sparseDegree = 5 // that of edge probability 0.005 in the small town
	networkSeed  = 1
)

// Settings of the epidemics as name=value.
var (
	onComplete = []string{"network=complete"}
	onSparse   = []string{"network=erdos-renyi", fmt.Sprintf("mean_degree=%d", sparseDegree), fmt.Sprintf("network_seed=%d", networkSeed)}
	noPolicies = []string{"distancing_factor=1", "quarantine_compliance=0"}
)

// epidemic returns the new infections of an epidemic as what is differentiated by
// the parameters.
func (d *Drawing) epidemic(agents int, parameters []string, settings ...[]string) (*subject, error) {
	setup := abm.NewSetup(sir.Model)
	if err := setup.Set("agents", strconv.Itoa(agents)); err != nil {
		return nil, err
	}
	for _, group := range settings {
		for _, assignment := range group {
			if err := setup.Assign(assignment); err != nil {
				return nil, err
			}
		}
	}
	p, err := gradient.NewProblem(setup, d.options.Seed, parameters...)
	if err != nil {
		return nil, err
	}
	observable := sir.Model.Observable("new_infections")
	p.Observables = []int{observable}
	about := fmt.Sprintf("figure %s, N = %d", d.Number, agents)
	return &subject{problem: p, observable: observable, options: d.options, about: about}, nil
}

// describe lists what the drawing's epidemic was like.
func (d *Drawing) describe(s *subject) {
	setup := s.problem.Setup
	var values []string
	for i, p := range setup.Model.Parameters {
		values = append(values, fmt.Sprintf("%s %g", p.Name, s.problem.Theta[i]))
	}
	d.set("Parameters", "%s", strings.Join(values, ", "))
	network := setup.Text("network")
	if network != "complete" {
		network += ", mean degree " + setup.Text("mean_degree")
	}
	d.set("Network", "%s", network)
	d.set("Rows", "%d, one unit of time each", setup.Steps())
	var steps []string
	for _, name := range s.parameters() {
		steps = append(steps, fmt.Sprintf("%s ±%g", name, differenceSteps[name]))
	}
	d.set("Finite differences", "central, common random numbers: %s", strings.Join(steps, ", "))
	d.differ("The paper gives neither its population nor the steps and samples of its finite differences; the parameters are those of its code.")
}
