package study

// rule is what the numbers under a key must be.
type rule struct {
	text   string
	allows func(v float64) bool
}

// ruled is a value whose numbers can be held to a rule.
type ruled interface {
	keep(key string, r rule) error
}

// rules are named by the tag `is`.
var rules = map[string]rule{
	"positive": {"positive", func(v float64) bool { return v > 0 }},
	"several":  {"at least 2", func(v float64) bool { return v >= 2 }},
	"nonzero":  {"nonzero", func(v float64) bool { return v != 0 }},
	"zero+":    {"zero or positive", func(v float64) bool { return v >= 0 }},
	"fraction": {"from 0 to 1", func(v float64) bool { return v >= 0 && v <= 1 }},
	"share":    {"above 0 and at most 1", func(v float64) bool { return v > 0 && v <= 1 }},
	"inside":   {"between 0 and 1", func(v float64) bool { return v > 0 && v < 1 }},
}
