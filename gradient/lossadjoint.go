package gradient

// adjointSampler samples a loss by one run and the sweep back.
type adjointSampler struct {
	*Adjoint
	l               Objective
	series, adjoint []float64
}

// Sample makes one run with the luck of run, and the sweep back.
func (s *adjointSampler) Sample(run uint64, dst *Sample) (err error) {
	if s.series, err = s.Run(run, s.series); err != nil {
		return err
	}
	s.adjoint = resize(s.adjoint, len(s.series))
	dst.begin(s.l(s.series, s.adjoint), len(s.p.Active))
	dst.Jacobian, err = s.Gradient(dst.Jacobian, s.adjoint)
	dst.Runs = 1
	return err
}
