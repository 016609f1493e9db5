package nudge_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The Go code in the texts is that of the examples, so it compiles and prints what
// it says; and so are the messages shown.
func TestTextsShowTheExamples(t *testing.T) {
	examples := ""
	for _, file := range slices.Concat(glob(t, "example*_test.go"), glob(t, "calibrate/example_test.go"), glob(t, "examples/*/*.go")) {
		examples += unindented(read(t, file))
	}
	program := strings.NewReplacer("package main", "package nudge_test", "func main()", "func Example()")
	for _, file := range append(glob(t, "docs/*.md"), "README.md") {
		for i, block := range blocks(read(t, file), "go") {
			if !strings.Contains(examples, unindented(block)) && !strings.Contains(examples, unindented(program.Replace(block))) {
				t.Errorf("%s: block %d of Go code is in none of the examples:\n%s", file, i+1, block)
			}
		}
		for _, message := range blocks(read(t, file), "text") {
			if !strings.Contains(examples, "// Output:\n// "+message) {
				t.Errorf("%s: none of the examples prints %s", file, message)
			}
		}
	}
}

// The names in the map of the module are declared in its packages.
func TestMapNamesWhatThereIs(t *testing.T) {
	declaration := regexp.MustCompile(`(?m)^(?:func (?:\([^)]*\) )?|type |\t)([A-Z]\w+)`)
	declared := map[string]bool{}
	for _, folder := range []string{"abm", "abm/network", "ad", "cli"} {
		for _, file := range glob(t, folder+"/*.go") {
			for _, match := range declaration.FindAllStringSubmatch(read(t, file), -1) {
				declared[match[1]] = true
			}
		}
	}
	for line := range strings.Lines(read(t, "doc.go")) {
		if !strings.HasPrefix(line, "//\t") {
			continue
		}
		for _, name := range regexp.MustCompile(`[A-Z]\w+`).FindAllString(line, -1) {
			if !declared[name] {
				t.Errorf("doc.go names %s, which is declared nowhere", name)
			}
		}
	}
}

// The study in the guide is the example's.
func TestGuideShowsTheStudy(t *testing.T) {
	study := read(t, "examples/adoption/study.yaml")
	shown := blocks(read(t, "docs/your-own-model.md"), "yaml")
	if len(shown) != 1 || !strings.Contains(study, shown[0]) {
		t.Errorf("not in the study: %q", shown)
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
