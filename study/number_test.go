package study

import (
	"reflect"
	"testing"
)

// readX reads a study's value of type T from the YAML of the key x.
func readX[T any](t *testing.T, written string) (T, error) {
	t.Helper()
	var section struct {
		X T `yaml:"x"`
	}
	s := newSource("x.yaml", []byte("x: "+written))
	tree, err := parse(s, []byte("x: "+written))
	if err != nil {
		t.Fatal(err)
	}
	err = s.readSection(tree, "section", reflect.ValueOf(&section).Elem())
	return section.X, err
}

func TestNumbersAreReadAsTheyAreWritten(t *testing.T) {
	for written, want := range map[string]float64{
		"010": 10, "1e3": 1000, "1E-5": 1e-5, ".5": 0.5, "+3": 3, "-2.50": -2.5, "1/24": 1.0 / 24, `"7"`: 7,
	} {
		if got, err := readX[number](t, written); err != nil || got.value != want {
			t.Errorf("%s is read as %v, %v, want %v", written, got.value, err, want)
		}
	}
}

func TestWhatIsNoNumber(t *testing.T) {
	for written, want := range map[string]string{
		"1_000":   `x.yaml:1:4: x must be a number, not "1_000"`,
		"0o17":    `x.yaml:1:4: x must be a number, not "0o17"`,
		".nan":    `x.yaml:1:4: x must be a number, not ".nan"`,
		"12:30":   `x.yaml:1:4: x must be a number, not "12:30"`,
		"1,5":     `x.yaml:1:4: x must be a number, not "1,5"`,
		"yes":     `x.yaml:1:4: x must be a number, not "yes"`,
		"[1, 2]":  `x.yaml:1:4: x must be a number, not a list`,
		"{a: 1}":  `x.yaml:1:4: x must be a number, not keys with values`,
		"!!int 1": `x.yaml:1:4: x must be a number, not an anchor, alias or tag: write the value out`,
		"":        `x.yaml:1:4: x must be a number, not nothing`,
	} {
		if _, err := readX[number](t, written); err == nil || !says(err.Error(), want) {
			t.Errorf("%s: %v, want %s", written, err, want)
		}
	}
}

func TestNumbersAreOneOrAList(t *testing.T) {
	for written, want := range map[string][]float64{"2": {2}, "[1, 1/2]": {1, 0.5}} {
		if got, err := readX[numbers](t, written); err != nil || !reflect.DeepEqual(got.values(), want) {
			t.Errorf("%s is read as %v, %v", written, got.values(), err)
		}
	}
	if _, err := readX[numbers](t, "[]"); err == nil || !says(err.Error(), "x.yaml:1:4: x must not be empty") {
		t.Error(err)
	}
}
