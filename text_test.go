package nudge_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The Go code in the texts is that of the examples here, so it compiles and
// prints what it says.
func TestTextsShowTheExamples(t *testing.T) {
	examples := ""
	for _, file := range glob(t, "example*_test.go") {
		examples += unindented(read(t, file))
	}
	program := strings.NewReplacer("package main", "package nudge_test", "func main()", "func Example()")
	for _, file := range append(glob(t, "docs/*.md"), "README.md") {
		for i, block := range blocks(read(t, file), "go") {
			if !strings.Contains(examples, unindented(program.Replace(block))) {
				t.Errorf("%s: block %d of Go code is in none of the examples:\n%s", file, i+1, block)
			}
		}
	}
}

// blocks returns the fenced blocks of a language.
func blocks(text, language string) []string {
	var all []string
	for {
		_, rest, found := strings.Cut(text, "```"+language+"\n")
		if !found {
			return all
		}
		block, after, _ := strings.Cut(rest, "```")
		all, text = append(all, block), after
	}
}

// unindented returns the text without the white space around its lines.
func unindented(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(strings.TrimSpace(line))
		b.WriteByte('\n')
	}
	return b.String()
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no file %s: %v", pattern, err)
	}
	return files
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
