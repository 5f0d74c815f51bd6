package ocr

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/gongkai-data/gongkai/extract/ocr/onnx"
)

// FolderVariable names the environment variable that says in which folder library and models lie; by default it is
// gongkai/ocr in the user's cache.
const FolderVariable = "GONGKAI_OCR"

// ErrMissing says that library or models are not installed.
var ErrMissing = errors.New("the recognition of scans is not installed; `gongkai ocr install` does it")

// Folder is where library and models lie.
func Folder() (string, error) {
	if dir := os.Getenv(FolderVariable); dir != "" {
		return dir, nil
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("finding the folder of the recognition of scans: %w", err)
	}
	return filepath.Join(dir, "gongkai", "ocr"), nil
}

// Names of the files in the folder.
const (
	modelFour = "ch_PP-OCRv4_rec_infer.onnx"
	modelSix  = "PP-OCRv6_rec_small.onnx"
)

func libraryName() string {
	if runtime.GOOS == "darwin" {
		return "libonnxruntime.dylib"
	}
	return "libonnxruntime.so"
}

// Installed reports whether library and models are there.
func Installed() bool {
	dir, err := Folder()
	if err != nil {
		return false
	}
	for _, name := range []string{libraryName(), modelFour, modelSix} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || !info.Mode().IsRegular() {
			return false
		}
	}
	return true
}

// Pair is two models that share no weights.
type Pair struct{ Four, Six *Model }

// Open loads library and models: 0.2 s and 160 MB. A fault in the library ends the process.
func Open() (*Pair, error) {
	if !Installed() {
		return nil, ErrMissing
	}
	dir, err := Folder()
	if err != nil {
		return nil, err
	}
	library, err := onnx.Load(filepath.Join(dir, libraryName()))
	if err != nil {
		return nil, err
	}
	four, err := open(library, filepath.Join(dir, modelFour))
	if err != nil {
		return nil, err
	}
	six, err := open(library, filepath.Join(dir, modelSix))
	if err != nil {
		return nil, err
	}
	return &Pair{four, six}, nil
}
