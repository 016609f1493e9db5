package study

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"reflect"

	"github.com/goccy/go-yaml/ast"

	"github.com/nudge-abm/nudge/abm"
)

// Policy is a study of a policy, read and checked, with what the command line
// changes of it. It is for one goroutine.
type Policy struct {
	models []*abm.Model
	from   origin
	file   *source
	tree   *ast.MappingNode
	spec   *policySpec

	// What the command line changes.
	quick     bool
	seed      *uint64
	overrides pairs
	estimator *estimator
	posterior string
}

// LoadPolicy reads a study of a policy: a study file, a folder with the file
// study.yaml, or the name of a built-in one. It checks all that can be checked
// without a run, under --quick as well. The error is a [*Mistake] if the study is
// to blame.
func LoadPolicy(name string, models ...*abm.Model) (*Policy, error) {
	s := &Policy{models: models}
	var err error
	if s.from, s.file, s.tree, err = open(name); err != nil {
		return nil, err
	}
	if at, is := s.file.key(s.tree, "calibrate"); is {
		return nil, at.mistakef("this study is about data, not about a policy: the verb for it is calibrate")
	}
	if err := s.resolve(); err != nil {
		return nil, err
	}
	return s, s.tryQuick()
}

// tryQuick returns what would be wrong under --quick.
func (s *Policy) tryQuick() error {
	if s.spec.Quick.tree == nil {
		return nil
	}
	hurried := *s
	return underChanges("quick", hurried.Quick())
}

// Title returns the study's title.
func (s *Policy) Title() string { return s.spec.Title.value }

// Seed returns the seed of all randomness; 1 unless the study says.
func (s *Policy) Seed() uint64 {
	if s.seed != nil {
		return *s.seed
	}
	return s.spec.Seed.value
}

// SetSeed replaces the seed.
func (s *Policy) SetSeed(seed uint64) { s.seed = &seed }

// Quick applies the changes of the section quick. The error says that there is
// none.
func (s *Policy) Quick() error {
	if s.spec.Quick.tree == nil {
		return place{in: s.file}.mistakef("the study has no section quick that says what a quick run changes")
	}
	return s.change(func(next *Policy) { next.quick = true })
}

// Set applies assignments name=value as [Study.Set] does.
func (s *Policy) Set(assignments ...string) error {
	values, err := s.overrides.assigned(assignments)
	if err != nil {
		return err
	}
	return s.change(func(next *Policy) { next.overrides = values })
}

// SetEstimator replaces the estimator of gradients.
func (s *Policy) SetEstimator(name string, options map[string]string) error {
	e := flagged(name, options)
	return s.change(func(next *Policy) { next.estimator = e })
}

// SetPosterior averages over the posterior draws in the folder of a calibration.
func (s *Policy) SetPosterior(folder string) error {
	return s.change(func(next *Policy) { next.posterior = folder })
}

// change applies an edit if the study then still makes sense.
func (s *Policy) change(edit func(next *Policy)) error {
	next := *s
	edit(&next)
	if err := next.resolve(); err != nil {
		return err
	}
	*s = next
	return nil
}

// resolve reads the study as changed and checks it.
func (s *Policy) resolve() (err error) {
	tree := s.tree
	if s.quick {
		tree = over(tree, s.spec.Quick.tree)
	}
	if s.spec, err = readPolicySpec(s.file, tree); err != nil {
		return err
	}
	if s.estimator != nil {
		s.spec.Estimator = *s.estimator
	}
	if s.posterior != "" {
		at := place{in: newSource("--posterior "+s.posterior, nil)}
		s.spec.Posterior = text{at, absolute(s.posterior)}
	}
	_, err = s.assemble()
	return err
}

func (s *Policy) scenario() scenario {
	return scenario{s.models, s.from, s.spec.Model, s.spec.Settings, s.spec.Parameters, s.overrides}
}

// YAML returns the study as run, as [Study.YAML] does.
func (s *Policy) YAML() []byte {
	x := s.normal()
	x.Nudge = text{value: Version()}
	return append([]byte("# The study as run; nudge optimize repeats the run.\n"), encode(reflect.ValueOf(x).Elem())...)
}

// Digest returns a hash of all that decides the result: the study as run and the
// posterior draws, less the version of nudge.
func (s *Policy) Digest() string {
	h := sha256.New()
	h.Write(encode(reflect.ValueOf(s.normal()).Elem()))
	files := []string{filepath.Join(s.folder(), PosteriorFile)}
	for _, x := range s.normal().Settings.list {
		files = append(files, x.value.value)
	}
	for _, file := range files {
		if content, err := os.ReadFile(file); err == nil && filepath.IsAbs(file) {
			fmt.Fprintf(h, "%d\n%s", len(content), content)
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

// folder returns the absolute path of the calibration whose posterior is used,
// or "".
func (s *Policy) folder() string {
	if s.spec.Posterior.absent() {
		return ""
	}
	return s.from.path(s.spec.Posterior.value)
}

// normal returns the study as run in full.
func (s *Policy) normal() *policySpec {
	d, err := s.assemble()
	if err != nil {
		panic("study: " + err.Error()) // it was checked when it was read or changed
	}
	x := *s.spec
	x.Settings, x.Parameters = pairs{}, pairs{}
	setup := d.Problem.Setup
	for _, setting := range setup.Model.Settings {
		x.Settings = x.Settings.with(pair{text{value: setting.Name}, text{value: setup.Text(setting.Name)}})
	}
	for i, p := range setup.Model.Parameters {
		if !d.chooses(p.Name) {
			x.Parameters = x.Parameters.with(pair{text{value: p.Name}, text{value: format(setup.Theta()[i])}})
		}
	}
	x.Nudge, x.Posterior.value = text{}, s.folder()
	x.Seed = whole{given: true, value: s.Seed()}
	return &x
}
