package rng

import "math/bits"

// Octet writes the uniforms of the eight agents 8i … 8i+7 among which k.Agent
// is: two neighbouring Philox blocks. Their rounds are interleaved, so that the
// second costs almost nothing while the first waits for its multiplications.
func (s Seed) Octet(k Key, dst *[8]float64) {
	first := uint64(k.Agent) >> 3 << 1
	a0, b0 := first, first+1
	a1, b1 := uint64(k.Step), uint64(k.Step)
	a2, b2 := k.place(), k.place()
	a3, b3 := uint64(0), uint64(0)
	k0, k1 := s.Master, s.Run
	for range 10 {
		ah0, al0 := bits.Mul64(philoxMul0, a0)
		ah1, al1 := bits.Mul64(philoxMul1, a2)
		bh0, bl0 := bits.Mul64(philoxMul0, b0)
		bh1, bl1 := bits.Mul64(philoxMul1, b2)
		a0, a1, a2, a3 = ah1^a1^k0, al1, ah0^a3^k1, al0
		b0, b1, b2, b3 = bh1^b1^k0, bl1, bh0^b3^k1, bl0
		k0 += philoxWeyl0
		k1 += philoxWeyl1
	}
	dst[0], dst[1], dst[2], dst[3] = unit(a0), unit(a1), unit(a2), unit(a3)
	dst[4], dst[5], dst[6], dst[7] = unit(b0), unit(b1), unit(b2), unit(b3)
}
