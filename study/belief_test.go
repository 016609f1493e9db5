package study

import "testing"

func TestEveryPriorIsTheOneItsKeysSay(t *testing.T) {
	tested := map[string]bool{}
	for _, x := range []struct{ kind, keys, want string }{
		{"normal", "name: p, mean: -1, sd: 2", "p ~ Normal(mu=-1, sd=2)"},
		{"truncated-normal", "name: p, mean: 1, sd: 2, low: 0", "p ~ TruncatedNormal(mu=1, sd=2, lo=0, hi=+Inf)"},
		{"truncated-normal", "name: p, mean: 1, sd: 2, low: 0, high: 3", "p ~ TruncatedNormal(mu=1, sd=2, lo=0, hi=3)"},
		{"half-normal", "name: p, sd: 2", "p ~ HalfNormal(sd=2)"},
		{"log-normal", "name: p, log_mean: -1, log_sd: 0.5", "p ~ LogNormal(mu=-1, sigma=0.5)"},
		{"logit-normal", "name: p, logit_mean: -1, logit_sd: 0.5", "p ~ LogitNormal(mu=-1, sigma=0.5)"},
		{"uniform", "name: p, low: -1, high: 1/2", "p ~ Uniform(lo=-1, hi=0.5)"},
		{"log-uniform", "name: p, low: 0.1, high: 10", "p ~ LogUniform(lo=0.1, hi=10)"},
		{"beta", "name: p, a: 2, b: 3", "p ~ Beta(a=2, b=3)"},
		{"gamma", "name: p, shape: 2, rate: 3", "p ~ Gamma(shape=2, rate=3)"},
		{"exponential", "name: p, rate: 5", "p ~ Exponential(rate=5)"},
		{"integer", "name: p, low: -1, high: 2", "p ~ Integer(low=-1, high=2)"},
		{"choice", "name: p, values: [2, 1/2]", "p ~ Choice([0.5 2])"},
		{"choice", "name: p, values: [a, 2], probabilities: [0.1, 0.9]", "p ~ Choice(a, 2; probabilities [0.1 0.9])"},
		{"ordered-pair", "names: [p, q], low: 0, high: 60", "(p, q) ~ UniformOrderedPair(lo=0, hi=60)"},
		{"dirichlet", "names: [p, q], concentration: [1, 2]", "(p, q) ~ Dirichlet(1, 2)"},
	} {
		tested[x.kind] = true
		b, err := readX[belief](t, "{prior: "+x.kind+", "+x.keys+"}")
		if err != nil {
			t.Error(err)
			continue
		}
		block, err := b.block()
		if err != nil {
			t.Error(err)
			continue
		}
		if got := block.(interface{ String() string }).String(); got != x.want {
			t.Errorf("%s: %s, want %s", x.kind, got, x.want)
		}
	}
	for _, name := range beliefs.names() {
		if !tested[name] {
			t.Errorf("%s is not tested", name)
		}
	}
}
