package firms

// offer is a firm as the agent whose turn it is sees it.
type offer struct {
	firm int // its slot, startUp for one of the agent's own

	others float64 // effort of its other members, as the agent takes it to be
	heads  float64 // number that share the output
	a, b   float64 // scale and returns
	effort float64 // the best
	made   float64 // the output that is shared
	log    float64 // of utility, once it is weighed
	odds   float64 // then, the logarithm of income over leisure
	known  bool    // whether it is
}

// startUp stands for a firm that does not exist yet.
const startUp = -1

// see makes o the offer of firm f.
func (r *run) see(o *offer, f int) {
	row := r.table.Values()[f*fields:][:fields]
	o.firm, o.a, o.b = f, row[scale], row[returns]
	o.others, o.heads = row[total], row[size]
	switch {
	case r.stale:
		o.others = r.before.Values()[f] - r.spent
	case f != r.own:
		o.heads++
	case o.heads > 1:
		o.others = max(0, o.others-r.spent)
	default:
		o.others = 0
	}
	r.try(o)
}

// alone makes o the offer of a start-up.
func (r *run) alone(o *offer, a, b float64) {
	o.firm, o.others, o.heads, o.a, o.b = startUp, 0, 1, a, b
	r.try(o)
}

// try finds the best effort and the output.
func (r *run) try(o *offer) {
	o.effort = BestEffort(r.theta, o.others, o.a, o.b)
	total := o.others + o.effort
	if r.stale {
		total = o.others + r.spent
	}
	o.made, o.known = output(o.a, o.b, total), false
}

// weigh returns the log utility of an offer.
func (r *run) weigh(o *offer) float64 {
	if !o.known {
		o.log, o.odds = logUtility(r.theta, o.made/o.heads, 1-o.effort)
		o.known = true
	}
	return o.log
}

// beats reports whether the utility of o is higher than that of p, if possible
// without logarithms.
func (r *run) beats(o, p *offer) bool {
	switch {
	case r.below(o, p):
		return false
	case r.below(p, o):
		return true
	}
	return r.weigh(o) > r.weigh(p)
}

// below reports whether o is certainly below p: it lies below the tangent plane at
// p of the utility, which is concave. A margin covers rounding.
func (r *run) below(o, p *offer) bool {
	leisure := 1 - p.effort
	income := o.made * p.heads / (o.heads * p.made)
	return r.theta*leisure*income+(1-r.theta)*(1-o.effort) < leisure*(1-1e-9)
}
