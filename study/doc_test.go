package study

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// TestEveryKeyIsDocumented holds the package comment against the structs.
func TestEveryKeyIsDocumented(t *testing.T) {
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	sections := []any{new(spec), new(dataset), new(column), new(group), new(estimator), new(training), new(chains), new(particles), new(posterior)}
	words := append(append(beliefs.names(), losses.names()...), families.names()...)
	for _, k := range beliefs.all {
		sections = append(sections, k.make())
	}
	for _, k := range losses.all {
		sections = append(sections, k.make())
	}
	for _, k := range families.all {
		sections = append(sections, k.make())
	}
	for _, s := range sections {
		words = append(words, keys(fieldsOf(reflect.ValueOf(s).Elem()))...)
	}
	for _, word := range words {
		if !regexp.MustCompile(`\b` + word + `\b`).MatchString(strings.ReplaceAll(string(text), "//", "")) {
			t.Errorf("doc.go does not mention %q", word)
		}
	}
}
