package pdfium

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"unicode/utf16"

	"github.com/tetratelabs/wazero/api"
)

// sandbox is one instance of PDFium. Its functions are called as the headers of PDFium declare them (fpdfview.h,
// fpdf_text.h, fpdf_edit.h …): handles and addresses are numbers, and what a function gives out through pointers is
// written into a scratch area that is allocated once.
//
// go-pdfium's own bindings allocate and free every such pointer within the sandbox, some ten calls for one character
// of a page; these take a third of the time.
type sandbox struct {
	module    api.Module
	functions map[string]api.Function
	stack     [8]uint64
	scratch   uint32
	err       error // of the first call that failed; after it the sandbox is not called again
}

// scratchBytes holds the largest of what functions give out: a matrix of six floats, or four doubles.
const scratchBytes = 64

func newSandbox(m api.Module) (*sandbox, error) {
	s := &sandbox{module: m, functions: map[string]api.Function{}}
	s.call("FPDF_InitLibrary")
	s.scratch = s.allocate(scratchBytes)
	return s, s.err
}

// call calls a function of PDFium and returns its result as it lies in a register. It returns 0 after a fault, which
// err then says.
func (s *sandbox) call(name string, args ...uint64) uint64 {
	if s.err != nil {
		return 0
	}
	f, known := s.functions[name]
	if !known {
		if f = s.module.ExportedFunction(name); f == nil {
			s.err = fmt.Errorf("PDFium has no function %s", name)
			return 0
		}
		s.functions[name] = f
	}
	s.stack[0] = 0
	copy(s.stack[:], args)
	if err := f.CallWithStack(context.Background(), s.stack[:]); err != nil {
		s.err = fmt.Errorf("PDFium broke in %s: %w", name, err)
		return 0
	}
	return s.stack[0]
}

// number calls a function that returns an int.
func (s *sandbox) number(name string, args ...uint64) int { return int(int32(s.call(name, args...))) }

// does calls a function that returns whether it did what it was asked.
func (s *sandbox) does(name string, args ...uint64) bool { return s.number(name, args...) != 0 }

// out is the address of value i, of size bytes, in the scratch area.
func (s *sandbox) out(i, size int) uint64 { return uint64(s.scratch) + uint64(i*size) }

func (s *sandbox) bytes(at uint32, n int) []byte {
	b, ok := s.module.Memory().Read(at, uint32(n))
	if !ok {
		s.err = errors.Join(s.err, errors.New("PDFium points outside of its memory"))
		return make([]byte, n)
	}
	return b
}

// floats, doubles and integers read the first values of the scratch area.
func (s *sandbox) floats() (f [6]float64) {
	b := s.bytes(s.scratch, scratchBytes)
	for i := range f {
		f[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:])))
	}
	return f
}

func (s *sandbox) doubles() (f [4]float64) {
	b := s.bytes(s.scratch, scratchBytes)
	for i := range f {
		f[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
	}
	return f
}

func (s *sandbox) integers() (n [4]uint32) {
	b := s.bytes(s.scratch, scratchBytes)
	for i := range n {
		n[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return n
}

// allocate returns the address of n bytes in the sandbox, or 0.
func (s *sandbox) allocate(n int) uint32 {
	at := uint32(s.call("malloc", uint64(n)))
	if at == 0 && s.err == nil {
		s.err = fmt.Errorf("PDFium has no memory left for %d bytes", n)
	}
	return at
}

func (s *sandbox) free(at uint32) { s.call("free", uint64(at)) }

// put copies bytes into the sandbox.
func (s *sandbox) put(b []byte) (at uint32) {
	if at = s.allocate(len(b)); s.err == nil && !s.module.Memory().Write(at, b) {
		s.err = errors.New("PDFium points outside of its memory")
	}
	return at
}

// cString copies a string into the sandbox.
func (s *sandbox) cString(text string) (at uint32) { return s.put(append([]byte(text), 0)) }

// maxText bounds a text that a function gives out, in bytes.
const maxText = 1 << 20

// text returns what a function writes as UTF-16 into a buffer: fill is called with its address and its size in bytes,
// first with none, and returns the size wanted.
func (s *sandbox) text(fill func(at uint64, size int) int) string {
	size := fill(0, 0)
	if size < 2 || size > maxText {
		return ""
	}
	at := s.allocate(size)
	defer s.free(at)
	fill(uint64(at), size)
	if s.err != nil {
		return ""
	}
	b := s.bytes(at, size&^1)
	units := make([]uint16, 0, len(b)/2)
	for ; len(b) > 0; b = b[2:] {
		units = append(units, binary.LittleEndian.Uint16(b))
	}
	for len(units) > 0 && units[len(units)-1] == 0 {
		units = units[:len(units)-1]
	}
	return string(utf16.Decode(units))
}
