package study

import (
	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate/loss"
)

// Library is what studies can name: models, and losses beside those of package
// loss.
type Library struct {
	Models []*abm.Model
	Losses []loss.Kind
}

// Load reads a study: a study file, a folder with the file study.yaml, or the
// name of a built-in study, about one of the models. It checks all that can be
// checked without a run, under --quick as well. The error is a [*Mistake] if the
// study is to blame.
func Load(name string, models ...*abm.Model) (*Study, error) {
	return Library{Models: models}.Load(name)
}

// LoadSaved reads the posterior that a calibration of one of the models left in
// a folder. The error names the file that is missing or does not fit.
func LoadSaved(folder string, models ...*abm.Model) (*Saved, error) {
	return Library{Models: models}.LoadSaved(folder)
}
