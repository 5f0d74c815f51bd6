//go:build !windows

package onnx

import "github.com/ebitengine/purego"

// open loads a shared library and returns the address of one of its functions.
func open(path, function string) (uintptr, error) {
	handle, err := purego.Dlopen(path, purego.RTLD_NOW|purego.RTLD_LOCAL)
	if err != nil {
		return 0, err
	}
	return purego.Dlsym(handle, function)
}

// pathString is the name of a file as the library wants it.
func pathString(path string) []byte { return cString(path) }
