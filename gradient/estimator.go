package gradient

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/rng"
)

// Problem is what is differentiated.
type Problem struct {
	Setup       *abm.Setup // prepared
	Theta       []float64  // values of all the model's parameters
	Active      []int      // indices of the P parameters to differentiate
	Seed        uint64     // master seed; sample i takes the luck of run i
	Observables []int      // indices of the observables recorded; nil means all
	Rows        []int      // rows recorded; nil means all
}

// NewProblem returns the problem of a setup at its own parameter values, active
// in the named parameters (none: all). The error names an unknown parameter.
func NewProblem(s *abm.Setup, seed uint64, parameters ...string) (*Problem, error) {
	if err := s.Prepare(); err != nil {
		return nil, err
	}
	p := &Problem{Setup: s, Theta: s.Theta(), Seed: seed}
	if len(parameters) == 0 {
		parameters = s.Model.ParameterNames()
	}
	for _, name := range parameters {
		i := s.Model.Parameter(name)
		if i < 0 {
			return nil, abm.Unknown("parameter", name, s.Model.ParameterNames())
		}
		p.Active = append(p.Active, i)
	}
	return p, nil
}

// Shape returns rows T, observables C and active parameters P.
func (p *Problem) Shape() (rows, observables, active int) {
	return p.Setup.Steps(), len(p.Setup.Model.Observables), len(p.Active)
}

// Luck returns the seed of run i.
func (p *Problem) Luck(run uint64) rng.Seed { return rng.Seed{Master: p.Seed, Run: run} }

// world returns a world for the problem's runs with derivatives by rule, or a
// plain one if rule is nil.
func (p *Problem) world(rule abm.Rule) *abm.World {
	active := p.Active
	if rule == nil {
		active = nil
	}
	w := abm.NewWorld(p.Setup, active, rule)
	w.Want(p.Observables, p.Rows)
	return w
}

// Estimator is a way to estimate a Jacobian.
type Estimator interface {
	// Name is the name it is chosen by.
	Name() string
	// Sampler returns the state one goroutine needs to sample the problem. The
	// error says in plain words what the model would have to change.
	Sampler(p *Problem) (Sampler, error)
}

// Sampler draws independent estimates for one goroutine.
type Sampler interface {
	// Sample fills dst with the estimate that the luck of the run gives.
	Sample(run uint64, dst *Sample) error
	// Close frees what the sampler holds.
	Close()
}

// Sample is one estimate.
type Sample struct {
	Series   []float64 // T × C, the run itself
	Jacobian []float64 // T × C × P
	Runs     float64   // plain runs' worth of simulations made
}

// kind is an estimator in the catalogue.
type kind struct {
	name     string
	doc      string
	options  []Option
	unbiased bool // by construction, see [Unbiased]
	discrete bool // differs from straight-through at discrete draws only
	work     work // of a sample, as [Auto] counts it
	make     func(o map[string]float64) Estimator
}

// Names returns the names of all estimators.
func Names() []string {
	names := make([]string, len(catalogue))
	for i, k := range catalogue {
		names[i] = k.name
	}
	return names
}

// Unbiased reports whether the named estimator has no bias by construction, where
// a model meets what it needs: bias within noise is laid to chance then.
func Unbiased(name string) bool {
	i := slices.IndexFunc(catalogue, func(k kind) bool { return k.name == name })
	return i >= 0 && catalogue[i].unbiased
}

// New returns the named estimator. Options not given take their defaults. The
// error names an unknown estimator or option, or a value out of range, with
// what is allowed.
func New(name string, options map[string]string) (Estimator, error) {
	for _, k := range catalogue {
		if k.name == name {
			values, err := k.parse(options)
			if err != nil {
				return nil, err
			}
			return k.make(values), nil
		}
	}
	return nil, abm.Unknown("estimator", name, Names())
}

// Describe returns one line an estimator with its options, for help texts.
func Describe() string {
	var b strings.Builder
	for _, k := range catalogue {
		fmt.Fprintf(&b, "  %-18s %s\n", k.name, k.doc)
		for _, o := range k.options {
			fmt.Fprintf(&b, "  %-18s   option %s=%s: %s\n", "", o.Name, o.Text(o.Default), o.Doc)
		}
	}
	return b.String()
}
