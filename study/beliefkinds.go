package study

import "github.com/nudge-abm/nudge/calibrate/prior"

type normalBelief struct {
	about
	Mean level `yaml:"mean"`
	SD   level `yaml:"sd" is:"positive"`
}

func (b *normalBelief) block() (prior.Block, error) {
	return b.with(prior.NewNormal(b.Mean.value, b.SD.value))
}

type truncatedNormalBelief struct {
	about
	Mean number `yaml:"mean"`
	SD   number `yaml:"sd" is:"positive"`
	limits
}

func (b *truncatedNormalBelief) block() (prior.Block, error) {
	low, high, err := b.bounds()
	if err != nil {
		return nil, err
	}
	return b.with(prior.NewTruncatedNormal(b.Mean.value, b.SD.value, low, high))
}

type halfNormalBelief struct {
	about
	SD number `yaml:"sd" is:"positive"`
}

func (b *halfNormalBelief) block() (prior.Block, error) {
	return b.with(prior.NewHalfNormal(b.SD.value))
}

type logNormalBelief struct {
	about
	LogMean level `yaml:"log_mean"`
	LogSD   level `yaml:"log_sd" is:"positive"`
}

func (b *logNormalBelief) block() (prior.Block, error) {
	return b.with(prior.NewLogNormal(b.LogMean.value, b.LogSD.value))
}

type logitNormalBelief struct {
	about
	LogitMean level `yaml:"logit_mean"`
	LogitSD   level `yaml:"logit_sd" is:"positive"`
}

func (b *logitNormalBelief) block() (prior.Block, error) {
	return b.with(prior.NewLogitNormal(b.LogitMean.value, b.LogitSD.value))
}

type uniformBelief struct {
	about
	interval
}

func (b *uniformBelief) block() (prior.Block, error) {
	low, high, err := b.bounds()
	if err != nil {
		return nil, err
	}
	return b.with(prior.NewUniform(low, high))
}

type logUniformBelief struct {
	about
	Low  number `yaml:"low" is:"positive"`
	High number `yaml:"high" is:"positive"`
}

func (b *logUniformBelief) block() (prior.Block, error) {
	low, high, err := interval{b.Low, b.High}.bounds()
	if err != nil {
		return nil, err
	}
	return b.with(prior.NewLogUniform(low, high))
}

type betaBelief struct {
	about
	A number `yaml:"a" is:"positive"`
	B number `yaml:"b" is:"positive"`
}

func (b *betaBelief) block() (prior.Block, error) {
	return b.with(prior.NewBeta(b.A.value, b.B.value))
}

type gammaBelief struct {
	about
	Shape number `yaml:"shape" is:"positive"`
	Rate  number `yaml:"rate" is:"positive"`
}

func (b *gammaBelief) block() (prior.Block, error) {
	return b.with(prior.NewGamma(b.Shape.value, b.Rate.value))
}

type exponentialBelief struct {
	about
	Rate number `yaml:"rate" is:"positive"`
}

func (b *exponentialBelief) block() (prior.Block, error) {
	return b.with(prior.NewExponential(b.Rate.value))
}

type orderedPairBelief struct {
	aboutSeveral
	interval
}

func (b *orderedPairBelief) block() (prior.Block, error) {
	low, high, err := b.bounds()
	if err != nil {
		return nil, err
	}
	if len(b.Names) != 2 {
		return nil, b.Prior.mistakef("an ordered pair has two names, the lesser first, not %d", len(b.Names))
	}
	p, err := prior.NewPair(b.Names[0].value, b.Names[1].value, low, high)
	if err != nil {
		return nil, b.Prior.mistakef("%v", err)
	}
	return p, nil
}

type dirichletBelief struct {
	aboutSeveral
	Concentration numbers `yaml:"concentration" is:"positive"`
}

func (b *dirichletBelief) block() (prior.Block, error) {
	d, err := prior.NewDirichlet(b.Names.values(), b.Concentration.values())
	if err != nil {
		return nil, b.Prior.mistakef("%v", err)
	}
	return d, nil
}
