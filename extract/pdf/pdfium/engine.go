package pdfium

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/klippa-app/go-pdfium/webassembly/imports"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

// memoryPages bounds the sandbox's memory: 4096 pages of 64 KiB are 256 MiB.
const memoryPages = 4096

// engine is a module as machine code.
type engine struct {
	runtime  wazero.Runtime
	cache    wazero.CompilationCache // nil where nothing is kept
	compiled wazero.CompiledModule
}

// compile makes an engine of a module, with the machine code that wazero finds in a folder; what it does not find it
// makes and leaves there. Nothing is looked up or left where the folder is "".
func compile(ctx context.Context, module []byte, folder string) (*engine, error) {
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(memoryPages)
	e := &engine{}
	if folder != "" {
		var err error
		if e.cache, err = wazero.NewCompilationCacheWithDir(folder); err != nil {
			return nil, err
		}
		config = config.WithCompilationCache(e.cache)
	}
	e.runtime = wazero.NewRuntimeWithConfig(ctx, config)
	_, err := wasi_snapshot_preview1.Instantiate(ctx, e.runtime)
	if err == nil {
		e.compiled, err = e.runtime.CompileModule(ctx, module)
	}
	if err == nil {
		_, err = imports.Instantiate(ctx, e.runtime, e.compiled)
	}
	if err != nil {
		e.close(ctx)
		return nil, err
	}
	return e, nil
}

func (e *engine) close(ctx context.Context) {
	e.runtime.Close(ctx)
	if e.cache != nil {
		e.cache.Close(ctx)
	}
}

// skeletonFile lies beside the machine code.
const skeletonFile = "skeleton.wasm"

// startKept makes an engine of the module that whole returns, from a folder that is this module's own. try reports what
// is wrong with an engine; it must call a function of it.
//
// wazero decodes, validates and hashes a module before it looks for its machine code, which costs more than all else
// that a start does. The machine code of this constant module is therefore kept under the name of the module's skeleton:
// the engine is given all of the module but the bodies of its functions, of which it would use nothing, and whole is not
// called. Where there is no machine code for this processor and this version of wazero, the engine makes that of the
// skeleton. Its functions trap, try fails, and the right code takes its place.
func startKept(
	ctx context.Context, folder string, whole func() ([]byte, error), try func(*engine) error,
) (*engine, error) {
	if bones, err := os.ReadFile(filepath.Join(folder, skeletonFile)); err == nil {
		if e, err := compileAndTry(ctx, bones, folder, try); err == nil {
			return e, nil
		}
	}
	bones, err := keep(ctx, folder, whole)
	if err != nil {
		return nil, fmt.Errorf("keeping the machine code in %s: %w", folder, err)
	}
	return compileAndTry(ctx, bones, folder, try)
}

func compileAndTry(ctx context.Context, module []byte, folder string, try func(*engine) error) (*engine, error) {
	e, err := compile(ctx, module, folder)
	if err != nil {
		return nil, err
	}
	if err := try(e); err != nil {
		e.close(ctx)
		return nil, err
	}
	return e, nil
}

// keep compiles the module into its folder and returns its skeleton. Processes may do so at the same time: files are
// put in their places whole.
func keep(ctx context.Context, folder string, whole func() ([]byte, error)) ([]byte, error) {
	module, err := whole()
	if err != nil {
		return nil, err
	}
	bones, err := skeleton(module)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	draft, err := os.MkdirTemp(folder, "draft-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(draft)
	code, err := compileInto(ctx, module, draft, "module")
	if err != nil {
		return nil, err
	}
	named, err := compileInto(ctx, bones, draft, "skeleton")
	if err != nil {
		return nil, err
	}
	place := filepath.Join(folder, filepath.Base(filepath.Dir(named)), filepath.Base(named))
	if err := os.MkdirAll(filepath.Dir(place), 0o700); err != nil {
		return nil, err
	}
	if err := os.Rename(code, place); err != nil {
		return nil, err
	}
	written := filepath.Join(draft, skeletonFile)
	if err := os.WriteFile(written, bones, 0o600); err != nil {
		return nil, err
	}
	return bones, os.Rename(written, filepath.Join(folder, skeletonFile))
}

// compileInto compiles a module with a fresh folder and returns the one file that wazero leaves in it, which is
// VERSION/KEY.
func compileInto(ctx context.Context, module []byte, parent, name string) (string, error) {
	folder := filepath.Join(parent, name)
	e, err := compile(ctx, module, folder)
	if err != nil {
		return "", err
	}
	e.close(ctx)
	files, err := filepath.Glob(filepath.Join(folder, "*", "*"))
	if err != nil {
		return "", err
	}
	if len(files) != 1 {
		return "", errors.New("wazero left other files than the one it used to")
	}
	return files[0], nil
}
