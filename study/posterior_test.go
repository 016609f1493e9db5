package study

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadPosterior(t *testing.T) {
	folder := t.TempDir()
	if HasPosterior(folder) {
		t.Error("a posterior where there is none")
	}
	write := func(text string) {
		if err := os.WriteFile(filepath.Join(folder, PosteriorFile), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("draw,a,b,loss\n1,2,3,\n2,4,5,\n")
	draws, err := ReadPosterior(folder, []string{"b", "a"})
	if err != nil || !HasPosterior(folder) {
		t.Fatal(err)
	}
	if d := cmp.Diff([][]float64{{3, 2}, {5, 4}}, draws); d != "" {
		t.Error(d)
	}
	for text, want := range map[string]string{
		"draw,a\n1,2\n":       `unknown column "b"`,
		"draw,a,b\n1,2,\n":    "b is missing",
		"draw,a,b\n1,2,x\n":   "b must be a number",
		"draw,a,b\n":          "no rows",
		"draw,a,b\n1,2,3,4\n": "4 cells",
	} {
		write(text)
		if _, err := ReadPosterior(folder, []string{"a", "b"}); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "posterior.csv:") {
			t.Errorf("%q: %v", text, err)
		}
	}
}
