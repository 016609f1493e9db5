package data

import (
	"slices"
	"testing"
)

func TestEveryDataSetHasAStudyAndItsData(t *testing.T) {
	if !slices.Contains(Names(), "boarding-school") || !slices.IsSorted(Names()) {
		t.Errorf("data sets are %v", Names())
	}
	for _, name := range Names() {
		for _, file := range []string{"study.yaml", name + ".csv"} {
			if text, err := Files.ReadFile(name + "/" + file); err != nil || len(text) == 0 {
				t.Errorf("%s/%s: %d bytes, %v", name, file, len(text), err)
			}
		}
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
