package abm_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nudge-abm/nudge/abm"
)

// Results are consumed once each and in order, whatever finishes first.
func TestOrdered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		workers := rapid.IntRange(-1, 7).Draw(t, "workers")
		n := rapid.IntRange(0, 60).Draw(t, "n")
		slow := rapid.SliceOfN(rapid.IntRange(0, 3), n, n).Draw(t, "slow")
		next := 0
		err := abm.Ordered(context.Background(), workers, n,
			func(worker, i int) (int, error) {
				if worker < 0 || worker >= max(1, workers) {
					return 0, fmt.Errorf("worker %d of %d", worker, workers)
				}
				for range slow[i] {
					runtime.Gosched()
				}
				return i * i, nil
			},
			func(i, result int) error {
				if i != next || result != i*i {
					return fmt.Errorf("result %d of index %d where %d is next", result, i, next)
				}
				next++
				return nil
			})
		if err != nil || next != n {
			t.Fatalf("%d of %d consumed: %v", next, n, err)
		}
	})
}

// A worker's number is in use by one goroutine at a time.
func TestOrderedWorkerState(t *testing.T) {
	state := make([]int, 4) // the race detector watches
	err := abm.Ordered(context.Background(), len(state), 200,
		func(worker, i int) (int, error) {
			state[worker]++
			return 0, nil
		},
		func(int, int) error { return nil })
	if sum := state[0] + state[1] + state[2] + state[3]; err != nil || sum != 200 {
		t.Errorf("%d made: %v", sum, err)
	}
}

var errThirteen, errFive, errConsumer = errors.New("13"), errors.New("5"), errors.New("consumer")

// The error of the least index wins, even if a later one comes first, and all
// results before it are consumed.
func TestOrderedFirstErrorWins(t *testing.T) {
	late := make(chan struct{})
	consumed := 0
	err := abm.Ordered(context.Background(), 4, 100,
		func(_, i int) (int, error) {
			switch i {
			case 5:
				<-late
				return 0, errFive
			case 13:
				close(late)
				return 0, errThirteen
			}
			return i, nil
		},
		func(int, int) error { consumed++; return nil })
	if !errors.Is(err, errFive) || consumed != 5 {
		t.Errorf("error %v after %d results, want %v after 5", err, consumed, errFive)
	}
}

// The consumer's error stops the work soon.
func TestOrderedConsumerError(t *testing.T) {
	var made atomic.Int64
	err := abm.Ordered(context.Background(), 2, 1_000_000,
		func(int, int) (int, error) { made.Add(1); return 0, nil },
		func(i, _ int) error {
			if i == 7 {
				return errConsumer
			}
			return nil
		})
	if !errors.Is(err, errConsumer) || made.Load() > 100 {
		t.Errorf("error %v after %d made", err, made.Load())
	}
}

// Workers run ahead of a slow consumer by a few results only.
func TestOrderedLookahead(t *testing.T) {
	const workers = 3
	var made atomic.Int64
	err := abm.Ordered(context.Background(), workers, 500,
		func(int, int) (int, error) { made.Add(1); return 0, nil },
		func(i, _ int) error {
			for range 20 {
				runtime.Gosched()
			}
			if ahead := made.Load() - int64(i); ahead > 5*workers+1 {
				return fmt.Errorf("%d results ahead", ahead)
			}
			return nil
		})
	if err != nil {
		t.Error(err)
	}
}

// A cancelled context ends the work with its error, also while the consumer
// waits for a result.
func TestOrderedCancel(t *testing.T) {
	ctx, cancel := context.WithCancelCause(context.Background())
	started := make(chan struct{})
	go func() {
		<-started
		cancel(errors.New("enough"))
	}()
	consumed := 0
	err := abm.Ordered(ctx, 2, 1_000_000,
		func(_, i int) (int, error) {
			if i == 10 {
				close(started)
			}
			if i >= 10 {
				<-ctx.Done()
				time.Sleep(time.Millisecond)
			}
			return i, nil
		},
		func(int, int) error { consumed++; return nil })
	if !errors.Is(err, context.Canceled) || consumed < 10 || consumed > 100_000 {
		t.Errorf("error %v after %d results", err, consumed)
	}
	cancelled, stop := context.WithCancel(context.Background())
	stop()
	err = abm.Ordered(cancelled, 2, 1_000_000, func(_, i int) (int, error) { return i, nil },
		func(int, int) error { return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v from a context that was cancelled before", err)
	}
}

// When Ordered returns, nothing is being made any more.
func TestOrderedWaitsForWorkers(t *testing.T) {
	var busy atomic.Int64
	err := abm.Ordered(context.Background(), 4, 100,
		func(_, i int) (int, error) {
			busy.Add(1)
			defer busy.Add(-1)
			if i > 0 {
				time.Sleep(20 * time.Millisecond)
			}
			return i, nil
		},
		func(int, int) error { return errConsumer })
	if !errors.Is(err, errConsumer) || busy.Load() != 0 {
		t.Errorf("error %v while %d results are still made", err, busy.Load())
	}
}

// Whatever way the work ends, no goroutine is left.
func TestOrderedLeavesNoGoroutines(t *testing.T) {
	before := runtime.NumGoroutine()
	for k := range 50 {
		ctx, cancel := context.WithCancel(context.Background())
		_ = abm.Ordered(ctx, 8, 100,
			func(_, i int) (int, error) {
				if i == 30 && k%3 == 0 {
					return 0, errFive
				}
				return i, nil
			},
			func(i, _ int) error {
				if i == 20 && k%3 == 1 {
					return errConsumer
				}
				if i == 20 && k%3 == 2 {
					cancel()
				}
				return nil
			})
		cancel()
	}
	for range 100 { // goroutines that have returned may take a moment to vanish
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}
