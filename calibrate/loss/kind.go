package loss

// Kind is a loss that a program adds to those of this package, made known to
// studies under a name.
type Kind struct {
	Name    string
	Doc     string // what it compares, one line
	Options []Option
	// New returns the loss for data. options holds a value of every option. The
	// error says in plain words what of the data or options makes no sense.
	New func(data Data, options map[string]float64) (Loss, error)
}

// Option is a number that a study may set for a [Kind].
type Option struct {
	Name    string
	Default float64
	Doc     string
}
