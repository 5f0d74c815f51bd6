//go:build !linux && !darwin

package store

import "errors"

// exchangeFolders has no equal here, so swap takes its two renames.
func exchangeFolders(_, _ string) error { return errors.ErrUnsupported }
