package cli

import (
	"os"
	"path/filepath"
	"testing"
)

func TestLabel(t *testing.T) {
	t.Chdir(t.TempDir())
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"boarding-school":        "boarding-school",
		"studies/flu":            "flu",
		"studies/flu/":           "flu",
		"studies/flu/study.yaml": "flu",
		"studies/other.yaml":     "other",
		".":                      filepath.Base(here),
		"study.yaml":             filepath.Base(here),
	} {
		if got := label(name); got != want {
			t.Errorf("label(%q) = %q, want %q", name, got, want)
		}
	}
}
