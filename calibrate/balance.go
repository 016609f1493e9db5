package calibrate

// balance returns the share c ∈ [0, 1] of the divergence gradient that is taken
// from the many draws. With a_s and b_s the derivatives of divergence and loss
// at the few draws, the gradient is mean(b + (1−c)a) over the few plus c·mean(a)
// over the many; its variance over the few is least at
// c = Cov(a+b, a)/Var(a). At the optimum a+b has no variance and c = 0. The
// moments are running means of earlier steps, so that c is independent of this
// step's draws and the gradient stays unbiased. Estimators without the
// derivative of the loss take all from the few. Only coordinates in which the loss
// has a slope count.
func (t *Trainer) balance() float64 {
	switch {
	case !t.estimator.differentiates():
		return 0
	case t.alone():
		return 0
	case t.state.VarA == 0 && t.placed:
		return 0 // begins near the optimum
	case t.state.VarA == 0:
		return 1
	}
	return min(max(t.state.CovA/t.state.VarA, 0), 1)
}

// alone reports whether the draws of the loss serve the divergence alone: with
// an exact loss and a beginning near the optimum their noise cancels from the
// first step to the last.
func (t *Trainer) alone() bool {
	return t.placed && t.problem.exact() && t.estimator.differentiates()
}

// note updates the moments that balance uses.
func (t *Trainer) note(b *batch) {
	kept := b.kept()
	if len(kept) < 2 || !t.estimator.differentiates() {
		return
	}
	varA, covA := 0.0, 0.0
	if b.leading() == t.flow.Dim() {
		varA, covA = b.valueMoments(kept)
	}
	for k := b.leading(); k < t.flow.Dim(); k++ {
		meanA, meanB := 0.0, 0.0
		for _, s := range kept {
			meanA += b.row(b.pull, s)[k] / float64(len(kept))
			meanB += b.row(b.slope, s)[k] / float64(len(kept))
		}
		for _, s := range kept {
			a, b := b.row(b.pull, s)[k]-meanA, b.row(b.slope, s)[k]-meanB
			varA += a * a
			covA += (a + b) * a
		}
	}
	const memory = 0.9
	t.state.VarA = memory*t.state.VarA + (1-memory)*varA
	t.state.CovA = memory*t.state.CovA + (1-memory)*covA
}

// valueMoments are the moments of values in place of slopes, where the loss has
// none in any coordinate: with a the divergence and b the loss of a draw, the
// weights of the scores have the variance of b + (1−c)a.
func (b *batch) valueMoments(kept []int) (varA, covA float64) {
	whole, meanWhole := b.values(kept, 1)
	loss, meanLoss := b.values(kept, 0)
	for i := range kept {
		a := whole[i] - meanWhole - (loss[i] - meanLoss)
		varA += a * a
		covA += (whole[i] - meanWhole) * a
	}
	return varA, covA
}
