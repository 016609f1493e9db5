package cli

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func saying(name, content string) document {
	return document{name, func(w io.Writer) error {
		_, err := io.WriteString(w, content)
		return err
	}}
}

var full = document{"b.json", func(io.Writer) error { return errors.New("the disk is full") }}

func destinationAt(t *testing.T, path string) *destination {
	t.Helper()
	d, err := newDestination(path, ".csv", ".json")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// What fails half-way leaves nothing: no file, no folder, and an older result as
// it was.
func TestAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	_, err := destinationAt(t, filepath.Join(dir, "new", "folder")).write([]document{saying("a.csv", "1"), full})
	if err == nil || !strings.Contains(err.Error(), "the disk is full; nothing was written") {
		t.Errorf("error %v", err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) > 0 {
		t.Errorf("left behind: %v", entries)
	}
	old := filepath.Join(dir, "a.csv")
	if err := os.WriteFile(old, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := destinationAt(t, dir).write([]document{saying("a.csv", "new"), full}); err == nil {
		t.Error("no error")
	}
	if b, _ := os.ReadFile(old); string(b) != "old" {
		t.Errorf("the older file reads %q", b)
	}
}

func TestFileChoosesByExtension(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "mine.csv")
	paths, err := destinationAt(t, path).write([]document{saying("x.json", "{}"), saying("x.csv", "first"), saying("y.csv", "second")})
	if err != nil || len(paths) != 1 || paths[0] != path {
		t.Fatalf("wrote %v, %v", paths, err)
	}
	if b, _ := os.ReadFile(path); string(b) != "first" {
		t.Errorf("the file reads %q", b)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("in the folder: %v", entries)
	}
}

func TestFolderTakesAll(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	paths, err := destinationAt(t, dir).write([]document{saying("x.json", "{}"), saying(filepath.Join("deep", "y.csv"), "1")})
	if err != nil || len(paths) != 2 {
		t.Fatalf("wrote %v, %v", paths, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "deep", "y.csv")); err != nil {
		t.Error(err)
	}
}

func TestNoDestination(t *testing.T) {
	d, err := newDestination("", ".csv")
	if d != nil || err != nil {
		t.Fatalf("%v, %v", d, err)
	}
	if paths, err := d.write([]document{full}); paths != nil || err != nil {
		t.Errorf("%v, %v", paths, err)
	}
}
