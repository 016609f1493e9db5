package abm

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseNumberReadsWhatIsWritten(t *testing.T) {
	for text, want := range map[string]float64{
		"0.05": 0.05, "1e-3": 0.001, "-2": -2, "+3": 3, ".5": 0.5, "010": 10,
		"1/24": 1.0 / 24, "-3/4": -0.75, "010/020": 0.5, "inf": math.Inf(1),
	} {
		if got, err := ParseNumber(text); err != nil || got != want {
			t.Errorf("ParseNumber(%q) = %v, %v, want %v", text, got, err, want)
		}
	}
}

func TestParseNumberRefusesAllElse(t *testing.T) {
	for _, text := range []string{
		"", "many", "nan", "1,5", "1_000", "0x10", "0x1p-2", "1e999", "12:30",
		"1/0", "1/-2", "/2", "1/", "1/2/3", "0.5/2", "1 / 2", "9007199254740993/2", "-9223372036854775808/3",
	} {
		if got, err := ParseNumber(text); err == nil {
			t.Errorf("ParseNumber(%q) = %v, want an error", text, got)
		} else if !strings.HasPrefix(err.Error(), "must be a number") {
			t.Errorf("ParseNumber(%q): %v", text, err)
		}
	}
}

func TestFractionsAreRoundedOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := big.NewRat(rapid.Int64Range(-1<<53, 1<<53).Draw(t, "above"), rapid.Int64Range(1, 1<<53).Draw(t, "below"))
		want, _ := r.Float64()
		if got, err := ParseNumber(r.String()); err != nil || got != want {
			t.Fatalf("ParseNumber(%q) = %v, %v, want %v", r, got, err, want)
		}
	})
}

func TestNumberSettingsAcceptFractions(t *testing.T) {
	s := NewSetup(&Model{
		Parameters: []Parameter{{Name: "rate", Support: Positive}},
		Settings:   []Setting{{Name: "dt", Kind: Number, Min: 1e-9, Default: "1/2"}},
	})
	if got := s.Float("dt"); got != 0.5 {
		t.Errorf("default dt is %v", got)
	}
	for _, assignment := range []string{"dt=1/24", "rate=3/4"} {
		if err := s.Assign(assignment); err != nil {
			t.Error(err)
		}
	}
	if s.Float("dt") != 1.0/24 || s.Theta()[0] != 0.75 {
		t.Errorf("dt is %v and rate %v", s.Float("dt"), s.Theta()[0])
	}
	for assignment, want := range map[string]string{
		"dt=-1/24":  "dt must be at least 1e-09, is -0.041666666666666664",
		"dt=1/zero": `dt must be a number or a fraction of two whole numbers such as 1/24, not "1/zero"`,
		"rate=fast": `rate must be a number, not "fast"`,
		"rate=-1/2": "rate must be zero or positive, is -0.5",
	} {
		if err := s.Assign(assignment); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", assignment, err, want)
		}
	}
}
