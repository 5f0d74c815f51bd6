package search

import (
	"context"
	"errors"
	"sync"

	"github.com/gongkai-data/gongkai/store"
)

// ErrPreparing says that the index of a release is not made yet.
var ErrPreparing = errors.New("the texts are being indexed")

// Keeper keeps the index of the release that a server shows. It may be used from many goroutines.
type Keeper struct {
	file string

	making sync.Mutex         // one index is made at a time
	closed context.Context    // done when no more is to be made
	stop   context.CancelFunc // ends closed

	mu     sync.RWMutex // held to read while the index answers
	index  *Index
	failed map[string]error // by release
}

// NewKeeper keeps the index in a file.
func NewKeeper(file string) *Keeper {
	closed, stop := context.WithCancel(context.Background())
	return &Keeper{file: file, closed: closed, stop: stop, failed: map[string]error{}}
}

// Prepare opens or makes the index of a release, which must stay open meanwhile. A release whose index could not be
// made is not tried again.
func (k *Keeper) Prepare(ctx context.Context, d *store.Dataset) error {
	digest, err := DigestOf(d)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(k.closed, cancel)()
	k.making.Lock()
	defer k.making.Unlock()
	if err := k.closed.Err(); err != nil {
		return err
	}
	if done, err := k.is(digest); done || err != nil {
		return err
	}
	x, err := Open(ctx, d, k.file, nil)
	k.mu.Lock()
	defer k.mu.Unlock()
	if err != nil {
		if ctx.Err() == nil {
			k.failed[digest] = err
		}
		return err
	}
	old := k.index
	k.index = x
	if old != nil {
		return old.Close()
	}
	return nil
}

// is reports whether the index is that of a release, or the error that its making ended with.
func (k *Keeper) is(digest string) (bool, error) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.index != nil && k.index.Digest() == digest, k.failed[digest]
}

// Search answers from the index of a release; ErrPreparing where it is not made yet: Prepare makes it.
func (k *Keeper) Search(ctx context.Context, d *store.Dataset, q Query) (Answer, error) {
	digest, err := DigestOf(d)
	if err != nil {
		return Answer{}, err
	}
	k.mu.RLock()
	defer k.mu.RUnlock()
	if err := k.failed[digest]; err != nil {
		return Answer{}, err
	}
	if k.index == nil || k.index.Digest() != digest {
		return Answer{}, ErrPreparing
	}
	return k.index.Search(ctx, q)
}

// Close ends the making of an index, and closes the one that there is when its last answer is given.
func (k *Keeper) Close() error {
	k.stop()
	k.making.Lock()
	defer k.making.Unlock()
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.index == nil {
		return nil
	}
	return k.index.Close()
}
