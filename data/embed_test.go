package data

import (
	"slices"
	"strings"
	"testing"
)

func TestEveryDataSetHasAStudyAndItsData(t *testing.T) {
	if !slices.Contains(Names(), "boarding-school") || !slices.IsSorted(Names()) {
		t.Errorf("data sets are %v", Names())
	}
	for _, name := range Names() {
		text, err := Files.ReadFile(name + "/study.yaml")
		if err != nil || len(text) == 0 {
			t.Errorf("%s: %d bytes, %v", name, len(text), err)
		}
		_, file, named := strings.Cut(string(text), "\n  file: ")
		if file, _, _ = strings.Cut(file, " "); named {
			if table, err := Files.ReadFile(name + "/" + file); err != nil || len(table) == 0 {
				t.Errorf("%s/%s: %d bytes, %v", name, file, len(table), err)
			}
		}
	}
	if !slices.Contains(Names(), "paper/sir") {
		t.Errorf("data sets are %v", Names())
	}
}

func TestEveryPolicyHasAStudy(t *testing.T) {
	if !slices.Contains(Policies(), "policy/sir") {
		t.Errorf("policies are %v", Policies())
	}
	for _, name := range Policies() {
		if text, err := Files.ReadFile(name + "/study.yaml"); err != nil || len(text) == 0 {
			t.Errorf("%s: %d bytes, %v", name, len(text), err)
		}
	}
}
