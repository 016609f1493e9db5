package abm

import (
	"context"
	"sync"
)

// Ordered makes results 0 … n−1 on the given number of workers and hands them
// to consume one at a time in index order, whatever finished first, so that sums
// are the same for any number of workers (at least one works). At most a few
// results per worker wait at any time. make is called with the worker's number,
// 0 … workers−1, so that each may keep its own state. The first error in index
// order, or the context's, stops the work and is returned.
func Ordered[T any](ctx context.Context, workers, n int, make func(worker, i int) (T, error), consume func(i int, result T) error) error {
	workers = max(1, workers)
	o := &ordered[T]{n: n, ahead: 4 * workers, done: map[int]outcome[T]{}}
	o.wake = sync.NewCond(&o.mutex)
	stop := context.AfterFunc(ctx, func() { o.fail(ctx.Err()) })
	defer stop()
	var group sync.WaitGroup
	for k := range min(workers, n) {
		group.Go(func() { o.work(k, make) })
	}
	err := o.drain(consume)
	o.fail(err)
	group.Wait()
	return err
}

type outcome[T any] struct {
	result T
	err    error
}

type ordered[T any] struct {
	mutex sync.Mutex
	wake  *sync.Cond
	n     int
	ahead int // how far ahead of the consumer a worker may start
	next  int // next index to start
	taken int // next index to consume
	done  map[int]outcome[T]
	ended bool
	err   error
}

// work makes results until none is left.
func (o *ordered[T]) work(worker int, make func(worker, i int) (T, error)) {
	for {
		i, ok := o.claim()
		if !ok {
			return
		}
		result, err := make(worker, i)
		o.mutex.Lock()
		o.done[i] = outcome[T]{result, err}
		o.wake.Broadcast()
		o.mutex.Unlock()
	}
}

func (o *ordered[T]) claim() (int, bool) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	for !o.ended && o.next < o.n && o.next >= o.taken+o.ahead {
		o.wake.Wait()
	}
	if o.ended || o.next == o.n {
		return 0, false
	}
	o.next++
	return o.next - 1, true
}

// drain consumes in index order.
func (o *ordered[T]) drain(consume func(i int, result T) error) error {
	for i := range o.n {
		out, err := o.await(i)
		if err == nil {
			err = out.err
		}
		if err == nil {
			err = consume(i, out.result)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (o *ordered[T]) await(i int) (outcome[T], error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	for {
		if out, ok := o.done[i]; ok {
			delete(o.done, i)
			o.taken = i + 1
			o.wake.Broadcast()
			return out, nil
		}
		if o.ended {
			return outcome[T]{}, o.err
		}
		o.wake.Wait()
	}
}

// fail ends the work; err may be nil when all is done.
func (o *ordered[T]) fail(err error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if !o.ended {
		o.ended, o.err = true, err
	}
	o.wake.Broadcast()
}
