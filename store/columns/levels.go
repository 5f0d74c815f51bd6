package columns

import (
	"encoding/binary"
	"errors"
)

// errDamaged says that the bytes of a page are not what its header promises.
var errDamaged = errors.New("the page is damaged")

// runs reads numbers as Parquet packs levels and places in a dictionary: runs of one number repeated, and runs of
// numbers of so many bits each, one after the other.
type runs struct {
	data  []byte // behind the current run
	width int    // bits of a number
	left  int    // numbers of the current run that are not yet read
	value uint32 // of a run of one number

	packed []byte // of a run of numbers; nil in one of one number
	at     int    // the next number in packed
}

// run makes the next run the current one, where the current one is read.
func (r *runs) run() error {
	for r.left == 0 {
		header, n := binary.Uvarint(r.data)
		if n <= 0 || header>>1 > 1<<31 {
			return errDamaged
		}
		r.data = r.data[n:]
		if header&1 == 1 {
			size := int(header>>1) * r.width
			if size > len(r.data) { // the last run may leave out the bytes that hold no number
				size = len(r.data)
			}
			r.packed, r.data, r.at, r.left = r.data[:size:size], r.data[size:], 0, int(header>>1)*8
			if r.packed == nil {
				r.packed = []byte{}
			}
			continue
		}
		bytes := (r.width + 7) / 8
		if bytes > len(r.data) {
			return errDamaged
		}
		r.packed, r.value, r.left = nil, 0, int(header>>1)
		for i, b := range r.data[:bytes] {
			r.value |= uint32(b) << (8 * i)
		}
		r.data = r.data[bytes:]
	}
	return nil
}

// next returns the next number and how often it follows, at most n times.
func (r *runs) next(n int) (value uint32, times int, err error) {
	if err := r.run(); err != nil {
		return 0, 0, err
	}
	if r.packed == nil {
		times = min(n, r.left)
		r.left -= times
		return r.value, times, nil
	}
	if r.width == 0 {
		times = min(n, r.left)
		r.left -= times
		return 0, times, nil
	}
	bit := r.at * r.width
	first, shift := bit/8, bit%8
	if (bit+r.width+7)/8 > len(r.packed) {
		return 0, 0, errDamaged
	}
	var word uint64
	if first+8 <= len(r.packed) {
		word = binary.LittleEndian.Uint64(r.packed[first:])
	} else {
		for i, b := range r.packed[first:] {
			word |= uint64(b) << (8 * i)
		}
	}
	r.at++
	r.left--
	return uint32(word>>shift) & (1<<r.width - 1), 1, nil
}

// skip passes over n numbers and returns how many of them were the one given.
func (r *runs) skip(n int, counted uint32) (count int, err error) {
	for n > 0 {
		value, times, err := r.next(n)
		if err != nil {
			return 0, err
		}
		if n -= times; value == counted {
			count += times
		}
	}
	return count, nil
}

// pass passes over n numbers without looking at them.
func (r *runs) pass(n int) error {
	for n > 0 {
		if err := r.run(); err != nil {
			return err
		}
		times := min(n, r.left)
		r.at, r.left, n = r.at+times, r.left-times, n-times
	}
	return nil
}
