package sensitivity

// TestFunction is a function of one output whose indices are known exactly, to
// test methods with. It is not random.
type TestFunction struct {
	Name     string
	Inputs   Space
	Value    func(x []float64) float64
	Gradient func(dst, x []float64)

	Mean, Variance float64
	First, Total   []float64
	Second         [][]float64 // Second[i][j], i < j; the rest is zero
}

var _ Smooth = (*TestFunction)(nil)

// Space implements [Function].
func (f *TestFunction) Space() Space { return f.Inputs }

// Outputs implements [Function].
func (f *TestFunction) Outputs() int { return 1 }

// Output implements [Function].
func (f *TestFunction) Output(int) string { return f.Name }

// Random implements [Function].
func (f *TestFunction) Random() bool { return false }

// Worker implements [Function].
func (f *TestFunction) Worker() (Worker, error) { return (*testWorker)(f), nil }

// SlopeWorker implements [Smooth].
func (f *TestFunction) SlopeWorker() (SlopeWorker, error) { return (*testWorker)(f), nil }

type testWorker TestFunction

func (w *testWorker) Evaluate(y, x []float64, _ uint64) error {
	y[0] = w.Value(x)
	return nil
}

func (w *testWorker) Slopes(y, dy, x []float64, _ uint64) (float64, error) {
	y[0] = w.Value(x)
	w.Gradient(dy, x)
	return 1, nil
}

func (w *testWorker) Close() {}

// matrix returns n × n zeros.
func matrix(n int) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
	}
	return m
}
