package store

import (
	"errors"
	"fmt"
	"os"
)

// ErrLocked says that another process writes there.
var ErrLocked = errors.New("another gongkai process is writing there")

// lockFile takes the lock at path; closing the file frees it. It returns ErrLocked when another process, or this one,
// holds it.
func lockFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, fmt.Errorf("taking the lock %s: %w", path, err)
	}
	ok, err := tryLock(f)
	if err == nil && !ok {
		err = ErrLocked
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("taking the lock %s: %w", path, err), f.Close())
	}
	return f, nil
}
