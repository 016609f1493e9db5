package mcmc

// windows are the parts of a warm-up, as in Stan: a fast one to begin with,
// windows of doubling length that end with a new metric, and a fast one at last
// in which only the step size is adapted.
type windows struct {
	from int   // draws before it are not used for a metric
	ends []int // draws after which there is a new metric
}

func newWindows(warmup int) windows {
	first, length, last := 75, 25, 50
	if warmup < 20 {
		return windows{from: warmup}
	}
	if warmup < first+length+last {
		first, last = warmup*15/100, warmup/10
		length = warmup - first - last
	}
	w := windows{from: first}
	for end := first; end < warmup-last; length *= 2 {
		end += length
		if end+2*length > warmup-last { // the next would not fit
			end = warmup - last
		}
		w.ends = append(w.ends, end)
	}
	return w
}
