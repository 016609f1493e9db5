package sensitivity

import (
	_ "embed"
	"fmt"
	"math/bits"
	"strings"
	"sync"

	"github.com/nudge-abm/nudge/rng"
)

// MaxDim is the greatest dimension of a [Sequence].
const MaxDim = 1000

// sequenceBits is the number of binary digits of a point's coordinates.
const sequenceBits = 32

//go:embed joekuo.txt
var joeKuo string

// Sequence is a Sobol' sequence: points that fill the unit cube evenly. The
// first 2^m points, and every 2^m that follow, are a digital net. Direction
// numbers are those of Joe and Kuo (2008) with good two-dimensional projections;
// points come in the order of the Gray code (Antonov and Saleev, 1979).
type Sequence struct {
	directions [][sequenceBits]uint32 // by dimension
	state      []uint32
	offset     float64
	n          uint32 // points given
}

// NewSequence returns the sequence in dim dimensions from its first point, the
// origin. It panics unless 1 ≤ dim ≤ [MaxDim].
func NewSequence(dim int) *Sequence {
	if dim < 1 || dim > MaxDim {
		panic(fmt.Sprintf("sensitivity: a Sobol' sequence has 1 to %d dimensions, not %d", MaxDim, dim))
	}
	s := &Sequence{state: make([]uint32, dim)}
	s.directions = append(s.directions, directions()[:dim]...)
	return s
}

// NewScrambled returns the sequence under a random linear scrambling of its
// digits and a random shift (Matoušek, 1998). Every point is then uniform on the
// open cube and the nets stay nets. It panics as [NewSequence] does.
func NewScrambled(dim int, seed uint64) *Sequence {
	s := NewSequence(dim)
	s.offset = 0.5
	for d := range s.directions {
		luck := rng.Seed{Master: seed}.Stream(rng.Key{Purpose: scrambling, Agent: d})
		s.directions[d] = scramble(s.directions[d], &luck)
		s.state[d] = uint32(luck.Uint64())
	}
	return s
}

// scrambling is the purpose of the draws that scramble a sequence.
const scrambling = 0x50B01

// scramble multiplies direction numbers by a random lower triangular matrix with
// ones on its diagonal: each digit of the result depends on the digits before it.
func scramble(v [sequenceBits]uint32, luck *rng.Stream) [sequenceBits]uint32 {
	var out [sequenceBits]uint32
	for digit := range sequenceBits {
		top := uint32(1) << (sequenceBits - 1 - digit)
		row := top | uint32(luck.Uint64())&^(top|(top-1))
		for k := range v {
			if bits.OnesCount32(row&v[k])%2 == 1 {
				out[k] |= top
			}
		}
	}
	return out
}

// Next writes the next point to dst and returns it; nil allocates. The sequence
// has 2³² points.
func (s *Sequence) Next(dst []float64) []float64 {
	if dst == nil {
		dst = make([]float64, len(s.state))
	}
	for d, x := range s.state {
		dst[d] = (float64(x) + s.offset) * 0x1p-32
	}
	s.n++
	k := bits.TrailingZeros32(s.n)
	for d := range s.state {
		s.state[d] ^= s.directions[d][k%sequenceBits]
	}
	return dst
}

// directions returns the direction numbers of all dimensions.
var directions = sync.OnceValue(func() [][sequenceBits]uint32 {
	all := [][sequenceBits]uint32{{}}
	for k := range sequenceBits {
		all[0][k] = 1 << (sequenceBits - 1 - k) // van der Corput
	}
	for line := range strings.Lines(joeKuo) {
		if !strings.HasPrefix(line, "#") {
			all = append(all, recurrence(line))
		}
	}
	return all
})

// recurrence returns the direction numbers of a line of the table: m_k = 2a_1
// m_{k−1} ⊕ 2²a_2 m_{k−2} ⊕ … ⊕ 2^s m_{k−s} ⊕ m_{k−s}.
func recurrence(line string) (v [sequenceBits]uint32) {
	fields := numbers(line)
	s, a, m := int(fields[1]), fields[2], fields[3:]
	for k := range sequenceBits {
		if k < s {
			v[k] = m[k] << (sequenceBits - 1 - k)
			continue
		}
		v[k] = v[k-s] ^ v[k-s]>>s
		for j := 1; j < s; j++ {
			if a>>(s-1-j)&1 == 1 {
				v[k] ^= v[k-j]
			}
		}
	}
	return v
}

func numbers(line string) []uint32 {
	var all []uint32
	for _, field := range strings.Fields(line) {
		var v uint32
		if _, err := fmt.Sscan(field, &v); err != nil {
			panic("sensitivity: joekuo.txt: " + err.Error()) // the file is embedded
		}
		all = append(all, v)
	}
	return all
}
