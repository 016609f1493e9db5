package study

import (
	"reflect"

	"github.com/goccy/go-yaml/ast"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/gradient"
)

// spec is a study file: its keys, with what they hold and where that stands.
type spec struct {
	Title      text        `yaml:"title"`
	Model      text        `yaml:"model"`
	Settings   pairs       `yaml:"settings,omitempty"`
	Parameters pairs       `yaml:"parameters,omitempty"`
	Groups     []group     `yaml:"groups,omitempty"`
	Data       dataset     `yaml:"data"`
	Calibrate  []belief    `yaml:"calibrate"`
	Loss       lossSection `yaml:"loss"`
	Estimator  estimator   `yaml:"estimator,omitempty"`
	Flow       family      `yaml:"flow,omitempty"`
	Method     method      `yaml:"method,omitempty"`
	Training   training    `yaml:"training,omitempty"`
	MCMC       chains      `yaml:"mcmc,omitempty"`
	ABC        particles   `yaml:"abc,omitempty"`
	Posterior  posterior   `yaml:"posterior,omitempty"`
	Quick      changes     `yaml:"quick,omitempty"`
	SBC        changes     `yaml:"sbc,omitempty"`
	Seed       whole       `yaml:"seed,omitempty"`
	Truth      pairs       `yaml:"truth,omitempty"`
	Nudge      text        `yaml:"nudge,omitempty"`
}

// readSpec reads a whole study.
func readSpec(s *source, tree *ast.MappingNode) (*spec, error) {
	x := new(spec)
	if err := s.readSection(tree, "study", reflect.ValueOf(x).Elem()); err != nil {
		return nil, err
	}
	x.complete()
	return x, nil
}

// complete writes out the defaults that are the study's own. Those of training
// and flow belong to package calibrate.
func (x *spec) complete() {
	x.Estimator.Name.orElse(gradient.StraightThrough{}.Name())
	x.Loss.shared().Replicates.orElse(8)
	x.Posterior.Draws.orElse(1000)
	x.Posterior.PriorDraws.orElse(400)
	x.Posterior.CheckRuns.orElse(40)
	x.Seed.orElse(1)
	x.Data.Synthetic.Seed.orElse(1)
	for i := range x.Data.Columns {
		x.Data.Columns[i].Aggregate.orElse(string(calibrate.Last))
		x.Data.Columns[i].Factor.orElse(1)
	}
}

// dataset is the section data: a CSV file, or one that the model makes, and what
// its columns are.
type dataset struct {
	File      text      `yaml:"file,omitempty"`
	Synthetic synthetic `yaml:"synthetic,omitempty"`
	Time      text      `yaml:"time,omitempty"`
	Start     number    `yaml:"start"`
	Every     number    `yaml:"every,omitempty" is:"positive"`
	Gaps      text      `yaml:"gaps,omitempty"`
	Ignore    texts     `yaml:"ignore,omitempty"`
	Columns   []column  `yaml:"columns"`
}

// column says what a column of the data observes.
type column struct {
	Column     text   `yaml:"column"`
	Observable text   `yaml:"observable"`
	Group      text   `yaml:"group,omitempty"`
	Aggregate  text   `yaml:"aggregate,omitempty"`
	Factor     number `yaml:"factor,omitempty" is:"nonzero"`
}

// estimator is the section of that name.
type estimator struct {
	Name    text  `yaml:"name"`
	Options pairs `yaml:"options,omitempty"`
}

// training is the section of that name: the keys of calibrate.Options.
type training struct {
	Gradient        variational `yaml:"gradient,omitempty"`
	Steps           whole       `yaml:"steps,omitempty" is:"positive"`
	Draws           whole       `yaml:"draws,omitempty" is:"positive"`
	KLDraws         whole       `yaml:"kl_draws,omitempty" is:"positive"`
	LearningRate    number      `yaml:"learning_rate,omitempty" is:"positive"`
	Schedule        scheduled   `yaml:"schedule,omitempty"`
	WeightDecay     number      `yaml:"weight_decay,omitempty" is:"positive"`
	Clip            number      `yaml:"clip,omitempty" is:"positive"`
	Warmup          whole       `yaml:"warmup,omitempty" is:"positive"`
	Anneal          number      `yaml:"anneal,omitempty" is:"share"`
	Validations     whole       `yaml:"validations,omitempty" is:"positive"`
	ValidationDraws whole       `yaml:"validation_draws,omitempty" is:"positive"`
	Search          whole       `yaml:"search,omitempty" is:"positive"`
	Restarts        whole       `yaml:"restarts,omitempty" is:"positive"`
	Patience        whole       `yaml:"patience,omitempty" is:"positive"`
	MaxNonFinite    number      `yaml:"max_non_finite,omitempty" is:"share"`
}

// variational is the word for an estimator of the variational gradient.
type variational = choice[calibrate.Gradient, *calibrate.Gradient]

// scheduled is the word for a schedule of the learning rate.
type scheduled = choice[calibrate.Schedule, *calibrate.Schedule]

// posterior is the section of that name: what is made of a finished fit.
type posterior struct {
	Draws      whole `yaml:"draws,omitempty" is:"positive"`
	PriorDraws whole `yaml:"prior_draws,omitempty" is:"positive"`
	CheckRuns  whole `yaml:"check_runs,omitempty" is:"positive"`

	WeightSteps whole `yaml:"weight_steps,omitempty"`
}
