package calibrate

import "math"

// cellPoints is the number of points by which a cell of the discrete parameters is
// averaged over.
const cellPoints = 128

// cells returns points z, one after the other, spread evenly by prior probability
// over all that give θ: the discrete parameters' coordinates by a lattice of
// Kronecker with the powers of the generalised golden ratio (Roberts 2018), the
// others fixed. Without discrete parameters there is one point.
func (f *Fitted) cells(theta []float64) []float64 {
	d, lead := f.Prior.Dim(), f.Prior.Leading()
	if lead == 0 {
		z := make([]float64, d)
		f.Prior.Unconstrain(z, theta)
		return z
	}
	ratio := 2.0 // root of x^(lead+1) = x + 1
	for range 60 {
		ratio = math.Pow(1+ratio, 1/float64(lead+1))
	}
	z, u := make([]float64, cellPoints*d), make([]float64, lead)
	for i := range cellPoints {
		for k := range u {
			_, u[k] = math.Modf(0.5 + float64(i)*math.Pow(ratio, -float64(k+1)))
		}
		f.Prior.Within(z[i*d:(i+1)*d], theta, u)
	}
	return z
}
