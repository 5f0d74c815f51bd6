// Package onnx runs neural networks in the ONNX format by the shared library of ONNX Runtime, without cgo (purego).
//
// A fault in the library ends the process, so it belongs into a child process. Only what recognition needs is bound: a
// session with one input and one output of 32-bit floats.
package onnx

import (
	"errors"
	"fmt"
	"runtime"
	"unsafe"

	"github.com/ebitengine/purego"
)

// apiVersion is the version of the C interface that is asked for: every library since 1.17 has it, and none changes the
// order of its functions.
const apiVersion = 17

// Places of functions in struct OrtApi (onnxruntime_c_api.h).
const (
	getErrorMessage       = 2
	createEnv             = 3
	createSession         = 7
	run                   = 9
	createSessionOptions  = 10
	setIntraOpNumThreads  = 24
	sessionGetInputName   = 36
	sessionGetOutputName  = 37
	createTensorWithData  = 49
	getTensorMutableData  = 51
	getDimensionsCount    = 61
	getDimensions         = 62
	getTensorTypeAndShape = 65
	createCPUMemoryInfo   = 69
	allocatorFree         = 76
	defaultAllocator      = 78
	releaseStatus         = 93
	releaseSession        = 95
	releaseValue          = 96
	releaseTensorType     = 99
	releaseOptions        = 100
	sessionGetMetadata    = 111
	lookupMetadata        = 116
	releaseMetadata       = 118
	apiFunctions          = 119
)

const (
	errorLevel      = 3
	arenaAllocator  = 1 // OrtAllocatorType
	defaultMemory   = 0 // OrtMemType
	float32Elements = 1 // ONNXTensorElementDataType
)

// Library is the loaded shared library. It is never unloaded.
type Library struct {
	api       *[apiFunctions]uintptr
	env       uintptr
	memory    uintptr
	allocator uintptr
}

// Load loads the shared library at path.
func Load(path string) (*Library, error) {
	base, err := open(path, "OrtGetApiBase")
	if err != nil {
		return nil, fmt.Errorf("loading ONNX Runtime: %w", err)
	}
	at, _, _ := purego.SyscallN(base)
	if at == 0 {
		return nil, errors.New("loading ONNX Runtime: it offers no interface")
	}
	getAPI := *(*uintptr)(pointer(at))
	table, _, _ := purego.SyscallN(getAPI, apiVersion)
	if table == 0 {
		return nil, fmt.Errorf("loading ONNX Runtime: it is older than version 1.%d", apiVersion)
	}
	l := &Library{api: (*[apiFunctions]uintptr)(pointer(table))}
	name := cString("gongkai")
	if err := l.call(createEnv, errorLevel, address(name), out(&l.env)); err != nil {
		return nil, fmt.Errorf("starting ONNX Runtime: %w", err)
	}
	if err := l.call(createCPUMemoryInfo, arenaAllocator, defaultMemory, out(&l.memory)); err != nil {
		return nil, fmt.Errorf("starting ONNX Runtime: %w", err)
	}
	if err := l.call(defaultAllocator, out(&l.allocator)); err != nil {
		return nil, fmt.Errorf("starting ONNX Runtime: %w", err)
	}
	runtime.KeepAlive(name)
	return l, nil
}

// call calls a function that returns a status.
func (l *Library) call(function int, args ...uintptr) error {
	status, _, _ := purego.SyscallN(l.api[function], args...)
	if status == 0 {
		return nil
	}
	text, _, _ := purego.SyscallN(l.api[getErrorMessage], status)
	err := errors.New(goString(text))
	l.free(releaseStatus, status)
	return err
}

// free calls a function that releases what it is given.
func (l *Library) free(function int, what uintptr) { purego.SyscallN(l.api[function], what) }

// Session is a network that is ready to run. It is not for use by several goroutines.
type Session struct {
	library       *Library
	session       uintptr
	input, output []byte // names, ended by NUL
}

// Open reads the network in the file at path. It computes with one thread, so that its results do not depend on the
// machine's cores.
func (l *Library) Open(path string) (*Session, error) {
	var options uintptr
	if err := l.call(createSessionOptions, out(&options)); err != nil {
		return nil, fmt.Errorf("opening the model %s: %w", path, err)
	}
	defer l.free(releaseOptions, options)
	if err := l.call(setIntraOpNumThreads, options, 1); err != nil {
		return nil, fmt.Errorf("opening the model %s: %w", path, err)
	}
	s := &Session{library: l}
	name := pathString(path)
	if err := l.call(createSession, l.env, address(name), options, out(&s.session)); err != nil {
		return nil, fmt.Errorf("opening the model %s: %w", path, err)
	}
	runtime.KeepAlive(name)
	var err error
	if s.input, err = s.name(sessionGetInputName); err == nil {
		s.output, err = s.name(sessionGetOutputName)
	}
	if err != nil {
		s.Close()
		return nil, fmt.Errorf("opening the model %s: %w", path, err)
	}
	return s, nil
}

