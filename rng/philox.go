package rng

import "math/bits"

// Multipliers and Weyl increments of Philox4x64 (Salmon, Moraes, Dror & Shaw,
// Parallel random numbers: as easy as 1, 2, 3, SC11, 2011).
const (
	philoxMul0  = 0xD2E7470EE14C6C93
	philoxMul1  = 0xCA5A826395121157
	philoxWeyl0 = 0x9E3779B97F4A7C15
	philoxWeyl1 = 0xBB67AE8584CAA73B
)

// Philox returns the Philox4x64-10 block of counter under key: 256 random bits,
// a bijection of the counter for every key. It is numpy.random.Philox with the
// counter as given (numpy adds one before its first block) and Random123's
// philox4x64.
func Philox(counter [4]uint64, key [2]uint64) [4]uint64 {
	c0, c1, c2, c3 := philox(counter[0], counter[1], counter[2], counter[3], key[0], key[1])
	return [4]uint64{c0, c1, c2, c3}
}

// philox is Philox on words, which Go passes in registers, unlike arrays.
func philox(c0, c1, c2, c3, k0, k1 uint64) (uint64, uint64, uint64, uint64) {
	for range 10 {
		h0, l0 := bits.Mul64(philoxMul0, c0)
		h1, l1 := bits.Mul64(philoxMul1, c2)
		c0, c1, c2, c3 = h1^c1^k0, l1, h0^c3^k1, l0
		k0 += philoxWeyl0
		k1 += philoxWeyl1
	}
	return c0, c1, c2, c3
}
