package rng

import "math/bits"

// Stream is an unbounded sequence of random numbers private to one seed and
// key, for draws that use up a varying number of uniforms. It shares no Philox
// block with Seed.Uniform or with another stream. The zero Stream is that of
// the zero Seed and Key. A copy continues independently from the same place.
// A *Stream is a math/rand/v2 Source.
type Stream struct {
	seed   Seed
	key    Key
	blocks uint64    // Philox blocks used up, the last word of the counter
	block  [4]uint64 // the latest of them
	left   int       // words of block not yet used
}

// Stream returns the stream at key k from its beginning, in the Philox counters
// (Agent, Step, Purpose | Index<<32, 1, 2, 3, …).
func (s Seed) Stream(k Key) Stream { return Stream{seed: s, key: k} }

// Uint64 returns the next 64 bits.
func (s *Stream) Uint64() uint64 {
	if s.left == 0 {
		s.refill()
	}
	word := s.block[len(s.block)-s.left]
	s.left--
	return word
}

func (s *Stream) refill() {
	s.blocks++
	b, k, seed := &s.block, s.key, s.seed
	b[0], b[1], b[2], b[3] = philox(uint64(k.Agent), uint64(k.Step), k.place(), s.blocks, seed.Master, seed.Run)
	s.left = len(b)
}

// Uniform returns the next number in (0, 1), distributed as Seed.Uniform.
func (s *Stream) Uniform() float64 { return unit(s.Uint64()) }

// IntN returns an integer from 0 to n−1, each exactly equally likely (Lemire,
// Fast random integer generation in an interval, 2019). It panics unless n > 0.
func (s *Stream) IntN(n int) int {
	if n <= 0 {
		panic("rng: IntN needs a positive number of integers to choose from")
	}
	high, low := bits.Mul64(s.Uint64(), uint64(n))
	if low < uint64(n) {
		surplus := -uint64(n) % uint64(n) // 2⁶⁴ mod n products must be rejected
		for low < surplus {
			high, low = bits.Mul64(s.Uint64(), uint64(n))
		}
	}
	return int(high)
}

// Perm fills dst with a random permutation of 0, …, len(dst)−1, each equally
// likely (Fisher–Yates), and returns it.
func (s *Stream) Perm(dst []int) []int {
	for i := range dst {
		j := s.IntN(i + 1)
		dst[i] = dst[j]
		dst[j] = i
	}
	return dst
}
