package abm

import "github.com/nudge-abm/nudge/ad"

// Dirichlet draws a point of the simplex from the Dirichlet law with shapes
// alpha, with pathwise derivatives: gamma draws divided by their sum, each by
// implicit reparameterisation (Figurnov, Mohamed and Mnih, 2018). Element k has
// the mean alpha_k/Σ_j alpha_j. The result is lent for the agent's turn. The run
// fails unless there are shapes, all positive and finite.
func (w *World) Dirichlet(purpose Purpose, alpha []ad.Num) []ad.Num {
	if len(alpha) == 0 {
		w.fail(w.site(purpose), "a Dirichlet law needs at least one shape")
	}
	logs, x := w.pool.slice(len(alpha)), w.pool.slice(len(alpha))
	s := w.stream(purpose)
	top := 0
	for k, shape := range alpha {
		w.shape(purpose, "a Dirichlet law", shape.Primal())
		logs[k] = logGamma(&s, shape)
		if logs[k].Primal() > logs[top].Primal() {
			top = k
		}
	}
	softmax(x, logs, top)
	return x
}
