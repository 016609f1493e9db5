package study

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/models"
)

func TestEveryBuiltinStudyIsSound(t *testing.T) {
	if !slices.Contains(Builtin(), "boarding-school") {
		t.Fatalf("built in are %v", Builtin())
	}
	for _, name := range Builtin() {
		if _, err := Load(name, models.All()...); err != nil {
			t.Error(err)
		}
	}
}

func TestCopyIsTheSameStudy(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new", "flu")
	written, err := Copy("boarding-school", folder)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{filepath.Join(folder, "boarding-school.csv"), filepath.Join(folder, FileName)}; !slices.Equal(written, want) {
		t.Errorf("wrote %v, want %v", written, want)
	}
	copied, err := Load(folder, models.All()...)
	if err != nil {
		t.Fatal(err)
	}
	original, err := Load("boarding-school", models.All()...)
	if err != nil {
		t.Fatal(err)
	}
	if copied.Digest() != original.Digest() {
		t.Error("the copy is another study")
	}
}

func TestCopyDoesNotOverwrite(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, FileName)
	if err := os.WriteFile(file, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	_, err := Copy("boarding-school", folder)
	if want := "cannot write " + file + ": file exists"; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != 1 {
		t.Errorf("left behind: %v, %v", files, err)
	}
	if mine, err := os.ReadFile(file); err != nil || string(mine) != "mine" {
		t.Errorf("the file is now %q, %v", mine, err)
	}
}

func TestCopyRefusesUnknownNames(t *testing.T) {
	_, err := Copy("boarding", filepath.Join(t.TempDir(), "new"))
	if err == nil || !strings.HasPrefix(err.Error(), `unknown built-in study "boarding"`) {
		t.Error(err)
	}
}
