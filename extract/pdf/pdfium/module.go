package pdfium

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// packed is the WebAssembly module of the go-pdfium that go.mod names, as zstd packs it: 2 MB in place of 6. After an
// upgrade a test fails until the module is packed anew and moduleSum says so:
//
//	zstd --ultra -22 -f "$(go list -m -f '{{.Dir}}' github.com/klippa-app/go-pdfium)/webassembly/pdfium.wasm" \
//	    -o extract/pdf/pdfium/pdfium.wasm.zst
//
//go:embed pdfium.wasm.zst
var packed []byte

// moduleSum is the SHA-256 of the module, by which its machine code is kept.
const moduleSum = "f651270c675cac90702b762f4b95d2b34e365cdb374065e40af016f4f0f304ea"

// unpack returns the module.
func unpack() ([]byte, error) {
	module, err := zstd.DecodeTo(nil, packed)
	if err != nil {
		return nil, fmt.Errorf("unpacking PDFium: %w", err)
	}
	if sum := sha256.Sum256(module); hex.EncodeToString(sum[:]) != moduleSum {
		return nil, errors.New("unpacking PDFium: it is not the module that this program was built for")
	}
	return module, nil
}
