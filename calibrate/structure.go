package calibrate

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/nudge-abm/nudge/abm"
)

// Discrete says what a calibrated name is that has a discrete prior: a parameter of
// the model, or one of its settings.
type Discrete struct {
	Name  string
	Texts []string // a setting's texts for the values 0, 1, …; nil: the text is the number
}

// text returns the text of a setting for a value.
func (d *Discrete) text(value float64) string {
	if d.Texts != nil {
		return d.Texts[int(value)]
	}
	return strconv.FormatFloat(value, 'f', -1, 64)
}

// Structure is what a [Simulation] needs to know of its discrete parameters. For
// settings among them, such as a network, it keeps one prepared setup a combination
// of values, shared by all evaluators and made when it is first needed; of many the
// least recently used are forgotten. It is safe for concurrent use.
type Structure struct {
	base     *abm.Setup
	discrete []Discrete

	mu     sync.Mutex
	setups recent[*abm.Setup]
}

// Setups and worlds kept, the former by all evaluators together, the latter by each.
const (
	mostSetups = 64
	mostWorlds = 16
)

// NewStructure returns the structure of a setup with some discrete parameters.
func NewStructure(base *abm.Setup, discrete ...Discrete) *Structure {
	return &Structure{base: base, discrete: slices.Clone(discrete), setups: recent[*abm.Setup]{most: mostSetups}}
}

// find returns what is known of a name, nil if it is not discrete.
func (s *Structure) find(name string) *Discrete {
	if s == nil {
		return nil
	}
	i := slices.IndexFunc(s.discrete, func(d Discrete) bool { return d.Name == name })
	if i < 0 {
		return nil
	}
	return &s.discrete[i]
}

// Setup returns the prepared setup with the settings among the names at their
// values. The error says what the model cannot serve.
func (s *Structure) Setup(names []string, theta []float64) (*abm.Setup, error) {
	setup, err := s.assigned(names, theta)
	if err != nil {
		return nil, err
	}
	return setup, setup.Prepare() // outside the lock: others need not wait
}

func (s *Structure) assigned(names []string, theta []float64) (*abm.Setup, error) {
	key := s.key(names, theta)
	s.mu.Lock()
	defer s.mu.Unlock()
	if setup, ok := s.setups.get(key); ok {
		return setup, nil
	}
	setup := s.base.Clone()
	for i, name := range names {
		if d := s.find(name); d != nil && s.base.Model.Setting(name) >= 0 {
			if err := setup.Set(name, d.text(theta[i])); err != nil {
				return nil, err
			}
		}
	}
	s.setups.put(key, setup)
	return setup, nil
}

// key tells combinations of settings apart; it is empty without any.
func (s *Structure) key(names []string, theta []float64) string {
	if s == nil {
		return ""
	}
	var b strings.Builder
	for i, name := range names {
		if d := s.find(name); d != nil && s.base.Model.Setting(name) >= 0 {
			b.WriteString(name + "=" + d.text(theta[i]) + "\n")
		}
	}
	return b.String()
}

// baseKey is the key of the settings that the base has.
func (s *Structure) baseKey(names []string) string {
	if s == nil {
		return ""
	}
	var b strings.Builder
	for _, name := range names {
		if s.find(name) != nil && s.base.Model.Setting(name) >= 0 {
			b.WriteString(name + "=" + s.base.Text(name) + "\n")
		}
	}
	return b.String()
}

// recent is a store that keeps what was used last.
type recent[T any] struct {
	most  int
	keys  []string // the latest last
	items []T
}

// get returns what is stored under a key, and notes the use.
func (r *recent[T]) get(key string) (item T, ok bool) {
	i := slices.Index(r.keys, key)
	if i < 0 {
		return item, false
	}
	item = r.items[i]
	r.keys = append(slices.Delete(r.keys, i, i+1), key)
	r.items = append(slices.Delete(r.items, i, i+1), item)
	return item, true
}

// put stores an item and returns the one that had to go, if any.
func (r *recent[T]) put(key string, item T) (gone T, forgotten bool) {
	if len(r.keys) == r.most {
		gone, forgotten = r.items[0], true
		r.keys, r.items = slices.Delete(r.keys, 0, 1), slices.Delete(r.items, 0, 1)
	}
	r.keys, r.items = append(r.keys, key), append(r.items, item)
	return gone, forgotten
}
