package onnx

import "errors"

// open fails: the reading of scans was never tried on Windows.
func open(string, string) (uintptr, error) {
	return 0, errors.New("scans are read on Linux and macOS only")
}

func pathString(path string) []byte { return cString(path) }
