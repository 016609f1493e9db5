package sensitivity

// replicates are the runs of a function at one point after the other, with luck
// that no two points share.
type replicates struct {
	worker Worker
	n      int
	y      []float64
	points uint64 // points that a row of the design has
}

func newReplicates(f Function, n, points int) (*replicates, error) {
	w, err := f.Worker()
	if err != nil {
		return nil, err
	}
	return &replicates{worker: w, n: n, y: make([]float64, f.Outputs()), points: uint64(points)}, nil
}

// run writes the means of the outputs over the replicates at x, less a reference
// level, and their sample variances (zero for a single run). The point is the
// given one of a row of the design.
func (r *replicates) run(mean, variance, x, level []float64, row, point int) error {
	clear(mean)
	clear(variance)
	first := (uint64(row)*r.points + uint64(point)) * uint64(r.n)
	for k := range r.n {
		if err := r.worker.Evaluate(r.y, x, first+uint64(k)); err != nil {
			return err
		}
		for i, v := range r.y {
			v -= level[i]
			d := v - mean[i]
			mean[i] += d / float64(k+1)
			variance[i] += d * (v - mean[i])
		}
	}
	for i := range variance {
		variance[i] /= float64(max(1, r.n-1))
	}
	return nil
}

// middle returns the outputs in the middle of the space, to which others are
// compared so that no digits are lost in variances.
func middle(f Function) ([]float64, error) {
	w, err := f.Worker()
	if err != nil {
		return nil, err
	}
	defer w.Close()
	s := f.Space()
	u, x, y := make([]float64, s.Dim()), make([]float64, len(s.Names())), make([]float64, f.Outputs())
	for j := range u {
		u[j] = 0.5
	}
	s.Draw(x, u)
	if err := w.Evaluate(y, x, middleRun); err != nil {
		return nil, err
	}
	for k, v := range y {
		if v-v != 0 {
			y[k] = 0
		}
	}
	return y, nil
}

// middleRun is the run whose luck the middle of the space takes.
const middleRun = 1 << 40
