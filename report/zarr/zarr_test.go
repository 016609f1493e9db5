package zarr

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFiles(t *testing.T) {
	files := Files(Group{
		Name:       "posterior",
		Attributes: map[string]any{"inference_library": "nudge"},
		Arrays:     []Array{{Name: "x", Dimensions: []string{"chain", "draw"}, Shape: []int{1, 2}, Values: []float64{1, -2}}},
	})
	content := map[string]string{}
	var names []string
	for _, f := range files {
		content[f.Name] = string(f.Content)
		names = append(names, f.Name)
	}
	want := []string{".zgroup", "posterior/.zgroup", "posterior/.zattrs", "posterior/x/.zarray", "posterior/x/.zattrs", "posterior/x/0.0", ".zmetadata"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
	if got, want := content["posterior/x/0.0"], "\x00\x00\x00\x00\x00\x00\xf0\x3f\x00\x00\x00\x00\x00\x00\x00\xc0"; got != want {
		t.Errorf("chunk %q, want %q", got, want)
	}
	var array, all map[string]any
	if err := json.Unmarshal([]byte(content["posterior/x/.zarray"]), &array); err != nil {
		t.Fatal(err)
	}
	wantArray := map[string]any{
		"chunks": []any{1., 2.}, "shape": []any{1., 2.}, "dtype": "<f8", "fill_value": "NaN", "order": "C",
		"compressor": nil, "filters": nil, "zarr_format": 2.,
	}
	if diff := cmp.Diff(wantArray, array); diff != "" {
		t.Error(diff)
	}
	if err := json.Unmarshal([]byte(content[".zmetadata"]), &all); err != nil {
		t.Fatal(err)
	}
	consolidated := all["metadata"].(map[string]any)
	if diff := cmp.Diff(wantArray, consolidated["posterior/x/.zarray"]); diff != "" || len(consolidated) != 5 {
		t.Errorf("%s, %d entries", diff, len(consolidated))
	}
}

func TestArraysMustFillTheirShape(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("three values do not fill 2 × 2")
		}
	}()
	Files(Group{Name: "g", Arrays: []Array{{Name: "x", Dimensions: []string{"a", "b"}, Shape: []int{2, 2}, Values: []float64{1, 2, 3}}}})
}
