package reparam

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestBetaLogitReference(t *testing.T) {
	for _, row := range reference(t, "beta.csv") {
		a, b, logit := row[0], row[1], row[2]
		da, db := BetaLogit(logit, a, b)
		if !near(da, row[3], 1e-11) || !near(db, row[4], 1e-11) {
			t.Errorf("beta(%g, %g), logit %v: %v, %v, want %v, %v", a, b, logit, da, db, row[3], row[4])
		}
	}
}

func TestBetaReference(t *testing.T) {
	for _, row := range reference(t, "beta.csv") {
		a, b, logit := row[0], row[1], row[2]
		x, y := 1/(1+math.Exp(-logit)), 1/(1+math.Exp(logit))
		if min(x, y) < 0x1p-1022 {
			continue
		}
		da, db := Beta(x, y, a, b)
		if !near(da, row[3]*x*y, 2e-11) || !near(db, row[4]*x*y, 2e-11) {
			t.Errorf("beta(%g, %g), x %v: %v, %v, want %v, %v", a, b, x, da, db, row[3]*x*y, row[4]*x*y)
		}
	}
}

// The cumulative distributions of two beta laws are powers.
func TestBetaPowerLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := math.Exp(rapid.Float64Range(-3, 6.2).Draw(t, "log a"))
		logX := math.Log(rapid.Float64Range(1e-6, 0.999999).Draw(t, "u")) / a
		x, y := math.Exp(logX), -math.Expm1(logX)
		want := -x * logX / a // F(x) = x^a
		if da, _ := Beta(x, y, a, 1); !near(da, want, 1e-11) {
			t.Errorf("beta(%v, 1) at %v: dx/da = %v, want %v", a, x, da, want)
		}
		if _, db := Beta(y, x, 1, a); !near(db, -want, 1e-11) {
			t.Errorf("beta(1, %v) at %v: dx/db = %v, want %v", a, y, db, -want)
		}
	})
}

func TestBetaMirrored(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := math.Exp(rapid.Float64Range(-3, 6.2).Draw(t, "log a"))
		b := math.Exp(rapid.Float64Range(-3, 6.2).Draw(t, "log b"))
		spread := rapid.Float64Range(-5, 5).Draw(t, "z") * math.Sqrt(1/a+1/b)
		logit := math.Log(a/b) + spread
		da, db := BetaLogit(logit, a, b)
		mb, ma := BetaLogit(-logit, b, a)
		if !near(da, -ma, 1e-10) || !near(db, -mb, 1e-10) {
			t.Errorf("%v, %v against %v, %v in the mirror", da, db, -ma, -mb)
		}
	})
}

func TestBetaFarOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := math.Exp(rapid.Float64Range(-14, 14).Draw(t, "log a"))
		b := math.Exp(rapid.Float64Range(-14, 14).Draw(t, "log b"))
		logit := rapid.Float64Range(-900, 900).Draw(t, "logit")
		if da, db := BetaLogit(logit, a, b); !(da > 0 && db < 0) {
			t.Errorf("beta(%v, %v), logit %v: derivatives %v, %v", a, b, logit, da, db)
		}
	})
}

func TestBetaMisuse(t *testing.T) {
	for _, f := range []func(){
		func() { Beta(0, 1, 1, 1) },
		func() { Beta(1, 0, 1, 1) },
		func() { Beta(1.5, 0.5, 1, 1) },
		func() { Beta(0.5, math.NaN(), 1, 1) },
		func() { Beta(0.5, 0.5, 0, 1) },
		func() { Beta(0.5, 0.5, 1, math.Inf(1)) },
		func() { BetaLogit(math.NaN(), 1, 1) },
	} {
		if !panics(f) {
			t.Error("no panic")
		}
	}
}

func BenchmarkBeta(b *testing.B) {
	for _, shapes := range [][2]float64{{0.1, 0.1}, {2, 5}, {0.5, 40}, {500, 500}} {
		for _, z := range []float64{-1, 1} {
			p, q := shapes[0], shapes[1]
			logit := math.Log(p/q) + z*math.Sqrt(1/p+1/q)
			x, y := 1/(1+math.Exp(-logit)), 1/(1+math.Exp(logit))
			b.Run(fmt.Sprintf("a=%g/b=%g/z=%g", p, q, z), func(b *testing.B) {
				for b.Loop() {
					sink, _ = Beta(x, y, p, q)
				}
			})
		}
	}
}
