package gradient

import (
	"context"
	"fmt"
	"sync"
)

// Auto measures the other estimators on a pilot and takes, for each parameter, the
// one that serves it best.
//
//   - Estimates: each column of the Jacobian by the estimator chosen for it. The
//     estimators chosen sample the same run, each with its own parameters only.
//   - Bias: that of the estimators chosen, which the pilot holds against their
//     variance.
//   - Variance: the same.
//   - Cost: the samples of all estimators chosen; once, about Pilot samples of every
//     estimator that can serve the model.
//   - Needs: nothing; estimators that cannot serve the model are left out.
//   - Use it for: models you do not know yet.
//
// For parameter p and estimator m let b² be the squared bias and v the variance of
// a sample, in squared peaks and averaged over observables and rows. Chosen is the
// set of estimators with the least
//
//	Σ_p log min_m (b² + v·work/Budget) ,
//
// where work is that of a sample of the whole set: the mean squared error after a
// budget of work, as a geometric mean. Work is counted, not timed, so that the same
// seed chooses the same: an estimator's runs times a fixed price of one with
// derivatives, measured on the SIR model. Bias is measured against finite
// differences, or against an estimator without bias by construction ([Unbiased])
// that agrees with them and varies less; noise is taken off its square, and
// estimators without bias by construction have none unless it is twice the noise.
//
// The choice is made once, at the parameters of the problem first sampled. [Choices]
// tells it. Source: paper, section 8.3.
type Auto struct {
	Pilot  int // samples of each candidate; 0 means 32
	Budget int // plain runs' worth of work behind a mean; 0 means 1000

	steps  []Step // of finite differences, if they are tuned already
	chosen *chosen
}

const autoName = "auto"

// chosen makes the samplers of one estimator choose once between them.
type chosen struct {
	once    sync.Once
	parts   []autoPart
	choices []Choice
	err     error
}

// autoPart is an estimator chosen and the parameters it serves, as places among
// the active ones.
type autoPart struct {
	estimator Estimator
	serves    []int
}

// Choice is what [Auto] chose for a parameter.
type Choice struct {
	Parameter string `json:"parameter"`
	Estimator string `json:"estimator"`
	Why       string `json:"why"`
}

// Choices returns what an estimator has chosen so far, nil unless it is an [Auto]
// that is [Ready].
func Choices(e Estimator) []Choice {
	if a, ok := e.(Auto); ok && a.chosen != nil {
		return a.chosen.choices
	}
	return nil
}

// Name returns "auto".
func (Auto) Name() string { return autoName }

// Sampler chooses first; it fails if no estimator can serve the model.
func (a Auto) Sampler(p *Problem) (Sampler, error) { return a.sampler(p, nil) }

// LossSampler samples the gradient of a loss, each estimator by its own rule for
// losses. Unless the choice has been made for the Jacobian, it is made for the loss.
func (a Auto) LossSampler(p *Problem, l Objective) (Sampler, error) { return a.sampler(p, l) }

func (a Auto) sampler(p *Problem, l Objective) (Sampler, error) {
	a, err := a.choose(context.Background(), p, l, 1, nil)
	if err != nil {
		return nil, err
	}
	s := &autoSampler{active: len(p.Active), samples: make([]Sample, len(a.chosen.parts))}
	for _, part := range a.chosen.parts {
		one, err := ofLoss(part.estimator, l).Sampler(p.of(part.serves))
		if err != nil {
			s.Close()
			return nil, err
		}
		s.samplers, s.serves = append(s.samplers, one), append(s.serves, part.serves)
	}
	return s, nil
}

// ofLoss returns the estimator of the loss, of the Jacobian if there is none.
func ofLoss(e Estimator, l Objective) Estimator {
	if l == nil {
		return e
	}
	return Loss{Objective: l, Estimator: e}
}

// of returns the problem with some of its active parameters.
func (p *Problem) of(places []int) *Problem {
	some := *p
	some.Active = nil
	for _, k := range places {
		some.Active = append(some.Active, p.Active[k])
	}
	return &some
}

// choose chooses, unless it is done.
func (a Auto) choose(ctx context.Context, p *Problem, l Objective, workers int, told func(done, total int)) (Auto, error) {
	setDefault(&a.Pilot, 32)
	setDefault(&a.Budget, 1000)
	if a.Pilot < 4 || a.Budget < 1 {
		return a, fmt.Errorf("auto needs a pilot of at least 4 samples and a budget of at least 1 run, not %d and %d", a.Pilot, a.Budget)
	}
	if a.chosen == nil {
		a.chosen = new(chosen)
	}
	a.chosen.once.Do(func() {
		t := &trials{p: p, loss: l, pilot: a.Pilot, budget: float64(a.Budget), workers: workers, steps: a.steps}
		if a.chosen.err = t.make(ctx, told); a.chosen.err == nil {
			a.chosen.parts, a.chosen.choices = t.choose()
		}
	})
	return a, a.chosen.err
}

// autoSampler samples the columns of a Jacobian by several estimators.
type autoSampler struct {
	samplers []Sampler
	serves   [][]int
	samples  []Sample // by estimator
	active   int
}

// Sample takes the samples of all estimators with the luck of run. The series is
// that of the first.
func (s *autoSampler) Sample(run uint64, dst *Sample) error {
	runs := 0.0
	for i, one := range s.samplers {
		x := &s.samples[i]
		if i == 0 {
			x.Series = dst.Series
		}
		if err := one.Sample(run, x); err != nil {
			return err
		}
		if i == 0 {
			dst.Series = x.Series
			dst.Jacobian = resize(dst.Jacobian, len(x.Jacobian)/len(s.serves[0])*s.active)
		}
		runs += x.Runs
		for e := range len(dst.Jacobian) / s.active {
			for j, k := range s.serves[i] {
				dst.Jacobian[e*s.active+k] = x.Jacobian[e*len(s.serves[i])+j]
			}
		}
	}
	dst.Runs = runs
	return nil
}

// Close closes the samplers of all estimators.
func (s *autoSampler) Close() { closeSamplers(s.samplers) }
