package study

import (
	"reflect"

	"github.com/goccy/go-yaml/ast"

	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/policy"
)

// policySpec is the file of a study of a policy.
type policySpec struct {
	Title      text             `yaml:"title"`
	Model      text             `yaml:"model"`
	Settings   pairs            `yaml:"settings,omitempty"`
	Parameters pairs            `yaml:"parameters,omitempty"`
	Posterior  text             `yaml:"posterior,omitempty"`
	Policy     []choosing       `yaml:"policy"`
	Without    pairs            `yaml:"without,omitempty"`
	Objective  objectiveSection `yaml:"objective"`
	Estimator  estimator        `yaml:"estimator,omitempty"`
	Optimize   optimizeSection  `yaml:"optimize,omitempty"`
	Grid       gridSection      `yaml:"grid,omitempty"`
	Tradeoff   tradeoffSection  `yaml:"tradeoff,omitempty"`
	Around     aroundSection    `yaml:"around,omitempty"`
	Quick      policyChanges    `yaml:"quick,omitempty"`
	Seed       whole            `yaml:"seed,omitempty"`
	Nudge      text             `yaml:"nudge,omitempty"`
}

// choosing is an entry of policy: a parameter, or two in order, within bounds.
type choosing struct {
	Name  text  `yaml:"name,omitempty"`
	Names texts `yaml:"names,omitempty"`
	interval
}

// names returns the parameters it is about.
func (c choosing) names() texts {
	if c.Name.absent() {
		return c.Names
	}
	return texts{c.Name}
}

// objectiveSection is the section objective.
type objectiveSection struct {
	Outcomes    []outcomeEntry    `yaml:"outcomes,omitempty"`
	Costs       []costEntry       `yaml:"costs,omitempty"`
	Constraints []constraintEntry `yaml:"constraints,omitempty"`
}

// measured are the keys that make one number of a run.
type measured struct {
	Observable text                              `yaml:"observable"`
	Over       choice[policy.Over, *policy.Over] `yaml:"over"`
	From       whole                             `yaml:"from,omitempty"`
	To         whole                             `yaml:"to,omitempty"`
}

type outcomeEntry struct {
	measured
	Weight number `yaml:"weight" is:"nonzero"`
}

type costEntry struct {
	Name    text   `yaml:"name"`
	Weight  number `yaml:"weight" is:"nonzero"`
	Product texts  `yaml:"product"`
}

type constraintEntry struct {
	measured
	Below       number `yaml:"below" is:"positive"`
	Probability number `yaml:"probability" is:"inside"`
	Penalty     number `yaml:"penalty" is:"positive"`
}

// optimizeSection holds the keys of policy.Options.
type optimizeSection struct {
	Steps          whole  `yaml:"steps,omitempty" is:"positive"`
	Runs           whole  `yaml:"runs,omitempty" is:"positive"`
	Starts         whole  `yaml:"starts,omitempty" is:"positive"`
	Candidates     whole  `yaml:"candidates,omitempty" is:"positive"`
	LearningRate   number `yaml:"learning_rate,omitempty" is:"positive"`
	ValidationRuns whole  `yaml:"validation_runs,omitempty" is:"several"`
	Rounds         whole  `yaml:"rounds,omitempty" is:"positive"`
	FreshRuns      whole  `yaml:"fresh_runs,omitempty" is:"several"`
}

// gridSection describes the grid search that the optimum is compared with.
type gridSection struct {
	Parameters texts `yaml:"parameters,omitempty"`
	Points     whole `yaml:"points" is:"several"`
	Runs       whole `yaml:"runs" is:"several"`
}

// tradeoffSection says by what factors all costs are multiplied.
type tradeoffSection struct {
	Factors numbers `yaml:"factors" is:"positive"`
}

// aroundSection says how the neighbourhood of the optimum is measured.
type aroundSection struct {
	Runs   whole `yaml:"runs,omitempty" is:"several"`
	Points whole `yaml:"points,omitempty" is:"several"`
}

// policyChanges is the section quick of a study of a policy.
type policyChanges struct{ changes }

func (c *policyChanges) readNode(s *source, n ast.Node, key string) error {
	return c.readSections(s, n, key, []string{"settings", "estimator", "optimize", "grid", "tradeoff", "around"})
}

// readPolicySpec reads a whole study of a policy, with the defaults that are the
// study's own; the others belong to package policy.
func readPolicySpec(s *source, tree *ast.MappingNode) (*policySpec, error) {
	x := new(policySpec)
	if err := s.readSection(tree, "study", reflect.ValueOf(x).Elem()); err != nil {
		return nil, err
	}
	x.Estimator.Name.orElse(gradient.StraightThrough{}.Name())
	x.Optimize.FreshRuns.orElse(1000)
	x.Around.Runs.orElse(64)
	x.Around.Points.orElse(9)
	x.Seed.orElse(1)
	return x, nil
}
