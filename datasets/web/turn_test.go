package web

import (
	"context"
	"errors"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"golang.org/x/sync/semaphore"
)

// No more pages are made at a time than there are turns, every request gets its turn, and one whose reader has gone
// away does not wait for it.
func TestInTurn(t *testing.T) {
	turns := semaphore.NewWeighted(2)
	var at, most, made atomic.Int32
	show := inTurn(turns, func(*request) error {
		n := at.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		made.Add(1)
		at.Add(-1)
		return nil
	})
	req := httptest.NewRequest("GET", "/", nil)
	done := make(chan error)
	for range 50 {
		go func() { done <- show(&request{Request: req}) }()
	}
	for range 50 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if made.Load() != 50 || most.Load() > 2 {
		t.Errorf("%d pages, %d at a time", made.Load(), most.Load())
	}
	if !turns.TryAcquire(2) { // and holds them from here on
		t.Fatal("turns were not given back")
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if err := show(&request{Request: req.WithContext(gone)}); !errors.Is(err, context.Canceled) {
		t.Errorf("a request without a reader: %v", err)
	}
	turns.Release(1)
	func() {
		defer func() { _ = recover() }()
		_ = inTurn(turns, func(*request) error { panic("a fault") })(&request{Request: req})
	}()
	if !turns.TryAcquire(1) || turns.TryAcquire(1) {
		t.Error("a page that broke kept its turn")
	}
}
