package study

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Study is a study read and checked: its file, its data, and what the command
// line changes of it. It is for one goroutine.
type Study struct {
	library Library
	from    origin
	file    *source
	tree    *ast.MappingNode
	spec    *spec
	table   *table

	// What the command line changes.
	quick     bool
	rehearsal bool
	seed      *uint64
	overrides pairs
	estimator *estimator
	gradient  *variational
	method    *method
}

// Load is [Load] of a study that may name all that the library holds.
func (l Library) Load(name string) (*Study, error) {
	s := &Study{library: l}
	var err error
	if s.from, s.file, s.tree, err = open(name); err != nil {
		return nil, err
	}
	if at, is := s.file.key(s.tree, "policy"); is {
		return nil, at.mistakef("this study is about a policy, not about data: the verb for it is optimize")
	}
	if err := s.resolve(); err != nil {
		return nil, err
	}
	if err := s.tryQuick(); err != nil {
		return nil, err
	}
	if err := s.tryQuickSBC(); err != nil {
		return nil, err
	}
	return s, nil
}

// open reads the file of a study.
func open(name string) (from origin, file *source, tree *ast.MappingNode, err error) {
	if from, err = originOf(name); err != nil {
		return from, nil, nil, err
	}
	text, err := from.read(from.file)
	if err != nil {
		return from, nil, nil, fmt.Errorf("cannot read the study %s: %w", from.label(from.file), cause(err))
	}
	text = bytes.TrimPrefix(text, byteOrderMark)
	file = newSource(from.label(from.file), text)
	tree, err = parse(file, text)
	return from, file, tree, err
}

// key returns the place of a key of a mapping, and whether there is one.
func (s *source) key(m *ast.MappingNode, key string) (place, bool) {
	for _, x := range m.Values {
		if x.Key.String() == key {
			return s.place(x.Key), true
		}
	}
	return place{}, false
}

// tryQuick returns what would be wrong under --quick.
func (s *Study) tryQuick() error {
	if s.spec.Quick.tree == nil {
		return nil
	}
	hurried := *s
	return underChanges("quick", hurried.Quick())
}

// tryQuickSBC returns what would be wrong under --quick with --sbc.
func (s *Study) tryQuickSBC() error {
	if s.spec.SBC.tree == nil {
		return nil
	}
	hurried := *s
	return underChanges("sbc", hurried.QuickSBC())
}

// underChanges says of a mistake, if there is one, that a section's changes make it.
func underChanges(section string, err error) error {
	if m := new(Mistake); errors.As(err, &m) {
		m.Sentence += " (with the changes of " + section + ")"
	}
	return err
}

// cause is the reason of a file error, without its path.
func cause(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// Title returns the study's title.
func (s *Study) Title() string { return s.spec.Title.value }

// Source returns the path of the study's file, or says that it is built in.
func (s *Study) Source() string {
	if s.from.builtin {
		return s.from.folder + " (built in)"
	}
	return s.file.name
}

// Seed returns the seed of all randomness; 1 unless the study says.
func (s *Study) Seed() uint64 {
	if s.seed != nil {
		return *s.seed
	}
	return s.spec.Seed.value
}

// SetSeed replaces the seed.
func (s *Study) SetSeed(seed uint64) { s.seed = &seed }

// Quick applies the changes of the section quick. The error says that there is
// none.
func (s *Study) Quick() error {
	if s.spec.Quick.tree == nil {
		return place{in: s.file}.mistakef("the study has no section quick that says what a quick run changes")
	}
	return s.change(func(next *Study) { next.quick = true })
}

// QuickSBC applies the changes of the sections quick and sbc, which a quick
// simulation-based calibration makes; without a section sbc it is [Study.Quick].
func (s *Study) QuickSBC() error {
	if s.spec.SBC.tree == nil {
		return s.Quick()
	}
	return s.change(func(next *Study) { next.quick, next.rehearsal = s.spec.Quick.tree != nil, true })
}

// Set applies assignments name=value to settings and fixed parameters, all at
// once, so that values that go together can be changed together. A path is
// relative to the present folder. The error names what is wrong and the values
// allowed, and the study is as before.
func (s *Study) Set(assignments ...string) error {
	values, err := s.overrides.assigned(assignments)
	if err != nil {
		return err
	}
	return s.change(func(next *Study) { next.overrides = values })
}

// assigned returns the pairs with assignments from the command line.
func (p pairs) assigned(assignments []string) (pairs, error) {
	for _, a := range assignments {
		name, value, ok := strings.Cut(a, "=")
		at := place{in: newSource("--set "+a, nil)}
		if !ok {
			return p, at.mistakef("this is not of the form name=value")
		}
		p = p.with(pair{text{at, strings.TrimSpace(name)}, text{at, strings.TrimSpace(value)}})
	}
	return p, nil
}

// SetEstimator replaces the estimator of gradients.
func (s *Study) SetEstimator(name string, options map[string]string) error {
	e := flagged(name, options)
	return s.change(func(next *Study) { next.estimator = e })
}

// flagged is an estimator chosen on the command line.
func flagged(name string, options map[string]string) *estimator {
	at := place{in: newSource("--estimator "+name, nil)}
	e := &estimator{Name: text{at, name}, Options: pairs{place: at}}
	for _, option := range slices.Sorted(maps.Keys(options)) {
		e.Options = e.Options.with(pair{text{at, option}, text{at, options[option]}})
	}
	return e
}

// SetGradient replaces the estimator of the variational gradient.
func (s *Study) SetGradient(name string) error {
	at := place{in: newSource("--gradient "+name, nil)}
	g := variational{text: text{at, name}}
	if err := g.value.UnmarshalText([]byte(name)); err != nil {
		return at.mistakef("%v", err)
	}
	return s.change(func(next *Study) { next.gradient = &g })
}

// change applies an edit if the study then still makes sense.
func (s *Study) change(edit func(next *Study)) error {
	next := *s
	edit(&next)
	if err := next.resolve(); err != nil {
		return err
	}
	*s = next
	return nil
}

// resolve reads the study as changed and checks it.
func (s *Study) resolve() (err error) {
	tree := s.tree
	if s.quick {
		tree = over(tree, s.spec.Quick.tree)
	}
	if s.rehearsal {
		tree = over(tree, s.spec.SBC.tree)
	}
	if s.spec, err = readSpec(s.file, tree); err != nil {
		return err
	}
	if s.estimator != nil {
		s.spec.Estimator = *s.estimator
	}
	if s.gradient != nil {
		s.spec.Training.Gradient = *s.gradient
	}
	if s.method != nil {
		s.spec.Method = *s.method
	}
	if err := s.readData(); err != nil {
		return err
	}
	_, err = s.assemble()
	return err
}

// readData reads the CSV file, once, or makes it: a change of the study may
// change what the model makes.
func (s *Study) readData() error {
	made := !s.spec.Data.Synthetic.absent()
	if err := s.spec.Data.complete(); err != nil {
		return err
	}
	if made {
		return s.synthesise()
	}
	if s.table != nil {
		return nil
	}
	file := s.spec.Data.File
	text, err := s.from.read(file.value)
	if err != nil {
		return file.mistakef("cannot read the data: %v", cause(err))
	}
	name := file.value
	if !filepath.IsAbs(name) {
		name = s.from.label(name)
	}
	s.table, err = readTable(name, text)
	return err
}
