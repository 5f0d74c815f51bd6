package pdfium

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	_ "unsafe" // for go:linkname

	_ "github.com/klippa-app/go-pdfium/webassembly" // holds the module
	"github.com/tetratelabs/wazero"
)

// pdfiumWasm is the module that go-pdfium embeds and does not export. A version without it does not link.
//
//go:linkname pdfiumWasm github.com/klippa-app/go-pdfium/webassembly.pdfiumWasm
var pdfiumWasm []byte

// What is packed is the module of the go-pdfium that go.mod names, whose bindings are used with it.
func TestPackedModule(t *testing.T) {
	module, err := unpack()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(module, pdfiumWasm) {
		t.Error("pdfium.wasm.zst is not the module of go-pdfium: pack it anew as module.go says")
	}
}

// answer is a module whose function "answer" returns 42, with a custom section at its end.
var answer = []byte("\x00asm\x01\x00\x00\x00" +
	"\x01\x05\x01\x60\x00\x01\x7f" + // type 0: () → i32
	"\x03\x02\x01\x00" + // function 0 is of type 0
	"\x07\x0a\x01\x06answer\x00\x00" +
	"\x0a\x06\x01\x04\x00\x41\x2a\x0b" + // i32.const 42
	"\x00\x06\x04note!")

func TestSkeleton(t *testing.T) {
	got, err := skeleton(answer)
	if err != nil {
		t.Fatal(err)
	}
	want := "\x00asm\x01\x00\x00\x00" +
		"\x01\x05\x01\x60\x00\x01\x7f" +
		"\x03\x02\x01\x00" +
		"\x07\x0a\x01\x06answer\x00\x00" +
		"\x0a\x05\x01\x03\x00\x00\x0b"
	if string(got) != want {
		t.Errorf("skeleton %q, want %q", got, want)
	}
	for n := range answer {
		skeleton(answer[:n]) // a cut module is an error or a shorter module, and no panic
	}
	if _, err := skeleton(answer[:len(answer)-1]); !errors.Is(err, errModule) {
		t.Errorf("a module that is cut off: %v", err)
	}
}

// keptAnswers starts the module answer from a folder, fails where it does not answer 42, and reports whether the whole
// module was needed.
func keptAnswers(t *testing.T, folder string) (compiled bool) {
	t.Helper()
	ctx := context.Background()
	whole := func() ([]byte, error) { compiled = true; return answer, nil }
	e, err := startKept(ctx, folder, whole, func(e *engine) error {
		m, err := e.runtime.InstantiateModule(ctx, e.compiled, wazero.NewModuleConfig())
		if err != nil {
			return err
		}
		got, err := m.ExportedFunction("answer").Call(ctx)
		if err == nil && got[0] != 42 {
			t.Errorf("the answer is %d", got[0])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	e.close(ctx)
	return compiled
}

// The machine code that is kept is that of the module, also after the folder was damaged, written by another version of
// wazero or for another processor.
func TestStartKept(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "kept")
	if !keptAnswers(t, folder) {
		t.Fatal("nothing was kept and the module was not compiled")
	}
	if keptAnswers(t, folder) {
		t.Fatal("the module was compiled though its machine code is kept")
	}
	left, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(left) != 2 {
		t.Errorf("the folder holds %v, want a skeleton and a folder of wazero's", left)
	}
	code, err := filepath.Glob(filepath.Join(folder, "*", "*"))
	if err != nil || len(code) != 1 {
		t.Fatalf("machine code is kept in %v", code)
	}
	for name, damage := range map[string]func() error{
		"no machine code":   func() error { return os.Remove(code[0]) },
		"cut machine code":  func() error { return os.Truncate(code[0], 20) },
		"cut skeleton":      func() error { return os.Truncate(filepath.Join(folder, skeletonFile), 9) },
		"code of skeletons": func() error { return compileSkeleton(folder, code[0]) },
	} {
		if err := damage(); err != nil {
			t.Fatal(err)
		}
		if !keptAnswers(t, folder) {
			t.Errorf("%s: the module was not compiled anew", name)
		}
		if keptAnswers(t, folder) {
			t.Errorf("%s: the machine code was not kept anew", name)
		}
	}
}

// compileSkeleton leaves what wazero makes of the skeleton, as a process on another processor does before it notices.
func compileSkeleton(folder, code string) error {
	bones, err := os.ReadFile(filepath.Join(folder, skeletonFile))
	if err != nil {
		return err
	}
	if err := os.Remove(code); err != nil {
		return err
	}
	e, err := compile(context.Background(), bones, folder)
	if err != nil {
		return err
	}
	e.close(context.Background())
	return nil
}

// PDFium's machine code can be kept: a second start does not need the module.
func TestStartKeepsPDFium(t *testing.T) {
	l, err := Start(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer l.engine.close(l.ctx)
	dir, err := os.UserCacheDir()
	if err != nil {
		t.Skip("this user has no folder for kept files")
	}
	missing := errors.New("the module was unpacked")
	folder := filepath.Join(dir, "gongkai", "pdfium", moduleSum[:16])
	e, err := startKept(context.Background(), folder, func() ([]byte, error) { return nil, missing },
		func(e *engine) error { _, err := l.sandboxOf(e); return err })
	if err != nil {
		t.Fatal(err)
	}
	e.close(context.Background())
}
