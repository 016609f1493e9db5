package flow

import (
	"fmt"
	"slices"
)

// Kind names a variational family.
type Kind string

// The families. MeanField and FullRank are Gaussians and use no other option.
const (
	Affine    Kind = "affine"     // masked affine autoregressive flow
	Spline    Kind = "spline"     // rational-quadratic spline autoregressive flow
	MeanField Kind = "mean-field" // Gaussian with diagonal covariance
	FullRank  Kind = "full-rank"  // Gaussian with full covariance
)

// Kinds lists every family.
func Kinds() []Kind { return []Kind{Affine, Spline, MeanField, FullRank} }

// Options describes a family; a zero field takes its default.
//
// In one dimension Affine is just a Gaussian, since a masked network then has
// no input; Spline is a free monotone map and the better choice there.
type Options struct {
	Kind   Kind    `json:"kind"`             // default Affine
	Layers int     `json:"layers,omitempty"` // pairs of autoregressive and LU layers; default 4
	Hidden int     `json:"hidden,omitempty"` // hidden units of each network; default 32
	Blocks int     `json:"blocks,omitempty"` // residual blocks of each network; default 2
	Bins   int     `json:"bins,omitempty"`   // Spline: bins per coordinate; default 8
	Bound  float64 `json:"bound,omitempty"`  // Spline: identity outside [−Bound, Bound]; default 5

	// Whiten ends an Affine or Spline flow in a full-rank affine map, so that
	// [Flow.Match] can give it the location and scale of draws.
	Whiten bool `json:"whiten,omitempty"`

	// Leading is the number of leading coordinates that are finished before the
	// others, which are then made given them: q(z) = q₁(z₁)·q₂(z₂ | z₁). The
	// leading ones are made by splines whatever the kind; a Gaussian kind makes
	// the others independent of them. Default 0, one stage for all.
	Leading int `json:"leading,omitempty"`
}

// maxBins keeps the bins' minimal widths well below the whole interval.
const maxBins = 500

// Check reports what makes o unusable in dim dimensions, or nil.
func (o Options) Check(dim int) error {
	if dim < 1 {
		return fmt.Errorf("flow: dimension %d is not positive", dim)
	}
	o = o.withDefaults()
	switch {
	case !slices.Contains(Kinds(), o.Kind):
		return fmt.Errorf("flow: unknown kind %q, want one of %q", o.Kind, Kinds())
	case o.Layers < 1 || o.Hidden < 1 || o.Blocks < 1:
		return fmt.Errorf("flow: layers %d, hidden %d and blocks %d must be positive", o.Layers, o.Hidden, o.Blocks)
	case o.Bins < 1 || o.Bins > maxBins:
		return fmt.Errorf("flow: bins %d outside 1..%d", o.Bins, maxBins)
	case o.Leading < 0 || o.Leading > dim:
		return fmt.Errorf("flow: %d leading coordinates of %d", o.Leading, dim)
	case o.Leading > 0 && o.Whiten:
		return fmt.Errorf("flow: a flow with leading coordinates cannot be whitened")
	case !(o.Bound > 0):
		return fmt.Errorf("flow: bound %g is not positive", o.Bound)
	}
	return nil
}

func (o Options) withDefaults() Options {
	if o.Kind == "" {
		o.Kind = Affine
	}
	o.Layers = orDefault(o.Layers, 4)
	o.Hidden = orDefault(o.Hidden, 32)
	o.Blocks = orDefault(o.Blocks, 2)
	o.Bins = orDefault(o.Bins, 8)
	o.Bound = orDefault(o.Bound, 5)
	return o
}

func orDefault[T int | float64](v, def T) T {
	if v == 0 {
		return def
	}
	return v
}

// stack builds the layers in sampling order and tells how many of them are the
// first stage; o has its defaults.
func (o Options) stack(dim int, permutations [][]int) (layers []layer, first int) {
	switch {
	case o.Leading > 0:
		return o.staged(dim, permutations)
	case o.Kind == MeanField:
		return []layer{diagonal{dim}}, 0
	case o.Kind == FullRank:
		return []layer{cholesky{dim}}, 0
	}
	layers = []layer{diagonal{dim}}
	for _, p := range permutations {
		layers = append(layers, o.autoregressive(dim), &luLinear{p})
	}
	if o.Whiten {
		layers = append(layers, cholesky{dim})
	}
	return layers, 0
}

func (o Options) autoregressive(dim int) *autoregressive {
	if o.Kind == Spline {
		return newScaledSpline(dim, o.Hidden, o.Blocks, o.Bins, o.Bound)
	}
	return newMaskedAffine(dim, o.Hidden, o.Blocks)
}

// Layered reports whether the family is made of autoregressive layers.
func (o Options) Layered() bool {
	kind := o.withDefaults().Kind
	return kind == Affine || kind == Spline
}
