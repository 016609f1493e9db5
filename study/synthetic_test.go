package study

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/models"
)

// made is boys with data that the model makes.
var made = strings.NewReplacer(
	"  file: boys.csv\n  time: day\n", "  synthetic: {until: 6, seed: 3}\n",
	"  ignore: convalescent\n", "",
	"agents: 763, network: complete, dt: 1/24", "agents: 200, network: complete, dt: 1/4",
	"quick:\n", "truth: {transmission: 2, recovery: 0.5, overdispersion: 0.1}\nquick:\n",
).Replace(boys)

func TestSyntheticData(t *testing.T) {
	s, err := Load(write(t, made, ""), models.All()...)
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.Build(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]float64{1, 2, 3, 4, 5, 6}, c.Data.Times); diff != "" {
		t.Error(diff)
	}
	if c.Data.Values[5] < 20 || c.Data.Values[5] != math.Trunc(c.Data.Values[5]) {
		t.Errorf("observed %v: not a grown epidemic, or not counts", c.Data.Values)
	}
	r := again(t, s) // as a file
	if diff := cmp.Diff(string(s.YAML()), string(r.YAML())); diff != "" {
		t.Error(diff)
	}
	if s.Digest() != r.Digest() {
		t.Error("the digests differ")
	}
}

// The data follow their own seed, the truth and the settings, not the seed of
// the fit.
func TestWhatSyntheticDataDependOn(t *testing.T) {
	data := func(from, to string, seed uint64) string {
		t.Helper()
		s, err := Load(write(t, replace(t, made, from, to), ""), models.All()...)
		if err != nil {
			t.Fatal(err)
		}
		s.SetSeed(seed)
		_, text := s.CSV()
		return string(text)
	}
	base := data("quick:", "quick:", 1)
	if data("quick:", "quick:", 2) != base {
		t.Error("the data change with the seed of the fit")
	}
	for _, edit := range [][2]string{{"seed: 3", "seed: 4"}, {"truth: {transmission: 2", "truth: {transmission: 3"}, {"agents: 200", "agents: 300"}} {
		if data(edit[0], edit[1], 1) == base {
			t.Errorf("%s makes the same data", edit[1])
		}
	}
	s, err := Load(write(t, made, ""), models.All()...)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Set("agents=300"); err != nil {
		t.Fatal(err)
	}
	if _, text := s.CSV(); string(text) == base {
		t.Error("--set agents=300 makes the same data")
	}
}

func TestMistakesInSyntheticData(t *testing.T) {
	for _, x := range []struct{ from, to, want string }{
		{"recovery: 0.5, ", "", "synthetic data need the value of every calibrated parameter under truth; that of recovery is missing"},
		{"synthetic: {", "file: boys.csv\n  synthetic: {", "the data are either read from a file or synthetic, not both"},
		{"until: 6", "until: 0", "until must not be before start, which is 1, is 0"},
		{"  synthetic: {until: 6, seed: 3}\n", "", `the data need the key "file", or "synthetic" if the model is to make them`},
		{"  synthetic: {until: 6, seed: 3}\n", "  file: boys.csv\n", `the key "time" is missing: the column of boys.csv that holds the times`},
	} {
		if got := loadError(t, replace(t, made, x.from, x.to), boysData); !strings.Contains(got, x.want) {
			t.Errorf("%q for %q:\n got %s\nwant %s", x.to, x.from, got, x.want)
		}
	}
}
