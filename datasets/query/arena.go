package query

import "errors"

// arena keeps entries of bytes one after the other in chunks, so that gigabytes can be added without ever copying or
// doubling what is there, and the garbage collector has nothing to look through. No entry lies in two chunks; one that
// is longer than a chunk has one of its own.
type arena struct{ chunks [][]byte }

const (
	chunkBits = 20
	chunkSize = 1 << chunkBits
)

var errArenaFull = errors.New("the release is too large to be kept in memory")

// add copies an entry and returns its place, which is never 0.
func (a *arena) add(entry []byte) (uint32, error) {
	last := len(a.chunks) - 1
	if last < 0 || len(a.chunks[last]) >= chunkSize || len(a.chunks[last])+len(entry) > cap(a.chunks[last]) {
		if last+1 == 1<<(32-chunkBits) {
			return 0, errArenaFull
		}
		a.chunks = append(a.chunks, make([]byte, 0, max(chunkSize, len(entry)+1)))
		if last++; last == 0 {
			a.chunks[0] = append(a.chunks[0], 0)
		}
	}
	at := uint32(last)<<chunkBits | uint32(len(a.chunks[last]))
	a.chunks[last] = append(a.chunks[last], entry...)
	return at, nil
}

// from returns the bytes from an entry on.
func (a *arena) from(at uint32) []byte { return a.chunks[at>>chunkBits][at&(chunkSize-1):] }