// name asks for the name of the first input or output.
func (s *Session) name(function int) ([]byte, error) {
	var text uintptr
	if err := s.library.call(function, s.session, 0, s.library.allocator, out(&text)); err != nil {
		return nil, err
	}
	defer s.library.call(allocatorFree, s.library.allocator, text)
	return cString(goString(text)), nil
}

// Close frees the session.
func (s *Session) Close() { s.library.free(releaseSession, s.session) }

// Metadata returns what the model's file says under a key, empty where it says nothing.
func (s *Session) Metadata(key string) (string, error) {
	var metadata, text uintptr
	if err := s.library.call(sessionGetMetadata, s.session, out(&metadata)); err != nil {
		return "", fmt.Errorf("reading the model's metadata: %w", err)
	}
	defer s.library.free(releaseMetadata, metadata)
	name := cString(key)
	if err := s.library.call(lookupMetadata, metadata, s.library.allocator, address(name), out(&text)); err != nil {
		return "", fmt.Errorf("reading the model's metadata: %w", err)
	}
	runtime.KeepAlive(name)
	if text == 0 {
		return "", nil
	}
	defer s.library.call(allocatorFree, s.library.allocator, text)
	return goString(text), nil
}

// Tensor is an array of several dimensions, the last one running fastest.
type Tensor struct {
	Shape []int64
	Data  []float32
}

// maxElements bounds what a network may answer.
const maxElements = 1 << 28

// Run computes the output for an input and hands it to use, whose data lies in the library's memory and is gone when
// use returns: of a long line of print it has 10 MB, which a copy would take as long to write as the first look at it.
func (s *Session) Run(in Tensor, use func(Tensor)) error {
	want := int64(1)
	for _, d := range in.Shape {
		want *= d
	}
	if want == 0 || want != int64(len(in.Data)) {
		return fmt.Errorf("running the model: %d numbers for the shape %v", len(in.Data), in.Shape)
	}
	l := s.library
	var pin runtime.Pinner
	defer pin.Unpin()
	pin.Pin(&in.Data[0])
	pin.Pin(&in.Shape[0])
	pin.Pin(&s.input[0])
	pin.Pin(&s.output[0])
	var given, answer uintptr
	if err := l.call(createTensorWithData, l.memory, uintptr(unsafe.Pointer(&in.Data[0])), uintptr(4*len(in.Data)), uintptr(unsafe.Pointer(&in.Shape[0])),
		uintptr(len(in.Shape)), float32Elements, out(&given)); err != nil {
		return fmt.Errorf("running the model: %w", err)
	}
	defer l.free(releaseValue, given)
	names := &[2]uintptr{uintptr(unsafe.Pointer(&s.input[0])), uintptr(unsafe.Pointer(&s.output[0]))}
	values := &[2]uintptr{given, 0}
	pin.Pin(names)
	pin.Pin(values)
	err := l.call(run, s.session, 0, uintptr(unsafe.Pointer(&names[0])), uintptr(unsafe.Pointer(&values[0])), 1, uintptr(unsafe.Pointer(&names[1])), 1,
		uintptr(unsafe.Pointer(&values[1])))
	if err != nil {
		return fmt.Errorf("running the model: %w", err)
	}
	answer = values[1]
	defer l.free(releaseValue, answer)
	out, err := l.tensor(answer)
	if err != nil {
		return err
	}
	use(out)
	return nil
}

// tensor is a value in the library's memory, which goes with the value.
func (l *Library) tensor(value uintptr) (Tensor, error) {
	var info, dims, data uintptr
	if err := l.call(getTensorTypeAndShape, value, out(&info)); err != nil {
		return Tensor{}, fmt.Errorf("reading what the model says: %w", err)
	}
	defer l.free(releaseTensorType, info)
	if err := l.call(getDimensionsCount, info, out(&dims)); err != nil || dims == 0 || dims > 8 {
		return Tensor{}, fmt.Errorf("reading what the model says: %d dimensions: %w", dims, err)
	}
	t := Tensor{Shape: make([]int64, dims)}
	var pin runtime.Pinner
	pin.Pin(&t.Shape[0])
	defer pin.Unpin()
	if err := l.call(getDimensions, info, uintptr(unsafe.Pointer(&t.Shape[0])), dims); err != nil {
		return Tensor{}, fmt.Errorf("reading what the model says: %w", err)
	}
	n := int64(1)
	for _, d := range t.Shape {
		if d <= 0 || d > maxElements/n {
			return Tensor{}, fmt.Errorf("reading what the model says: it has the shape %v", t.Shape)
		}
		n *= d
	}
	if err := l.call(getTensorMutableData, value, out(&data)); err != nil {
		return Tensor{}, fmt.Errorf("reading what the model says: %w", err)
	}
	t.Data = unsafe.Slice((*float32)(pointer(data)), n)
	return t, nil
}
