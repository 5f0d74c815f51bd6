package onnx

import (
	"sync/atomic"
	"unsafe"
)

// out is the address of a variable that a function of the library fills.
func out(v *uintptr) uintptr {
	heap.Store(v)
	return uintptr(unsafe.Pointer(v))
}

// heap takes the variables of out, so that they do not lie on the stack, which may move.
var heap atomic.Pointer[uintptr]

// pointer turns an address in the library's memory, which the garbage collector does not know, into a pointer.
func pointer(address uintptr) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&address)) }

// cString returns the text ended by NUL, as C wants it.
func cString(s string) []byte { return append([]byte(s), 0) }

func address(b []byte) uintptr { return uintptr(unsafe.Pointer(&b[0])) }

// goString copies a text of C.
func goString(at uintptr) string {
	if at == 0 {
		return ""
	}
	n := 0
	for *(*byte)(unsafe.Add(pointer(at), n)) != 0 {
		n++
	}
	return string(unsafe.Slice((*byte)(pointer(at)), n))
}
