package loss

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats"
	"pgregory.net/rapid"
)

// signatureLevels returns the signature of a piecewise linear path in the plane
// up to a level, all words of a level after those of the level before, by Chen's
// identity: segment by segment it is multiplied by a tensor exponential.
func signatureLevels(points [][]float64, level int) [][]float64 {
	signature := [][]float64{{1}}
	for range level {
		signature = append(signature, make([]float64, 2*len(signature[len(signature)-1])))
	}
	for p := range len(points) - 1 {
		step := []float64{points[p+1][0] - points[p][0], points[p+1][1] - points[p][1]}
		power := [][]float64{{1}} // step^⊗k / k!
		for k := 1; k <= level; k++ {
			power = append(power, outer(power[k-1], step))
			floats.Scale(1/float64(k), power[k])
		}
		next := make([][]float64, level+1)
		for n := range next {
			next[n] = make([]float64, len(signature[n]))
			for k := range n + 1 {
				floats.Add(next[n], outer(signature[k], power[n-k]))
			}
		}
		signature = next
	}
	return signature
}

func outer(a, b []float64) (product []float64) {
	for _, x := range a {
		for _, y := range b {
			product = append(product, x*y)
		}
	}
	return product
}

// The kernel is the inner product of signatures.
func TestSignatureKernelIsTheInnerProduct(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	path := func() (points [][]float64, flat []float64) {
		for range 4 {
			p := []float64{0.6 * r.NormFloat64(), 0.6 * r.NormFloat64()}
			points, flat = append(points, p), append(flat, p...)
		}
		return points, flat
	}
	for range 5 {
		x, flatX := path()
		y, flatY := path()
		want := 0.0
		sx, sy := signatureLevels(x, 11), signatureLevels(y, 11)
		for n := range sx {
			want += floats.Dot(sx[n], sy[n])
		}
		fine := newSignatureKernel(&paths{points: 4, dim: 2}, Linear, 256)
		if got := fine.of(flatX, flatY); !near(got, want, 1e-4) {
			t.Errorf("%v, want %v", got, want)
		}
	}
}

func TestSignatureAdjoint(t *testing.T) {
	data := Data{Values: []float64{1, 3, nan, 2, nan, nan, 0, -1, 1, nan}, Rows: 5, Columns: 2}
	for _, o := range []SignatureOptions{
		{}, {Raw: true, Cuts: 2}, {Lift: Linear, Cuts: 2}, {Lift: Linear, Timeless: true, Raw: true, Cuts: 1},
	} {
		o.Scale = []float64{20, 30}
		for _, n := range []int{1, 2} {
			checkAdjoint(t, must(NewSignature(data, o)), n, 10, -20, 40)
		}
	}
}

