package mcmc

import (
	"context"
	"fmt"
	"sync"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate"
)

// Sample is what the chains of a problem drew.
type Sample struct {
	Names   []string
	Options Options // with the defaults
	Chains  []Chain
	Work    Work // warm-up included
}

// Run makes the chains of a problem. tell, if not nil, is told how many draws of
// all chains are done, warm-up included; it is called by one goroutine at a time.
// The error says what is wrong with the options or the target, that no start has
// a finite loss, or is the context's.
func Run(ctx context.Context, p calibrate.Problem, o Options, tell func(done, total int)) (*Sample, error) {
	o = o.withDefaults()
	if err := o.check(); err != nil {
		return nil, err
	}
	if !(p.Weight > 0) {
		return nil, fmt.Errorf("the weight of the loss must be positive, is %g", p.Weight)
	}
	s := &Sample{Names: p.Prior.Names(), Options: o}
	told := counter(o.Chains*(o.Warmup+o.Draws), tell)
	type outcome struct {
		chain Chain
		work  Work
	}
	err := abm.Ordered(ctx, o.Workers, o.Chains,
		func(_, i int) (outcome, error) {
			e, err := p.Target.Evaluator(s.Names)
			if err != nil {
				return outcome{}, err
			}
			defer e.Close()
			d := newDensity(p, e, o.Lucks)
			made, err := newChain(d, o, i).run(ctx, told)
			return outcome{made, d.work}, err
		},
		func(_ int, x outcome) error {
			s.Chains = append(s.Chains, x.chain)
			s.Work.add(x.work)
			return nil
		})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// counter returns a function that many goroutines may call for every unit done.
func counter(total int, tell func(done, total int)) func() {
	if tell == nil {
		return func() {}
	}
	var mutex sync.Mutex
	done := 0
	return func() {
		mutex.Lock()
		defer mutex.Unlock()
		done++
		tell(done, total)
	}
}

// Column returns the draws of parameter k, a slice a chain.
func (s *Sample) Column(k int) [][]float64 {
	return s.each(func(d Draw) float64 { return d.Theta[k] })
}

// each returns a number of every draw, a slice a chain.
func (s *Sample) each(of func(Draw) float64) [][]float64 {
	all := make([][]float64, len(s.Chains))
	for i, c := range s.Chains {
		for _, d := range c.Draws {
			all[i] = append(all[i], of(d))
		}
	}
	return all
}

// Posterior returns the draws of all chains, one chain after the other. They are
// not independent, and have no LogQ.
func (s *Sample) Posterior(p calibrate.Problem) *calibrate.Draws {
	d := &calibrate.Draws{Names: s.Names}
	for _, c := range s.Chains {
		for _, x := range c.Draws {
			d.Theta = append(d.Theta, x.Theta)
			d.LogPrior = append(d.LogPrior, x.LogPrior)
			d.Saturated += p.Prior.Saturated(x.Z)
		}
	}
	return d
}
