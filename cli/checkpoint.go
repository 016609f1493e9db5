package cli

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

// checkpointFile is the name of the file in a result's folder from which a
// calibration or a search can go on.
const checkpointFile = "checkpoint.json"

// checkpoint is the state of a work with the study it belongs to.
type checkpoint[S any] struct {
	Study string `json:"study"` // digest
	State S      `json:"state"`
}

// resumed reads the state of that name to go on from, in the folder that --out
// names. It is nil without --resume, and where there is none: a work that was
// killed before its first checkpoint begins anew.
func resumed[S any](cmd *cobra.Command, f *studyFlags, name, digest string) (*S, error) {
	if !f.resume {
		return nil, nil
	}
	state, err := readCheckpoint[S](f.out, name, digest)
	if state == nil && err == nil {
		f.note(cmd, "there is no %s to resume from; beginning anew", filepath.Join(f.out, name))
	}
	return state, err
}

// readCheckpoint reads the state of that name in a folder, nil if there is none.
func readCheckpoint[S any](folder, name, digest string) (*S, error) {
	path := filepath.Join(folder, name)
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
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

// saveCheckpoint replaces the checkpoint of that name. At any moment of a crash
// the old one stands in the folder, or the new one.
func saveCheckpoint[S any](folder, name, digest string, state S) error {
	to := &destination{path: folder, folder: true, durable: true}
	_, err := to.write([]document{{name, func(w io.Writer) error {
		return json.NewEncoder(w).Encode(checkpoint[S]{digest, state})
	}}})
	return err
}
