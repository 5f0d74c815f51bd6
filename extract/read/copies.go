package read

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"

	"github.com/gongkai-data/gongkai/extract/office"
)

// Copies keeps the converted copies of documents under names with slashes. One that is not there is an error that is
// fs.ErrNotExist; one that is put appears whole or not at all.
type Copies interface {
	Get(ctx context.Context, name string) ([]byte, error)
	Put(ctx context.Context, name string, body []byte) error
}

// copyName names the copy of a document by its bytes, what it is and what it is converted into.
func copyName(f format, body []byte) string {
	sum := sha256.Sum256(body)
	name := hex.EncodeToString(sum[:])
	return name[:2] + "/" + name + "." + f.from + "." + f.to
}

// keepError says that a copy could not be looked for or kept: a fault of the place, not of the document.
type keepError struct{ error }

func (k keepError) Unwrap() error { return k.error }

// copied returns the copy that is kept of a document, or has it converted and keeps the copy, so that whoever looks at
// the document later reads the same, also where another LibreOffice is installed, or none.
func copied(ctx context.Context, f format, body []byte, copies Copies) ([]byte, error) {
	if copies == nil {
		return office.Convert(ctx, body, f.from, f.to)
	}
	name := copyName(f, body)
	kept, err := copies.Get(ctx, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, keepError{fmt.Errorf("looking for the converted copy %s: %w", name, err)}
	}
	if _, torn := zip.NewReader(bytes.NewReader(kept), int64(len(kept))); err == nil && torn == nil {
		return kept, nil
	}
	converted, err := office.Convert(ctx, body, f.from, f.to)
	if err != nil {
		return nil, err
	}
	if err := copies.Put(ctx, name, converted); err != nil {
		return nil, keepError{fmt.Errorf("keeping the converted copy %s: %w", name, err)}
	}
	return converted, nil
}
