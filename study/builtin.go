package study

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/data"
)

// Builtin returns the names of the built-in studies in order.
func Builtin() []string { return data.Names() }

// BuiltinPolicies returns the names of the built-in studies of policies in order.
func BuiltinPolicies() []string { return data.Policies() }

// all returns the names of all built-in studies.
func all() []string { return append(Builtin(), BuiltinPolicies()...) }

// Copy writes the files of a built-in study into a folder, which it makes, for
// editing. It returns their paths. If one of them exists already or cannot be
// written it leaves nothing behind and returns an error.
func Copy(name, folder string) ([]string, error) {
	if !slices.Contains(all(), name) {
		return nil, abm.Unknown("built-in study", name, all())
	}
	files, err := data.Files.ReadDir(name)
	if err != nil {
		return nil, err
	}
	_, err = os.Stat(folder)
	isNew := errors.Is(err, os.ErrNotExist)
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return nil, fmt.Errorf("cannot make the folder %s: %w", folder, cause(err))
	}
	var written []string
	for _, f := range files {
		to := filepath.Join(folder, f.Name())
		if err := copyFile(to, path.Join(name, f.Name())); err != nil {
			if isNew {
				written = append(written, folder)
			}
			for _, w := range written {
				err = errors.Join(err, os.Remove(w))
			}
			return nil, err
		}
		written = append(written, to)
	}
	return written, nil
}

// copyFile writes an embedded file to a path where there is none.
func copyFile(to, from string) error {
	text, err := data.Files.ReadFile(from)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", to, cause(err))
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Close()); err != nil {
		err = errors.Join(fmt.Errorf("cannot write %s: %w", to, cause(err)), os.Remove(to))
	}
	return err
}
