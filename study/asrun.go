package study

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime/debug"

	"github.com/goccy/go-yaml"
)

// YAML returns the study as run: with the command line's changes, every setting
// and fixed parameter, the seed and the version of nudge. Together with the CSV
// file, under the name that [Study.CSV] gives, it is a study that repeats the
// run.
func (s *Study) YAML() []byte {
	x := s.normal()
	x.Nudge = text{value: Version()}
	return append([]byte("# The study as run. With its CSV file beside it, nudge repeats the run.\n"), encode(reflect.ValueOf(x).Elem())...)
}

// CSV returns the data file and the name by which [Study.YAML] refers to it.
func (s *Study) CSV() (name string, content []byte) {
	return filepath.Base(s.spec.Data.File.value), bytes.Clone(s.table.text)
}

// Digest returns a hash of all that decides the result: the study as run and
// the files it names, less the version of nudge.
func (s *Study) Digest() string {
	h := sha256.New()
	h.Write(encode(reflect.ValueOf(s.normal()).Elem()))
	_, data := s.CSV()
	fmt.Fprintf(h, "%d\n%s", len(data), data)
	settings := append(s.normal().Settings.list, s.choices()...)
	for _, g := range s.normal().Groups {
		settings = append(settings, g.Settings.list...)
	}
	for _, x := range settings {
		if content, err := os.ReadFile(x.value.value); err == nil && filepath.IsAbs(x.value.value) {
			fmt.Fprintf(h, "%d\n%s", len(content), content)
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

// Version is the version of nudge, or devel if it was not built as a release.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "devel"
	}
	return info.Main.Version
}

// normal returns the study as run in full.
func (s *Study) normal() *spec {
	c, err := s.assemble()
	if err != nil {
		panic("study: " + err.Error()) // it was checked when it was read or changed
	}
	x := *s.spec
	x.Settings, x.Parameters = pairs{}, pairs{}
	x.Calibrate = c.rooted(x.Calibrate)
	for _, setting := range c.Setup.Model.Settings {
		if c.everywhere(setting.Name) {
			continue
		}
		x.Settings = x.Settings.with(pair{text{value: setting.Name}, text{value: c.Setup.Text(setting.Name)}})
	}
	for i, p := range c.Setup.Model.Parameters {
		if !c.everywhere(p.Name) {
			x.Parameters = x.Parameters.with(pair{text{value: p.Name}, text{value: format(c.Setup.Theta()[i])}})
		}
	}
	x.Groups = s.groupsAsRun(c)
	x.Nudge = text{}
	x.Data.File.value, _ = s.CSV()
	x.Data.Synthetic = synthetic{}
	x.Seed = whole{given: true, value: s.Seed()}
	return &x
}

// encode writes the keys of a file that are given.
func encode(spec reflect.Value) []byte {
	content, err := yaml.MarshalWithOptions(plain(spec), yaml.IndentSequence(true))
	if err != nil {
		panic("study: " + err.Error()) // plain values can be written
	}
	return content
}
