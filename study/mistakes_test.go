package study

import (
	"strings"
	"testing"
)

// broken are edits of the study file and what they lead to.
var broken = []struct{ name, from, to, want string }{
	// Syntax and keys.
	{"syntax", "agents: 763,", "agents: [763,",
		"study.yaml:3:84: this is not YAML: value is not allowed in this context. map key-value is pre-defined"},
	{"two keys", "title: boys in bed", "title: a\ntitle: b",
		`study.yaml:2:1: the key "title" is given twice, first on line 1`},
	{"nothing", boys, "# nothing\n",
		"study.yaml: the file must hold one study, it holds nothing"},
	{"two documents", "model: sir", "---\nmodel: sir",
		"study.yaml: the file must hold one study, it holds 2 YAML documents"},
	{"a list", boys, "- 1\n",
		"study.yaml:1:1: study must be keys with values, not a list"},
	{"unknown key", "training:", "trainin:",
		`study.yaml:18:1: unknown study key "trainin"; did you mean "training"?; known are title, model, settings, parameters, data, calibrate, loss, estimator, flow, training, posterior, quick, seed, truth, nudge`},
	{"unknown key inside", "draws: 4", "drawz: 4",
		`study.yaml:18:24: unknown training key "drawz"; did you mean "draws"?; known are steps, draws, kl_draws, learning_rate, weight_decay, clip, warmup, anneal, validations, validation_draws, max_non_finite`},
	{"missing key", "model: sir\n", "",
		`study.yaml:1:1: the key "model" is missing from this study, which needs title, model, data, calibrate, loss`},
	{"missing key inside", "  time: day\n", "",
		`study.yaml:6:3: the key "time" is missing from this data, which needs file, time, start, columns`},
	{"key of another kind", "rate: 5", "rate: 5, sd: 1",
		`study.yaml:16:57: unknown exponential prior key "sd"; known are name, prior, rate`},
	{"missing argument", ", sd: 1", "",
		`study.yaml:14:5: the key "sd" is missing from this truncated-normal prior, which needs name, prior, mean, sd`},
	{"no kind", "kind: negative-binomial, ", "",
		`study.yaml:17:7: the key "kind" is missing from this loss; it is one of squared-error, poisson, negative-binomial, normal, mmd, energy-score, crps, pinball`},
	{"anchor", "start: 1", "start: &one 1",
		"study.yaml:8:10: start must be a number, not an anchor, alias or tag: write the value out"},
	{"list for a word", "title: boys in bed", "title: [boys]",
		"study.yaml:1:8: title must be text, not a list"},
	{"word for a section", "training: {steps: 600, draws: 4}", "training: long",
		`study.yaml:18:11: training must be keys with values, not "long"`},
	{"word for a list", "calibrate:\n", "calibrate: all\nseed:\n",
		`study.yaml:13:12: calibrate must be a list, not "all"`},
	{"no calibrated parameter", boys[strings.Index(boys, "calibrate:"):strings.Index(boys, "loss:")], "calibrate: []\n",
		"study.yaml:13:12: calibrate must not be empty"},
	{"empty value", "title: boys in bed", "title:",
		"study.yaml:1:7: title must be text, not nothing"},
	// Numbers.
	{"not a number", "start: 1", "start: one",
		`study.yaml:8:10: start must be a number, not "one"`},
	{"octal is no number", "sd: 1", "sd: 0x10",
		`study.yaml:14:64: sd must be a number, not "0x10"`},
	{"fraction by zero", "start: 1", "start: 1/0",
		`study.yaml:8:10: start must be a number or a fraction of two whole numbers such as 1/24, not "1/0"`},
	{"infinite", "sd: 1", "sd: inf",
		`study.yaml:14:64: sd must be finite, is "inf"`},
	{"half a step", "steps: 600", "steps: 600.5",
		`study.yaml:18:19: steps must be a whole number, zero or more, not "600.5"`},
	{"no draws", "draws: 4", "draws: 0",
		"study.yaml:18:31: draws must be positive, is 0"},
	{"negative steps", "steps: 600", "steps: -1",
		`study.yaml:18:19: steps must be a whole number, zero or more, not "-1"`},
	{"negative every", "every: 1", "every: -1",
		"study.yaml:9:10: every must be positive, is -1"},
	// The model.
	{"unknown model", "model: sir", "model: sirr",
		`study.yaml:2:8: unknown model "sirr"; did you mean "sir"?; known are …`},
	{"unknown setting", "agents: 763", "agnets: 763",
		`study.yaml:3:12: unknown setting "agnets"; did you mean "agents"?; known are …`},
	{"parameter as setting", "agents: 763", "agents: 763, initial: 0.1",
		`study.yaml:3:25: "initial" is not a setting but belongs under parameters`},
	{"setting out of range", "agents: 763", "agents: 0",
		"study.yaml:3:20: agents must be at least 1, is 0"},
	{"setting of another type", "agents: 763", "agents: all",
		`study.yaml:3:20: agents must be a whole number, not "all"`},
	{"unknown word", "units: counts", "units: count",
		`study.yaml:3:77: units must be one of shares, counts, not "count"; did you mean "counts"?`},
	{"zero step", "dt: 1/24", "dt: 0/24",
		"study.yaml:3:48: dt must be at least 1e-09, is 0"},
	{"unknown parameter", "quarantine_compliance: 0", "quarantine_complience: 0",
		`study.yaml:4:36: unknown parameter "quarantine_complience"; did you mean "quarantine_compliance"?; known are …`},
	{"setting as parameter", "quarantine_compliance: 0", "agents: 7",
		`study.yaml:4:36: "agents" is not a parameter but belongs under settings`},
	{"probability 1.2", "quarantine_compliance: 0", "quarantine_compliance: 1.2",
		"study.yaml:4:59: quarantine_compliance must be between 0 and 1, is 1.2"},
	{"start not before end", "quarantine_compliance: 0", "quarantine_start: 30",
		"study.yaml:4:54: quarantine_start must be below quarantine_end, but 30 ≥ 25"},
	{"calibrated and fixed", "quarantine_compliance: 0", "recovery: 0.1",
		"study.yaml:4:46: recovery is calibrated, so it cannot have a fixed value as well"},
	// The data.
	{"no such file", "file: boys.csv", "file: girls.csv",
		"study.yaml:6:9: cannot read the data: no such file or directory"},
	{"unknown time column", "time: day", "time: date",
		`study.yaml:7:9: unknown column "date"; did you mean "day"?; known are day, in_bed, convalescent in boys.csv`},
	{"unknown column", "column: in_bed", "column: inbed",
		`study.yaml:12:16: unknown column "inbed"; did you mean "in_bed"?; known are day, in_bed, convalescent in boys.csv`},
	{"unknown observable", "observable: infected", "observable: infcted",
		`study.yaml:12:36: unknown observable "infcted"; did you mean "infected"?; known are …`},
	{"unknown aggregate", "observable: infected", "observable: infected, aggregate: total",
		`study.yaml:12:57: aggregate must be one of last, sum, mean, not "total"`},
	{"factor zero", "observable: infected", "observable: infected, factor: 0",
		"study.yaml:12:54: factor must be nonzero, is 0"},
	{"unnamed column", "  ignore: convalescent\n", "",
		`boys.csv:1:12: the study does not say what column "convalescent" is: give it an observable under data.columns, or list it under data.ignore`},
	{"ignored and used", "ignore: convalescent", "ignore: [convalescent, in_bed]",
		`study.yaml:10:26: column "in_bed" is both used and ignored`},
	{"unknown ignored", "ignore: convalescent", "ignore: [convalescent, beds]",
		`study.yaml:10:26: unknown column "beds"; known are day, in_bed, convalescent in boys.csv`},
	{"used twice", "observable: infected}", "observable: infected}\n    - {column: in_bed, observable: recovered}",
		`study.yaml:13:16: column "in_bed" is used twice`},
	{"every unknown", "  every: 1\n", "",
		`study.yaml:7:9: say how far apart the times are with the key every, or write "gaps: allowed"`},
	{"gaps neither", "every: 1", "gaps: perhaps",
		`study.yaml:9:9: gaps must be one of refused, allowed, not "perhaps"`},
	{"another spacing", "every: 1", "every: 2",
		"boys.csv:3:1: day 2 follows day 1; the study says that times are 2 apart"},
	{"run starts too late", "start: 1", "start: 2",
		"boys.csv:2:1: time 1 lies before the run begins at 2"},
	{"run too short", "dt: 1/24", "dt: 1/24, steps: 80",
		"study.yaml:3:61: too few steps for the data: time 5 lies beyond the run, which ends at 4.291666666666666; raise steps to at least 97"},
	{"not on a step", "dt: 1/24", "dt: 0.3",
		"boys.csv:3:1: time 2 does not fall on a step: steps are 0.3 apart and begin at 1"},
	// Priors.
	{"unknown prior", "prior: exponential", "prior: exponental",
		`study.yaml:16:35: unknown prior "exponental"; did you mean "exponential"?; known are normal, truncated-normal, half-normal, log-normal, uniform, log-uniform, beta, gamma, exponential, ordered-pair, dirichlet`},
	{"negative sd", "sd: 1", "sd: -1",
		"study.yaml:14:64: sd must be positive, is -1"},
	{"low above high", "low: 0}", "low: 3, high: 2}",
		"study.yaml:14:81: high must be above low, which is 3, is 2"},
	{"no mass", "low: 0}", "low: 200}",
		"study.yaml:14:33: the interval from 200 to +Inf holds no mass of a normal with mu=2 and sd=1"},
	{"unknown calibrated parameter", "name: transmission", "name: transmision",
		`study.yaml:14:12: unknown parameter of model or loss "transmision"; did you mean "transmission"?; known are …`},
	{"two priors", "name: recovery", "name: transmission",
		`study.yaml:15:12: parameter "transmission" has two priors`},
	{"prior beyond support", ", low: 0}", "}",
		"study.yaml:14:12: the prior of transmission goes from -Inf to +Inf, but transmission must be zero or positive"},
	{"prior of a probability", "name: recovery", "name: initial",
		"study.yaml:15:12: the prior of initial goes from 0 to +Inf, but initial must be between 0 and 1"},
	{"no prior for the loss", "  - {name: overdispersion, prior: exponential, rate: 5}\n", "",
		`study.yaml:16:14: the negative-binomial loss needs a value of "overdispersion": give it a prior under calibrate, or fix it here`},
	{"prior for a fixed nuisance", "weight: 1", "weight: 1, overdispersion: 0.1",
		`study.yaml:16:12: unknown parameter of model or loss "overdispersion"; known are …`},
	{"prior for no nuisance", "kind: negative-binomial", "kind: poisson",
		`study.yaml:16:12: unknown parameter of model or loss "overdispersion"; known are …`},
	{"dates out of order", "calibrate:\n", "calibrate:\n  - {name: quarantine_start, prior: uniform, low: 0, high: 40}\n",
		"study.yaml:14:12: quarantine_start must be below quarantine_end, but it may be as high as 40 and quarantine_end as low as 25: calibrate both with an ordered-pair prior, or narrow them"},
	{"pair out of order", "calibrate:\n", "calibrate:\n  - {names: [quarantine_end, quarantine_start], prior: ordered-pair, low: 0, high: 40}\n",
		"study.yaml:14:30: quarantine_start must be below quarantine_end, but it may be as high as 40 and quarantine_end as low as 0: calibrate both with an ordered-pair prior, or narrow them"},
	{"pair of one", "calibrate:\n", "calibrate:\n  - {names: quarantine_end, prior: ordered-pair, low: 0, high: 40}\n",
		"study.yaml:14:36: an ordered pair has two names, the lesser first, not 1"},
	{"shares", "calibrate:\n", "calibrate:\n  - {names: [initial, quarantine_end], prior: dirichlet, concentration: 1}\n",
		"study.yaml:14:47: a Dirichlet prior needs one concentration a share: 2 shares, 1 concentrations"},
	// Loss, estimator, flow, the rest.
	{"unknown loss", "kind: negative-binomial", "kind: negative-binomal",
		`study.yaml:17:14: unknown loss "negative-binomal"; did you mean "negative-binomial"?; known are squared-error, poisson, negative-binomial, normal, mmd, energy-score, crps, pinball`},
	{"weightless", "weight: 1", "weight: 0",
		"study.yaml:17:41: weight must be positive, is 0"},
	{"weight left out", "weight: 1, ", "",
		`study.yaml:17:7: the key "weight" is missing from this negative-binomial loss, which needs kind, weight`},
	{"unknown combine", "combine: marginal", "combine: margin",
		`study.yaml:17:53: combine must be one of each, mean, marginal, is "margin"`},
	{"more than all", "weight: 1", "weight: 1, replicates: 2, gradient_runs: 3",
		"study.yaml:17:74: gradient_runs must not be more than the replicates, which are 2, is 3"},
	{"nuisance of the model's name", "weight: 1", "weight: 1, parameter: recovery",
		`study.yaml:17:14: the loss's own parameter "recovery" has the name of one of the model: give it another with the key parameter`},
	{"wrong bandwidths", "kind: negative-binomial, weight: 1, combine: marginal", "kind: mmd, weight: 1, bandwidth: [1, 2]",
		"study.yaml:17:42: bandwidth must hold one number a column: there are 1 columns and 2 numbers"},
	{"wrong scales", "kind: negative-binomial, weight: 1, combine: marginal", "kind: crps, weight: 1, scale: [1, 2]",
		"study.yaml:17:39: scale must hold one number a column: there are 1 columns and 2 numbers"},
	{"level", "kind: negative-binomial, weight: 1, combine: marginal", "kind: pinball, weight: 1, levels: [0.5, 1]",
		"study.yaml:17:48: levels must be between 0 and 1, is 1"},
	{"form", "kind: negative-binomial, weight: 1, combine: marginal", "kind: squared-error, weight: 1, form: log",
		`study.yaml:17:46: form must be one of plain, log1p, relative, is "log"`},
	{"flag", "kind: negative-binomial, weight: 1, combine: marginal", "kind: crps, weight: 1, biased: maybe",
		`study.yaml:17:39: biased must be true or false, not "maybe"`},
	{"unknown estimator", "training:", "estimator: {name: straight}\ntraining:",
		`study.yaml:18:19: unknown estimator "straight"; known are …`},
	{"unknown option", "training:", "estimator: {name: finite-difference, options: {pilots: 3}}\ntraining:",
		`study.yaml:18:48: unknown option of finite-difference "pilots"; did you mean "pilot"?; known are …`},
	{"unknown flow", "training:", "flow: {kind: afine}\ntraining:",
		`study.yaml:18:14: unknown flow "afine"; did you mean "affine"?; known are …`},
	{"no layers", "training:", "flow: {kind: affine, layers: 0}\ntraining:",
		"study.yaml:18:30: layers must be positive, is 0"},
	{"layers of a Gaussian", "training:", "flow: {kind: full-rank, layers: 4}\ntraining:",
		`study.yaml:18:25: unknown full-rank flow key "layers"; known are kind`},
	{"too many bins", "training:", "flow: {kind: spline, bins: 1000}\ntraining:",
		"study.yaml:18:14: flow: bins 1000 outside 1..500"},
	{"seed", "training:", "seed: -1\ntraining:",
		`study.yaml:18:7: seed must be a whole number, zero or more, not "-1"`},
	{"unknown truth", "training:", "truth: {initial: 0.1}\ntraining:",
		`study.yaml:18:9: unknown calibrated parameter "initial"; known are transmission, recovery, overdispersion`},
	{"impossible truth", "training:", "truth: {recovery: -0.1}\ntraining:",
		"study.yaml:18:19: the prior of recovery goes from 0 to +Inf, so its true value cannot be -0.1"},
	{"unknown section under quick", "quick:\n", "quick:\n  data: {start: 2}\n",
		`study.yaml:20:3: unknown quick key "data"; known are settings, loss, estimator, flow, training, posterior`},
	{"mistake under quick", "steps: 10", "stepps: 10",
		`study.yaml:20:14: unknown training key "stepps"; did you mean "steps"?; known are steps, draws, kl_draws, learning_rate, weight_decay, clip, warmup, anneal, validations, validation_draws, max_non_finite (with the changes of quick)`},
	{"meaning under quick", "quick:\n", "quick:\n  settings: {dt: 0.3}\n",
		"boys.csv:3:1: time 2 does not fall on a step: steps are 0.3 apart and begin at 1 (with the changes of quick)"},
}

