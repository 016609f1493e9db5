package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// destination is where --out points: to one file, whose extension chooses the
// document, or to a folder that gets all of them.
type destination struct {
	path    string
	folder  bool
	durable bool // files are on the disk before they take their names
}

// newDestination checks, before the work starts, that a result with documents of
// the given extensions can be written to path. It returns nil for "".
func newDestination(path string, extensions ...string) (*destination, error) {
	if path == "" {
		return nil, nil
	}
	d := &destination{path: filepath.Clean(path), folder: isFolder(path)}
	if ext := filepath.Ext(path); !d.folder && !slices.Contains(extensions, ext) {
		return nil, usagef("--out %s: unknown kind of file %q; known are %s, or name a folder", path, ext, strings.Join(extensions, ", "))
	}
	if err := d.try(); err != nil {
		return nil, usage(cannotWrite(path, err))
	}
	return d, nil
}

// newFolder checks, before the work starts, that results can be written to a
// folder.
func newFolder(path string) (*destination, error) {
	d := &destination{path: filepath.Clean(path), folder: true}
	if info, err := os.Stat(d.path); err == nil && !info.IsDir() {
		return nil, usagef("--out %s: that is a file; name a folder", path)
	}
	if err := d.try(); err != nil {
		return nil, usage(cannotWrite(path, err))
	}
	return d, nil
}

// isFolder reports whether path is meant as a folder: it is one, or its name has
// no extension.
func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir() || filepath.Ext(path) == "" || os.IsPathSeparator(path[len(path)-1])
}

// try makes and removes a file where the result will be, or in the nearest
// folder above that exists.
func (d *destination) try() error {
	dir := d.dir()
	if folders := missing(dir); len(folders) > 0 {
		dir = filepath.Dir(folders[len(folders)-1])
	}
	f, err := os.Create(filepath.Join(dir, ".nudge.part"))
	if err != nil {
		return err
	}
	f.Close()
	return os.Remove(f.Name())
}

// dir is the folder that the files are written to.
func (d *destination) dir() string {
	if d.folder {
		return d.path
	}
	return filepath.Dir(d.path)
}

// write writes the documents that the destination asks for, all or none, and
// returns the paths. A nil destination asks for none.
func (d *destination) write(documents []document) (paths []string, err error) {
	if d == nil {
		return nil, nil
	}
	var staged, made []string
	defer func() {
		if err == nil {
			made = nil
		}
		for _, path := range append(staged, made...) {
			os.Remove(path) // no effect on what has been renamed
		}
	}()
	for _, doc := range d.wanted(documents) {
		made = append(missing(filepath.Dir(doc.name)), made...)
		if err := os.MkdirAll(filepath.Dir(doc.name), 0o777); err != nil {
			return nil, cannotWrite(doc.name, err)
		}
		temporary, err := d.stage(doc.name, doc.write)
		if err != nil {
			return nil, cannotWrite(doc.name, err)
		}
		staged, paths = append(staged, temporary), append(paths, doc.name)
	}
	for i, path := range paths {
		if err := os.Rename(staged[i], path); err != nil {
			return nil, cannotWrite(path, err)
		}
	}
	return paths, nil
}

// missing returns dir and the folders above it that do not exist, from dir up.
func missing(dir string) []string {
	var folders []string
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
			return folders
		}
		folders = append(folders, dir)
	}
}

// wanted returns the documents asked for, named by where they go: all of them
// into a folder, or the first that suits a file's extension.
func (d *destination) wanted(documents []document) []document {
	var chosen []document
	for _, doc := range documents {
		if d.folder {
			doc.name = filepath.Join(d.path, doc.name)
			chosen = append(chosen, doc)
		} else if filepath.Ext(doc.name) == filepath.Ext(d.path) {
			doc.name = d.path
			return []document{doc}
		}
	}
	return chosen
}

// picture reports whether the destination is the file of one figure.
func (d *destination) picture() bool {
	return d != nil && !d.folder && (filepath.Ext(d.path) == ".png" || filepath.Ext(d.path) == ".svg")
}

// stage writes a file beside its final place and returns its temporary name,
// which is always the same: what a killed program left is overwritten.
func (d *destination) stage(path string, write func(w io.Writer) error) (temporary string, err error) {
	f, err := os.OpenFile(filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".part"), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return "", err
	}
	b := bufio.NewWriter(f)
	err = errors.Join(write(b), b.Flush())
	if d.durable {
		err = errors.Join(err, f.Sync())
	}
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err != nil {
		os.Remove(f.Name())
	}
	return f.Name(), err
}

// cannotWrite is the sentence for a file that cannot be written.
func cannotWrite(path string, err error) error {
	if reason := syscall.Errno(0); errors.As(err, &reason) {
		err = reason
	}
	return fmt.Errorf("cannot write %s: %w; nothing was written", path, err)
}
