package calibrate

import "github.com/nudge-abm/nudge/calibrate/prior"

// Target is the loss ℓ(θ) of a calibration. It may be noisy: a target that
// simulates takes its luck from the index it is given, so that the same index
// gives the same value.
type Target interface {
	// Evaluator returns the state that one goroutine needs to evaluate the
	// target at parameters in the order of names.
	Evaluator(names []string) (Evaluator, error)
}

// Evaluator evaluates a target in one goroutine.
type Evaluator interface {
	// Evaluate returns ℓ(θ) under the luck of the index and, unless grad is nil,
	// writes an estimate of its gradient in θ to grad. An error ends the
	// calibration; a value that is not finite drops the draw, which is counted.
	Evaluate(theta []float64, luck uint64, grad []float64) (Evaluation, error)
	// Close frees what the evaluator holds.
	Close()
}

// Spreader is an evaluator that can use several goroutines itself, of which it is
// told before an evaluation that has no company on other processors.
type Spreader interface{ Spread(goroutines int) }

// Evaluation is the value of a target.
type Evaluation struct {
	Loss float64
	Runs int // simulations it took
}

// LogLikelihood is a target with an exact log-likelihood: ℓ = −log p(y | θ).
type LogLikelihood func(theta, grad []float64) float64

// Evaluator implements [Target]. The function must be safe for concurrent use
// and expect θ in the order of the prior's names.
func (f LogLikelihood) Evaluator([]string) (Evaluator, error) { return f, nil }

// Evaluate implements [Evaluator].
func (f LogLikelihood) Evaluate(theta []float64, _ uint64, grad []float64) (Evaluation, error) {
	v := f(theta, grad)
	for i := range grad {
		grad[i] = -grad[i]
	}
	return Evaluation{Loss: -v}, nil
}

// Close implements [Evaluator].
func (LogLikelihood) Close() {}

// exact reports whether the loss is a known function, without noise and cheap.
func (p Problem) exact() bool {
	_, ok := p.Target.(LogLikelihood)
	return ok
}

// Problem is a prior, a target and the weight between them.
type Problem struct {
	Prior  *prior.Joint
	Target Target
	Weight float64 // λ, nats per unit of loss; 1 for a likelihood
}
