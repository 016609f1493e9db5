// Package gradient estimates derivatives of what a stochastic agent-based model
// does on average: the Jacobian d E[observable c in row t]/dθ_p, of shape
// T × C × P.
//
// One file holds one [Estimator]. Each says what it estimates, its bias, its
// variance, its cost in runs, what it needs and when to use it; [New] makes one
// by name. [Collect] averages an estimator over many seeded runs, and [Check]
// sets estimators against a reference.
package gradient
