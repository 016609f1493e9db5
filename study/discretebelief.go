package study

import (
	"math"
	"strconv"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

// discreteKind is a belief about a parameter or a setting with few values.
type discreteKind interface {
	beliefKind
	// texts returns each value of the law as the study writes it, and its place.
	texts(l *prior.Law) texts
}

type integerBelief struct {
	about
	Low           number  `yaml:"low"`
	High          number  `yaml:"high"`
	Probabilities numbers `yaml:"probabilities,omitempty" is:"positive"`
}

func (b *integerBelief) block() (prior.Block, error) {
	for _, x := range []number{b.Low, b.High} {
		if x.value != math.Trunc(x.value) || math.Abs(x.value) > 1e9 {
			return nil, x.mistakef("an integer prior goes from one whole number to another; this is %s", x.text)
		}
	}
	if !(b.Low.value < b.High.value) {
		return nil, b.High.mistakef("high must be above low, which is %s, is %s", b.Low.text, b.High.text)
	}
	l, err := prior.NewInteger(int(b.Low.value), int(b.High.value), b.Probabilities.values())
	if err != nil && len(b.Probabilities) > 0 {
		return nil, b.Probabilities[0].mistakef("%v", err)
	}
	return b.withLaw(l, err)
}

func (b *integerBelief) texts(l *prior.Law) texts {
	var all texts
	for _, v := range l.Values() {
		at := b.Low.place
		if v == b.High.value {
			at = b.High.place
		}
		all = append(all, text{at, plainly(v)})
	}
	return all
}

type choiceBelief struct {
	about
	Values        texts   `yaml:"values"`
	Probabilities numbers `yaml:"probabilities,omitempty" is:"positive"`
}

// block returns a choice between numbers if all values are, else between words.
func (b *choiceBelief) block() (prior.Block, error) {
	values, numeric := b.numbers()
	var l *prior.Law
	var err error
	if numeric {
		l, err = prior.NewChoice(values, b.Probabilities.values())
	} else {
		l, err = prior.NewWords(b.Values.values(), b.Probabilities.values())
	}
	if err != nil && len(b.Probabilities) > 0 {
		return nil, b.Probabilities[0].mistakef("%v", err)
	}
	return b.withLaw(l, err)
}

// numbers returns the values as numbers and whether all of them are.
func (b *choiceBelief) numbers() (values []float64, all bool) {
	for _, x := range b.Values {
		v, err := abm.ParseNumber(x.value)
		if err != nil || math.IsInf(v, 0) {
			return nil, false
		}
		values = append(values, v)
	}
	return values, true
}

func (b *choiceBelief) texts(l *prior.Law) texts {
	values, numeric := b.numbers()
	if !numeric {
		return b.Values
	}
	var all texts
	for _, v := range l.Values() {
		for i, x := range b.Values {
			if values[i] == v {
				all = append(all, text{x.place, plainly(v)})
			}
		}
	}
	return all
}

// withLaw returns the prior of the parameter, given its law.
func (a *about) withLaw(l *prior.Law, err error) (prior.Block, error) {
	if err == nil {
		var d *prior.Discrete
		if d, err = prior.NewDiscrete(a.Name.value, l); err == nil {
			return d, nil
		}
	}
	return nil, a.Prior.mistakef("%v", err)
}

// plainly writes a number without an exponent, as whole settings are.
func plainly(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
