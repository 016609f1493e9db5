package calibrate

// WarmStart begins a fit at what another has ended with, of the same prior and
// family: its best flow, without a warm-up. The error says why it does not fit
// the problem.
func (t *Trainer) WarmStart(from State) error {
	s := t.State()
	s.Flow = from.chosen()
	s.Step = t.options.Warmup
	return t.Restore(s)
}