func TestMistakesInTheStudy(t *testing.T) {
	if got := loadError(t, boys, boysData); got != "" {
		t.Fatalf("the study without edits: %s", got)
	}
	for _, x := range broken {
		if strings.Count(boys, x.from) == 0 {
			t.Fatalf("%s: nothing to edit", x.name)
		}
		got := loadError(t, strings.Replace(boys, x.from, x.to, 1), boysData)
		if !says(got, x.want) {
			t.Errorf("%s:\n got %s\nwant %s", x.name, got, x.want)
		}
	}
}

// brokenData are edits of the data and what they lead to.
var brokenData = []struct{ name, from, to, want string }{
	{"empty file", boysData, "",
		"boys.csv: the file is empty; it needs a header and a row for each time"},
	{"only a header", boysData, "day,in_bed,convalescent\n",
		"boys.csv: the file has a header but no rows"},
	{"semicolons", boysData, "day;in_bed\n1;3\n",
		"boys.csv:1:1: the cells must be separated by commas"},
	{"nameless column", "convalescent", "",
		"boys.csv:1:12: a column has no name"},
	{"same name", "convalescent", "day",
		`boys.csv:1:12: two columns are named "day"`},
	{"ragged row", "3,26,0", "3,26",
		"boys.csv:4:1: the row has 2 cells where the header has 3"},
	{"stray quote", "3,26,0", "3,\"26,0",
		`boys.csv:4:1: this is not CSV: extraneous or missing " in quoted-field`},
	{"text cell", "26", "many",
		`boys.csv:4:3: in_bed must be a number, not "many"; if it was not observed, leave the cell empty or write NA`},
	{"not a number", "26", "NaN",
		`boys.csv:4:3: in_bed must be a number, not "NaN"; if it was not observed, leave the cell empty or write NA`},
	{"infinite", "26", "Inf",
		`boys.csv:4:3: in_bed must be a number, not "Inf"; if it was not observed, leave the cell empty or write NA`},
	{"fraction", "26", "26/1",
		`boys.csv:4:3: in_bed must be a number, not "26/1"; if it was not observed, leave the cell empty or write NA`},
	{"negative count", "26", "-26",
		"boys.csv:4:3: in_bed at day 3: a count cannot be negative, is -26"},
	{"half a boy", "26", "26.5",
		"boys.csv:4:3: in_bed at day 3: a count must be a whole number, is 26.5"},
	{"missing day", "3,26,0\n", "",
		`boys.csv:4:1: day 3 is missing: add its row with empty cells, or write "gaps: allowed" under data`},
	{"missing time", "3,26,0", ",26,0",
		"boys.csv:4:1: day is missing; every row needs its time"},
	{"date", "3,26,0", "1978-01-24,26,0",
		`boys.csv:4:1: day must be a number, not "1978-01-24"; count dates from a day of your choice`},
	{"twice", "3,26,0", "2,26,0",
		"boys.csv:4:1: day 2 is given twice"},
	{"back in time", "3,26,0", "0,26,0",
		"boys.csv:4:1: day 0 follows day 2; the rows must be in order of time"},
	{"between days", "3,26,0", "2.5,26,0",
		"boys.csv:4:1: day 2.5 follows day 2; the study says that times are 1 apart"},
	{"nothing observed", boysData, "day,in_bed,convalescent\n1,,0\n2,NA,0\n",
		`study.yaml:12:16: column "in_bed" of boys.csv holds no value`},
}

func TestMistakesInTheData(t *testing.T) {
	for _, x := range brokenData {
		got := loadError(t, boys, strings.Replace(boysData, x.from, x.to, 1))
		if !says(got, x.want) {
			t.Errorf("%s:\n got %s\nwant %s", x.name, got, x.want)
		}
	}
}


// says reports whether the first line of an error is as wanted; an ellipsis
// stands for names that are other packages' business.
func says(got, want string) bool {
	got, _, _ = strings.Cut(got, "\n")
	if start, ok := strings.CutSuffix(want, "…"); ok {
		return strings.HasPrefix(got, start)
	}
	return got == want
}
