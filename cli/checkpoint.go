package cli

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/study"
)

// checkpointFile is the name of the file in a result's folder from which a
// calibration can go on.
const checkpointFile = "checkpoint.json"

// checkpoint is the state of a calibration with the study it belongs to.
type checkpoint struct {
	Study string          `json:"study"` // digest
	State calibrate.State `json:"state"`
}

// checkpoint reads the state to go on from, nil without --resume.
func (f *calibrateFlags) checkpoint(s *study.Study) (*calibrate.State, error) {
	if !f.resume {
		return nil, nil
	}
	path := filepath.Join(f.out, checkpointFile)
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, usagef("--resume: there is no %s; leave --resume out to begin anew", path)
	}
	if err != nil {
		return nil, usagef("--resume: %w", err)
	}
	var c checkpoint
	if err := json.Unmarshal(data, &c); err != nil {
		return nil, usagef("--resume: %s is damaged (%w); leave --resume out to begin anew", path, err)
	}
	if c.Study != s.Digest() {
		return nil, usagef("--resume: %s belongs to another study, seed or setting; repeat the flags it was begun with, or choose another --out", f.out)
	}
	return &c.State, nil
}

// saveCheckpoint replaces the checkpoint in the folder, or leaves the old one.
func saveCheckpoint(folder string, s *study.Study, state calibrate.State) error {
	to := &destination{path: folder, folder: true}
	_, err := to.write([]document{{checkpointFile, func(w io.Writer) error {
		return json.NewEncoder(w).Encode(checkpoint{s.Digest(), state})
	}}})
	return err
}
