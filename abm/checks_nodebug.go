//go:build !nudgedebug

package abm

// debug has every world watched; see [Audit].
const debug = false
