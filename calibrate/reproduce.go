package calibrate

import (
	"fmt"
	"strconv"
	"strings"
)

// Reproducer is implemented by evaluators that can say how to see one of their
// evaluations again.
type Reproducer interface {
	// Reproduce returns arguments of the program's verb run that repeat the first
	// run of an evaluation.
	Reproduce(theta []float64, luck uint64) string
}

// Reproduce implements [Reproducer].
func (e *simulator) Reproduce(theta []float64, luck uint64) string {
	for _, m := range e.members {
		if m.settle(theta) != nil {
			return "" // the settings are impossible, which no evaluation gets past
		}
	}
	e.put(theta)
	return e.members[0].rerun(luck, 0)
}

// rerun returns the arguments of the verb run that repeat replicate k.
func (m *member) rerun(luck uint64, k int) string {
	setup, theta := m.problem.Setup, m.problem.Theta
	words := []string{"run", setup.Model.Name, "--seed", strconv.FormatUint(m.Seed, 10), "--first", strconv.FormatUint(m.run(luck, k), 10)}
	set := func(name, value, def string) {
		if value != def {
			words = append(words, "--set", name+"="+value)
		}
	}
	for _, x := range setup.Model.Settings {
		set(x.Name, setup.Text(x.Name), x.Default)
	}
	for i, p := range setup.Model.Parameters {
		set(p.Name, strconv.FormatFloat(theta[i], 'g', -1, 64), strconv.FormatFloat(p.Default, 'g', -1, 64))
	}
	return strings.Join(words, " ")
}

// explain adds to a run's error what is needed to see it again.
func (m *member) explain(err error, luck uint64, k int) error {
	group := ""
	if m.name != "" {
		group = fmt.Sprintf(" (group %s)", m.name)
	}
	return fmt.Errorf("%w%s; to see it again: %s", err, group, m.rerun(luck, k))
}

// example says where a loss was not finite, if the evaluator can tell.
func (t *Trainer) example(b *batch, s int, first uint64) string {
	r, ok := t.evaluators[0].(Reproducer)
	if !ok {
		return ""
	}
	theta := make([]float64, len(t.problem.Prior.Names()))
	t.problem.Prior.Constrain(theta, b.row(b.tape.Z, s))
	return fmt.Sprintf("; one of them was draw %d of step %d at %s; to see its first run: %s", s+1, t.state.Step-t.options.Warmup+1,
		named(t.problem.Prior.Names(), theta), r.Reproduce(theta, first+uint64(s)))
}

// named writes parameters with their names.
func named(names []string, theta []float64) string {
	words := make([]string, len(names))
	for k, name := range names {
		words[k] = fmt.Sprintf("%s=%.6g", name, theta[k])
	}
	return strings.Join(words, ", ")
}
