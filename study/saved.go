package study

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/flow"
)

// FitFileName is the name of the fitted flows in a result's folder. With the
// study as run, which holds the prior, it is the whole posterior.
const FitFileName = "flow.json"

// Saved is a posterior read back from a result's folder.
type Saved struct {
	Study      *Study
	Parameters []Parameter // in the order of the draws' names
	*calibrate.Fitted
}

// LoadSaved is [LoadSaved] of a study that may name all that the library holds.
func (l Library) LoadSaved(folder string) (*Saved, error) {
	path := filepath.Join(folder, FitFileName)
	text, err := os.ReadFile(path)
	if err != nil && HasPosterior(folder) {
		return nil, fmt.Errorf("%s holds draws, in %s, but no fitted distribution: only the method variational fits one", folder, PosteriorFile)
	}
	if err != nil {
		return nil, fmt.Errorf("%s holds no posterior: cannot read %s: %w", folder, path, cause(err))
	}
	s, err := l.Load(folder)
	if err != nil {
		return nil, err
	}
	c, err := s.assemble()
	if err != nil {
		return nil, err
	}
	var state flow.MixtureState
	if err := json.Unmarshal(text, &state); err != nil {
		return nil, fmt.Errorf("%s is damaged: %w", path, err)
	}
	f, err := flow.MixtureFromState(state)
	if err != nil {
		return nil, fmt.Errorf("%s is damaged: %w", path, err)
	}
	if f.Dim() != c.Prior.Dim() {
		return nil, fmt.Errorf("%s has %d dimensions, but the study beside it %d", path, f.Dim(), c.Prior.Dim())
	}
	return &Saved{s, c.Parameters, &calibrate.Fitted{Prior: c.Prior, Mixture: f}}, nil
}

// writeFlow writes the fitted flow.
func (r *Result) writeFlow(w io.Writer) error {
	return json.NewEncoder(w).Encode(r.Fitted.Mixture.State())
}
