package rng

// Seed names one run: run Run of master seed Master. It is the Philox key, so
// distinct seeds give unrelated numbers, neighbouring ones included.
type Seed struct{ Master, Run uint64 }

// Key names one place of a run at which a number is drawn. A model that draws
// twice under one key gets the same number twice.
type Key struct {
	Purpose uint32 // what the draw decides, e.g. infection
	Index   uint32 // the Index-th draw under one purpose, agent and step
	Agent   int    // −1 for a draw of the world as a whole
	Step    int
}

// Uniform returns the number in (0, 1) at key k: an odd multiple of 2⁻⁵³, never
// 0 or 1, with u and 1−u equally likely and both exact. Agents 4i to 4i+3 share
// a Philox block, in counter (Agent>>2, Step, Purpose | Index<<32, 0), where
// Agent and Step are taken modulo 2⁶⁴; see [Seed.Block].
func (s Seed) Uniform(k Key) float64 {
	w0, w1, w2, w3 := s.words(k)
	return unit([4]uint64{w0, w1, w2, w3}[k.Agent&3])
}

// Block returns the uniforms of the four agents whose block k.Agent lies in:
// element j is s.Uniform of k with Agent = k.Agent&^3 + j. Walking the agents
// in blocks costs a quarter of asking for each.
func (s Seed) Block(k Key) [4]float64 {
	w0, w1, w2, w3 := s.words(k)
	return [4]float64{unit(w0), unit(w1), unit(w2), unit(w3)}
}

func (s Seed) words(k Key) (w0, w1, w2, w3 uint64) {
	return philox(uint64(k.Agent)>>2, uint64(k.Step), k.place(), 0, s.Master, s.Run)
}

func (k Key) place() uint64 { return uint64(k.Purpose) | uint64(k.Index)<<32 }

// unit maps 64 random bits to (0, 1), keeping 52 of them: (m + ½)·2⁻⁵². With a
// 53rd bit the half would not fit a float64, and the largest number would round
// to 1.
func unit(bits uint64) float64 {
	return float64(int64(bits>>11|1)) * 0x1p-53
}
