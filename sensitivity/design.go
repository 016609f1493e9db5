package sensitivity

import "github.com/nudge-abm/nudge/rng"

// maxBlocks is the number of blocks that a design is made of. Each is a sequence
// under a scrambling of its own, so blocks are independent and alike, and their
// spread tells how far an estimate may be off, however evenly the points of each
// fill the cube. More blocks would make the points less even, fewer the intervals
// less certain.
const maxBlocks = 16

// design makes points of the unit cube, asked for in increasing order.
type design struct {
	dim, points int
	seed        uint64
	block       int
	sequence    *Sequence
	next        int
	point       []float64
}

func newDesign(dim int, o Options) *design {
	return &design{dim: dim, points: o.Points, seed: o.Seed, block: -1}
}

// blockOf returns the block of point i, of blocks of equal size but for one.
func blockOf(i, points int) int { return i * min(points, maxBlocks) / points }

// at returns point i, which must not be before the one asked for last. It is
// valid until the next is asked for.
func (d *design) at(i int) []float64 {
	if b := blockOf(i, d.points); b != d.block {
		luck := rng.Seed{Master: d.seed, Run: uint64(b)}.Stream(rng.Key{Purpose: designing})
		d.block, d.sequence = b, NewScrambled(d.dim, luck.Uint64())
		for d.next = i; d.next > 0 && blockOf(d.next-1, d.points) == b; {
			d.next--
		}
	}
	for ; d.next <= i; d.next++ {
		d.point = d.sequence.Next(d.point)
	}
	return d.point
}

// designing is the purpose of the draws that seed the blocks of a design.
const designing = 0x50B03
