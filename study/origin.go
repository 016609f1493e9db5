package study

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/data"
)

// FileName is the name of the study file in a study's folder.
const FileName = "study.yaml"

// origin is where a study is read from.
type origin struct {
	folder  string
	file    string // the study file, in the folder
	builtin bool
}

// originOf finds a study: a file, a folder or a built-in name, in this order.
func originOf(name string) (origin, error) {
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return origin{folder: name, file: FileName}, nil
	case err == nil:
		return origin{folder: filepath.Dir(name), file: filepath.Base(name)}, nil
	case slices.Contains(all(), name):
		return origin{folder: name, file: FileName, builtin: true}, nil
	case strings.ContainsAny(name, `/\.`):
		return origin{}, fmt.Errorf("there is no study file or folder %s", name)
	}
	return origin{}, fmt.Errorf("there is no file or folder %s here: %w", name, abm.Unknown("built-in study", name, all()))
}

// label is the name of a file for messages.
func (o origin) label(file string) string {
	if o.builtin {
		return path.Join(o.folder, file)
	}
	return filepath.Join(o.folder, file)
}

// read returns a file named in the study.
func (o origin) read(file string) ([]byte, error) {
	if o.builtin {
		return data.Files.ReadFile(path.Join(o.folder, file))
	}
	if filepath.IsAbs(file) {
		return os.ReadFile(file)
	}
	return os.ReadFile(filepath.Join(o.folder, file))
}

// path returns the absolute path of a file named in the study.
func (o origin) path(file string) string {
	if o.builtin || filepath.IsAbs(file) {
		return file
	}
	return absolute(filepath.Join(o.folder, file))
}

// absolute returns an absolute path, or the path itself if there is no telling.
func absolute(file string) string {
	if a, err := filepath.Abs(file); err == nil {
		return a
	}
	return file
}
