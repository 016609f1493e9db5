package prior

import (
	"fmt"
	"math"
)

// stretched is the density of shift + scale·X, scale > 0.
type stretched struct {
	Density
	shift, scale float64
}

func (s stretched) LogDensity(x float64) (logp, dlogp float64) {
	logp, dlogp = s.Density.LogDensity((x - s.shift) / s.scale)
	return logp - math.Log(s.scale), dlogp / s.scale
}

func (s stretched) CDF(x float64) float64 { return s.Density.CDF((x - s.shift) / s.scale) }

func (s stretched) Quantile(u float64) float64 { return s.shift + s.scale*s.Density.Quantile(u) }

func (s stretched) Mean() float64 { return s.shift + s.scale*s.Density.Mean() }

func (s stretched) SD() float64 { return s.scale * s.Density.SD() }

func (s stretched) Support() (lo, hi float64) {
	lo, hi = s.Density.Support()
	return s.shift + s.scale*lo, s.shift + s.scale*hi
}

func (s stretched) String() string { return fmt.Sprintf("%v + %v·%v", s.shift, s.scale, s.Density) }
