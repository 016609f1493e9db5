// Package ad provides real numbers that may carry derivatives.
//
// A [Num] is a float64 plus a reference to its derivatives, empty while the
// number does not depend on a parameter. One concrete type serves three uses
// without a type parameter in users' code:
//
//   - passive: no derivatives; an operation is the float64 operation and a branch;
//   - forward mode: the reference names a row of P tangents d x / d θ_p in an
//     [Arena] made by [NewForward];
//   - reverse mode: the reference names a node of the tape in an [Arena] made by
//     [NewReverse], whose [Arena.Backward] gives adjoints.
//
// By task:
//
//   - make numbers: [Const], [Arena.Param]
//   - calculate: methods of [Num] (Add, Mul, Exp, Pow, NormalCDF, ...)
//   - keep numbers beyond the agent's turn: [Column]
//   - manage memory: [Arena.Mark], [Arena.Release], [Arena.Reset]
//   - read results: [Num.Primal], [Arena.Tangents], [Arena.Backward]
//   - own derivative rules: [Num.Chain], [Combine], [Num.Surrogate], [Num.Detach]
//   - find derivatives lost in silence: [Audit]
//
// # Special cases
//
// A local derivative that multiplies a zero tangent gives zero even if it is
// infinite or NaN (0·∞ = 0), as in the NaN-safe mode of ForwardDiff.jl: a
// direction that does not move the argument does not move the result. Hence
// sqrt and log at 0 give ±Inf only in the lanes in which the argument moves.
package ad