// Paths go through what was observed: a cell that was not counts for nothing,
// and a row without any is as if it were not there, but for the time.
func TestSignatureOfMissingCells(t *testing.T) {
	data := Data{Values: []float64{1, 3, nan, nan, 5, nan, 2, 4}, Rows: 4, Columns: 2}
	p := newPaths(data, []float64{2, 1}, true)
	got := p.of([]float64{1, 3, 99, 99, 5, 99, 2, 9})
	mean := 8. / 3
	want := []float64{ // the second column runs from 3 to 9 in three rows, of which two are left
		0, 0, 0,
		(1 - mean) / 2, 3 - 3.5, 0.25,
		(5 - mean) / 2, 7 - 3.5, 0.75,
		(2 - mean) / 2, 9 - 3.5, 1,
	}
	if !floats.EqualApprox(got, want, 1e-14) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Neither the unit of the data nor, without time, a pause changes the loss.
func TestSignatureInvariance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) []float64 { return rapid.SliceOfN(rapid.Float64Range(0, 10), 5, 5).Draw(t, name) }
		y, x, z := draw("data"), draw("x"), draw("z")
		y[0], y[1] = 0, 5 // so that they vary
		value := func(o SignatureOptions, edit func([]float64) []float64) float64 {
			y, x, z := edit(slices.Clone(y)), edit(slices.Clone(x)), edit(slices.Clone(z))
			return must(NewSignature(Data{Values: y, Rows: len(y), Columns: 1}, o)).Value([][]float64{x, z}, nil, nil, nil)
		}
		same := func(v []float64) []float64 { return v }
		scaled := func(v []float64) []float64 { floats.Scale(60, v); floats.AddConst(7, v); return v }
		if a, b := value(SignatureOptions{}, same), value(SignatureOptions{}, scaled); !near(a, b, 1e-9) {
			t.Fatalf("%v, in other units %v", a, b)
		}
	})
	// A pause repeats a row; the mean of the data must stay, so they begin there.
	y, x := []float64{2, 0, 4, 2}, []float64{1, 3, 0, 5}
	pause := func(v []float64) []float64 { return slices.Insert(slices.Clone(v), 1, v[0]) }
	for _, timeless := range []bool{true, false} {
		o := SignatureOptions{Timeless: timeless, Scale: []float64{2}}
		a := must(NewSignature(Data{Values: y, Rows: 4, Columns: 1}, o)).Value([][]float64{x}, nil, nil, nil)
		b := must(NewSignature(Data{Values: pause(y), Rows: 5, Columns: 1}, o)).Value([][]float64{pause(x)}, nil, nil, nil)
		if near(a, b, 1e-12) != timeless {
			t.Errorf("timeless %v: %v, with a pause %v", timeless, a, b)
		}
	}
}

// It is zero for runs that are the data and at most 4 where the kernel is
// normalised; the order of what happens matters.
func TestSignatureRange(t *testing.T) {
	data := Data{Values: []float64{1, 2, 6, 3}, Rows: 4, Columns: 1}
	for _, o := range []SignatureOptions{{}, {Raw: true}, {Lift: Linear}} {
		l := must(NewSignature(data, o))
		if got := l.Value([][]float64{data.Values, data.Values}, nil, nil, nil); math.Abs(got) > 1e-9 {
			t.Errorf("%v of the data: %v", l, got)
		}
	}
	l := must(NewSignature(data, SignatureOptions{Timeless: true}))
	back := l.Value([][]float64{{3, 6, 2, 1}}, nil, nil, nil)
	near := l.Value([][]float64{{1, 2, 5, 3}}, nil, nil, nil)
	if !(back > 4*near) {
		t.Errorf("backwards %v, nearly right %v", back, near)
	}
}

// Far from the data the linear lift leaves the range of numbers, the Gaussian
// does not.
func TestSignatureFarAway(t *testing.T) {
	const rows = 60
	data, far := Data{Rows: rows, Columns: 1}, make([]float64, rows)
	for i := range rows {
		data.Values = append(data.Values, math.Sin(float64(i)/5))
		far[i] = 1e6 * float64(i%2)
	}
	linear := must(NewSignature(data, SignatureOptions{Lift: Linear})).Value([][]float64{far, far}, nil, nil, nil)
	gaussian := must(NewSignature(data, SignatureOptions{})).Value([][]float64{far, far}, nil, nil, nil)
	if !math.IsNaN(linear) || !(gaussian > 0 && gaussian < 4) {
		t.Errorf("linear %v, gaussian %v", linear, gaussian)
	}
}

func TestSignatureRefuses(t *testing.T) {
	data := Data{Values: []float64{1, 3}, Rows: 2, Columns: 1}
	for want, o := range map[string]SignatureOptions{
		"lift must be one of [gaussian linear], is 3":           {Lift: 3},
		"cuts must be a whole number from 1 to 64, is 65":       {Cuts: 65},
		"scale of column 1 must be positive and finite, is 0":   {Scale: []float64{0}},
		"choose a larger scale, more cuts or the Gaussian lift": {Scale: []float64{1e-160}, Lift: Linear},
	} {
		l, err := NewSignature(data, o)
		checkError(t, l, err, want)
	}
}
