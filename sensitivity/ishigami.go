package sensitivity

import "math"

// Ishigami returns f(x) = sin x₁ + a·sin² x₂ + b·x₃⁴·sin x₁ with inputs uniform
// between −π and π. The usual values are a = 7, b = 0.1. The third input matters
// only together with the first.
//
// Source: Ishigami and Homma (1990); indices by integration.
func Ishigami(a, b float64) *TestFunction {
	pi4 := math.Pow(math.Pi, 4)
	v1 := math.Pow(1+b*pi4/5, 2) / 2
	v2 := a * a / 8
	v13 := b * b * pi4 * pi4 * (1./18 - 1./50)
	v := v1 + v2 + v13
	f := &TestFunction{
		Name: "Ishigami",
		Value: func(x []float64) float64 {
			return (1+b*math.Pow(x[2], 4))*math.Sin(x[0]) + a*math.Pow(math.Sin(x[1]), 2)
		},
		Gradient: func(dst, x []float64) {
			dst[0] = (1 + b*math.Pow(x[2], 4)) * math.Cos(x[0])
			dst[1] = a * math.Sin(2*x[1])
			dst[2] = 4 * b * math.Pow(x[2], 3) * math.Sin(x[0])
		},
		Mean: a / 2, Variance: v,
		First: []float64{v1 / v, v2 / v, 0}, Total: []float64{(v1 + v13) / v, v2 / v, v13 / v},
		Second: matrix(3),
	}
	f.Second[0][2] = v13 / v
	for _, name := range []string{"x1", "x2", "x3"} {
		f.Inputs = append(f.Inputs, Uniform(name, -math.Pi, math.Pi))
	}
	return f
}
