package flow

import "fmt"

// Tape holds a batch of S draws, what is known about them, and the buffers of
// the passes over them. It is reused from step to step without allocation; one
// flow can have tapes of different batch sizes.
type Tape struct {
	Eps   []float64 // base draws, S×D by rows
	Z     []float64 // points, S×D by rows
	LogQ  []float64 // log q(z), S entries
	Score []float64 // ∂log q/∂z, S×D by rows; set by Flow.Score only

	LeadLogQ  []float64 // log q₁(z₁) of the leading coordinates, S entries; empty if there are none
	LeadScore []float64 // ∂log q₁/∂z₁, S×Leading by rows; set by Flow.Score only

	flow      *Flow
	batch     int
	filled    bool
	columns   int // S rounded up; the draws added are zero and go unseen
	passes    []pass
	work      []float64 // D×columns: the batch on its way through the layers
	logDet    []float64
	logDetBar []float64
	secondDet []float64 // log-determinants of the second stage
	lead      []float64 // the leading coordinates' part of work, kept aside
}

// NewTape returns a tape for batches of the given number of draws.
func (f *Flow) NewTape(batch int) *Tape {
	if batch < 1 {
		panic(fmt.Sprintf("flow: batch of %d draws", batch))
	}
	size, columns := batch*f.dim, (batch+lanes-1)/lanes*lanes
	t := &Tape{
		Eps:       make([]float64, size),
		Z:         make([]float64, size),
		LogQ:      make([]float64, batch),
		Score:     make([]float64, size),
		flow:      f,
		batch:     batch,
		columns:   columns,
		work:      make([]float64, f.dim*columns),
		logDet:    make([]float64, columns),
		logDetBar: make([]float64, columns),
	}
	if lead := f.options.Leading; lead > 0 {
		t.LeadLogQ, t.LeadScore = make([]float64, batch), make([]float64, batch*lead)
		t.secondDet, t.lead = make([]float64, columns), make([]float64, lead*columns)
	}
	for _, l := range f.layers {
		t.passes = append(t.passes, l.newPass(columns))
	}
	return t
}

// Batch is the number S of draws the tape holds.
func (t *Tape) Batch() int { return t.batch }

// cotangents sets t.work and t.logDetBar, checking the lengths. At fixed base
// draws log q moves only through −Σ log|det|.
func (t *Tape) cotangents(zBar, logqBar []float64) {
	if zBar != nil && len(zBar) != len(t.Z) || logqBar != nil && len(logqBar) != t.batch {
		panic(fmt.Sprintf("flow: cotangents of lengths %d and %d for %d draws × %d dimensions",
			len(zBar), len(logqBar), t.batch, t.flow.dim))
	}
	clear(t.work)
	if zBar != nil {
		toColumns(t.work, zBar, t.batch, t.columns)
	}
	clear(t.logDetBar)
	for s, v := range logqBar {
		t.logDetBar[s] = -v
	}
}
