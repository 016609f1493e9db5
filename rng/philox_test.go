package rng

import "testing"

// The first three rows are Random123's known answers for philox4x64-10; the
// others come from numpy.random.Philox(counter=counter-1, key=key).random_raw(4),
// numpy 1.24.2.
var philoxAnswers = []struct {
	counter [4]uint64
	key     [2]uint64
	block   [4]uint64
}{
	{
		block: [4]uint64{0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b},
	}, {
		counter: [4]uint64{1<<64 - 1, 1<<64 - 1, 1<<64 - 1, 1<<64 - 1},
		key:     [2]uint64{1<<64 - 1, 1<<64 - 1},
		block:   [4]uint64{0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0},
	}, {
		counter: [4]uint64{0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89},
		key:     [2]uint64{0x452821e638d01377, 0xbe5466cf34e90c6c},
		block:   [4]uint64{0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6},
	}, {
		counter: [4]uint64{12345, 678, 9 | 3<<32, 0},
		key:     [2]uint64{42, 7},
		block:   [4]uint64{0xedabd416a8b0f8e8, 0x3b0cfc2c16919a2, 0x764429d1e76fd74b, 0x1c0f291f6558a8f4},
	}, {
		counter: [4]uint64{7, 8, 9, 10},
		key:     [2]uint64{11, 12},
		block:   [4]uint64{0x77dd02d3bd6f7a29, 0xa8e066f9601688d2, 0x1c21998996c513c5, 0xe1fca783d070911d},
	},
}

func TestPhiloxKnownAnswers(t *testing.T) {
	for _, known := range philoxAnswers {
		if got := Philox(known.counter, known.key); got != known.block {
			t.Errorf("Philox(%x, %x) = %x, want %x", known.counter, known.key, got, known.block)
		}
	}
}

func BenchmarkPhilox(b *testing.B) {
	counter := [4]uint64{}
	for b.Loop() {
		counter[0]++
		sink = float64(Philox(counter, [2]uint64{1, 2})[0])
	}
}

var sink float64
