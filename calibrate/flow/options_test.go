package flow

import (
	"encoding/json"
	"fmt"
	"strconv"
	"testing"
)

func TestParamCountsGolden(t *testing.T) {
	var counts map[string]int
	if err := json.Unmarshal(golden()["paper_size_param_counts"], &counts); err != nil {
		t.Fatal(err)
	}
	for key, want := range counts {
		dim, err := strconv.Atoi(key)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(New(dim, Options{}, uniforms(1)).Params()); got != want {
			t.Errorf("%d dimensions: %d parameters, want %d", dim, got, want)
		}
	}
}

func TestOptionsCheck(t *testing.T) {
	for _, bad := range []struct {
		dim int
		o   Options
	}{
		{0, Options{}},
		{2, Options{Kind: "planar"}},
		{2, Options{Layers: -1}},
		{2, Options{Hidden: -1}},
		{2, Options{Blocks: -2}},
		{2, Options{Bins: -1}},
		{2, Options{Bins: 1000}},
		{2, Options{Bound: -3}},
	} {
		if bad.o.Check(bad.dim) == nil {
			t.Errorf("%+v accepted in %d dimensions", bad.o, bad.dim)
		}
		if panicked(func() { New(bad.dim, bad.o, uniforms(1)) }) == "" {
			t.Errorf("New took %+v in %d dimensions", bad.o, bad.dim)
		}
	}
	for _, kind := range Kinds() {
		if err := (Options{Kind: kind}).Check(1); err != nil {
			t.Error(err)
		}
	}
}

// panicked returns what f panics with, or "".
func panicked(f func()) (message string) {
	defer func() {
		if r := recover(); r != nil {
			message = fmt.Sprint(r)
		}
	}()
	f()
	return ""
}
