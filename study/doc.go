// Package study reads a calibration described by a YAML file beside a CSV file
// of observations, checks it, and makes it ready to run.
//
// By task:
//
//   - read and check a study: [Load], [Builtin]
//   - start from a built-in one: [Copy]
//   - change it from the command line: [Study.Quick], [Study.Set],
//     [Study.SetSeed], [Study.SetEstimator], [Study.SetGradient],
//     [Study.SetMethod]
//   - make it ready to run: [Study.Build]
//   - use a finished result again: [LoadSaved]
//   - keep what was run: [Study.YAML], [Study.CSV], [Study.Digest]
//   - the same for a study of a policy, which has no data: [LoadPolicy],
//     [BuiltinPolicies], [Policy], [Policy.Build], [Decision.Run]
//
// What is wrong with a study is a [Mistake]: file:line:column, a sentence, and
// the line it is about. Unknown and doubled keys are mistakes; YAML's anchors,
// aliases and tags are not read. Numbers are decimal, 010 is ten, and may be
// fractions such as 1/24.
//
// # Keys
//
// A key in brackets may be left out.
//
//	title         what the study is about
//	model         name of the model
//	[settings]    settings of the model; the rest keep its defaults. steps
//	              defaults to what the data need. A path is relative to the
//	              study's folder.
//	[parameters]  parameters of the model held at a value; the rest keep its
//	              defaults
//	[groups]      runs of the model side by side, such as regions, see below
//	data          what was observed, see below
//	calibrate     a list of the parameters to calibrate with their priors
//	loss          how runs are compared with the data
//	[estimator]   name: of gradients [straight-through]; [options]: its options
//	[flow]        the variational family that is fitted
//	[method]      how the posterior is found: variational, nuts, metropolis or
//	              smc-abc [variational]
//	[training]    how the flow is fitted
//	[mcmc]        of nuts and metropolis: [chains] [4], [warmup] draws a chain [500],
//	              [accept] acceptance aimed at [0.8, of metropolis 0.3], [metric]
//	              dense or diagonal [dense], [lucks] luck indices averaged over [1]
//	[abc]         of smc-abc: [particles] [500], [simulations] at most [200000],
//	              [distance] scaled or loss [scaled for a likelihood, else loss],
//	              [tolerance] to stop at [none], [min_acceptance] to go on for
//	              [0.01], [quantile] of the distances that is the next tolerance [0.5]
//	[posterior]   what is made of the fit: [draws] posterior draws [1000],
//	              [prior_draws] prior draws for contrast [400], [check_runs] runs
//	              of the gradient check at the posterior mean [40],
//	              [weight_steps] training steps at each of four other weights of
//	              a loss that is no likelihood, 0 for none [a twentieth of the
//	              fit's, at least 30, at most 60]
//	[quick]       what a quick run changes: keys of settings, loss, estimator,
//	              flow, training, mcmc, abc and posterior with other values
//	[sbc]         what a quick simulation-based calibration, which fits the study
//	              many times, changes besides: keys of the same sections
//	[seed]        of all randomness, a whole number [1]
//	[truth]       the values of calibrated parameters that made the data, if known
//	[nudge]       the version that wrote the file; not used
//
// # data
//
//	[file]        CSV file, relative to the study's folder: a header with the
//	              columns' names, then rows in order of time. An empty cell or NA
//	              is a missing observation.
//	[synthetic]   instead of file: until, the last time, and [seed] of the luck
//	              [1]. The data are one observation of the model at the values
//	              under truth, which then need all calibrated parameters, with
//	              the noise of a loss that is a likelihood. every is then 1
//	              unless given.
//	[time]        column of the times, which are numbers; only synthetic data can
//	              do without
//	start         time of the run's first row
//	every         time between rows; a row that is missing is a mistake, unless
//	[gaps]        is allowed [refused]; then every may be left out
//	[ignore]      columns that are not used
//	columns       a list of the columns that are:
//	                column        name in the CSV file
//	                observable    name in the model
//	                [aggregate]   last: the level at the time [last];
//	                              sum, mean: of the rows since the time before
//	                [factor]      the observation is factor times the aggregate [1]
//	                [group]       the group that it observes; needed if there are any
//
// # groups
//
// Each entry has name, and [settings] and [parameters] in place of the study's
// where they differ. A calibrated parameter has one value for all groups or, with
// by: group, one in each, called transmission[north]. Given the parameters groups are
// independent, so their losses add up.
//
// # calibrate
//
// Each entry has name, or names if its parameters hang together, and prior,
// which decides its other keys:
//
//	normal            mean, sd
//	truncated-normal  mean, sd of the normal before it is cut; [low], [high]
//	half-normal       sd of the normal before it is cut at zero
//	log-normal        log_mean, log_sd: mean and sd of the logarithm
//	logit-normal      logit_mean, logit_sd: mean and sd of the log-odds
//	uniform           low, high
//	log-uniform       low, high: the logarithm is uniform
//	beta              a, b: density x^(a−1)·(1−x)^(b−1)
//	gamma             shape, rate: the mean is shape/rate
//	exponential       rate: the mean is 1/rate
//	integer           low, high; [probabilities], one a whole number from low to
//	                  high [all the same]
//	choice            values, numbers or words; [probabilities], one a value [all
//	                  the same]
//	ordered-pair      names: [lesser, greater]; low, high: two numbers uniform in
//	                  between, in order
//	dirichlet         names of shares that sum to one; concentration: one a share
//
// The name of an integer or a choice may be a setting of the model, such as
// index_cases or network, but for steps and dt; a choice of words must be.
//
// All have [by]: group, which gives each group its own parameters with this prior.
// If they are normal, log-normal or logit-normal, mean and sd may have priors in
// place of numbers, both of them, each with the keys of its kind: they are learned
// from the groups, which are drawn to each other, and called transmission.log_mean.
//
// # loss
//
// All kinds have kind, weight (nats per unit of loss; 1 for a likelihood),
// [replicates] (runs with the same parameters, 8) and [gradient_runs] (how many
// of them are differentiated, chosen in proportion to their part; all).
//
//	squared-error      [form] plain, log1p or relative [plain], [scale], [combine]
//	poisson            [floor], [combine]
//	negative-binomial  [overdispersion] κ, variance m + κ·m²; [parameter], [floor],
//	                   [combine]
//	binomial           trials: one entry a column: a number, a setting of the model
//	                   or a column of the file; [floor], [combine]
//	normal             [sd], [parameter], [combine]
//	log-normal         [sd] of the logarithm, [parameter], [floor] [0], [combine]
//	synthetic-likelihood
//	                   [summaries] of each column: mean, sd, autocovariance,
//	                   maximum, last [the observed cells themselves]; [shrinkage]
//	                   of the correlations, 0 to 1 [0]; [sd] of errors, one a
//	                   column [none]; [unbiased]
//	mmd                [bandwidth] prior-predictive, or one number a column;
//	                   [bandwidth_runs] to find it by, 100; [published]
//	energy-score       [scale], [biased]
//	crps               [scale], [biased]
//	pinball            [levels] of the quantiles, [scale]
//	signature          [scale]; [lift] gaussian or linear [gaussian]; [timeless];
//	                   [cuts] of a segment by the numerical scheme; [raw]
//	own                name of a loss that the program adds; [options]: its options
//	sum                terms: a list of losses of the other kinds, each with its
//	                   weight and the [columns] of the data it is about [all];
//	                   all see the same runs
//
// combine says how the replicates are: each, mean or marginal [each]. floor is
// added to simulated counts [0.1]. scale is one number a column [the standard
// deviation of the data]. Where overdispersion or the sd of normal (sd) and
// log-normal (log_sd) is left out, it is a parameter of the loss that needs an
// entry under calibrate, by that name or by the one that the key parameter gives
// it; terms of a sum share what has the same name. published, biased, unbiased,
// timeless and raw are true or false [false]; see package loss.
//
// # flow and training
//
// The kinds of flow are affine [layers, hidden, blocks], spline [layers, hidden,
// blocks, bins, bound], mean-field and full-rank; affine if there is no section
// flow. The keys of training are [gradient], [steps], [draws], [kl_draws],
// [learning_rate], [schedule] (cosine, exponential or constant), [weight_decay],
// [clip], [warmup], [anneal], [validations], [validation_draws], [search],
// [restarts], [patience] (validations without a gain after which training ends
// early; never unless given) and [max_non_finite]. All are positive; what is left out takes the
// default that flow.Options and calibrate.Options document.
//
// gradient is the estimator of the variational gradient: sticking-the-landing
// [the default], pathwise, or reinforce, leave-one-out or vargrad, which need no
// gradient of the model; with integers or choices mixed [the default then], or one
// of the last three.
//
// # A study of a policy
//
// It has the keys title, model, settings, parameters, estimator and seed of a
// calibration. If the model has a setting gate, it is fractional unless given.
// The other keys:
//
//	[posterior]   folder of a calibration; policies are averaged over its draws
//	policy        a list of the parameters to choose: name, low, high; or
//	              names: [lesser, greater], low, high for two in order
//	[without]     values of them that mean no policy; the rest take the middle of
//	              their bounds
//	objective     what should be small on average, in any of three lists:
//	                outcomes     observable; over: sum, mean, max or last; weight;
//	                             [from], [to]: rows, both included [all]
//	                costs        name, weight and a product of sums such as
//	                             1 - factor or 2*a + b, in parameters of the model
//	                constraints  observable, over, [from], [to]; below: the bound;
//	                             probability with which it is kept; penalty of a
//	                             run that doubles the bound, raised where needed
//	[optimize]    the keys that policy.Options documents, and [fresh_runs] that
//	              measure the result [1000]
//	[grid]        a grid search to compare with: points a parameter, runs a policy,
//	              [parameters] varied [all]
//	[tradeoff]    factors by which all costs are multiplied
//	[around]      [runs] [64] and [points] a parameter [9] around the optimum
//	[quick]       what a quick run changes: keys of settings, estimator, optimize,
//	              grid, tradeoff and around with other values
package study
