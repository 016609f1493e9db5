package cli

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// checkpointFile is the name of the file in a result's folder from which a
// calibration or a search can go on.
const checkpointFile = "checkpoint.json"

// checkpoint is the state of a work with the study it belongs to.
type checkpoint[S any] struct {
	Study string `json:"study"` // digest
	State S      `json:"state"`
}

// readCheckpoint reads the state in a folder to go on from.
func readCheckpoint[S any](folder, digest string) (*S, error) {
	path := filepath.Join(folder, checkpointFile)
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, usagef("--resume: there is no %s; leave --resume out to begin anew", path)
	}
	if err != nil {
		return nil, usagef("--resume: %w", err)
	}
	var c checkpoint[S]
	if err := json.Unmarshal(data, &c); err != nil {
		return nil, usagef("--resume: %s is damaged (%w); leave --resume out to begin anew", path, err)
	}
	if c.Study != digest {
		return nil, usagef("--resume: %s belongs to another study, seed or setting; repeat the flags it was begun with, or choose another --out", folder)
	}
	return &c.State, nil
}

// saveCheckpoint replaces the checkpoint in the folder, or leaves the old one.
func saveCheckpoint[S any](folder, digest string, state S) error {
	to := &destination{path: folder, folder: true}
	_, err := to.write([]document{{checkpointFile, func(w io.Writer) error {
		return json.NewEncoder(w).Encode(checkpoint[S]{digest, state})
	}}})
	return err
}
