package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Names beside a dataset OUT: .OUT.lock is held by the process that builds it, .OUT.building-* is a build that is not
// finished, and .OUT.old is the old dataset between the two renames that stand in for an exchange.
func beside(out, suffix string) string {
	return filepath.Join(filepath.Dir(out), "."+filepath.Base(out)+suffix)
}

// swap puts the finished folder built in the place of out. Where the system can exchange two folders (Linux, macOS) out
// exists at every moment. Elsewhere there is a short moment between two renames without it; if the process dies then,
// recoverSwap brings the old dataset back.
func swap(built, out string) error {
	if _, err := os.Lstat(out); errors.Is(err, os.ErrNotExist) {
		return os.Rename(built, out)
	}
	if exchangeFolders(built, out) == nil {
		return os.RemoveAll(built) // it is the old dataset now
	}
	old := beside(out, ".old")
	if err := os.Rename(out, old); err != nil {
		return err
	}
	if err := os.Rename(built, out); err != nil {
		return errors.Join(err, os.Rename(old, out))
	}
	return os.RemoveAll(old)
}

// folderOf returns the folder that a dataset's path stands for: that which a link points to is replaced, not the link.
func folderOf(out string) (string, error) {
	out, err := filepath.Abs(out)
	if err != nil {
		return "", err
	}
	if target, err := filepath.EvalSymlinks(out); err == nil {
		out = target
	}
	return out, nil
}

// RecoverDataset mends what a process left beside the dataset out, or in its place, that died while it built or swapped
// it. A dataset that is written does so by itself. It returns ErrLocked where another process builds.
func RecoverDataset(out string) error {
	out, err := folderOf(out)
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Dir(out)); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	lock, err := lockFile(beside(out, ".lock"))
	if err != nil {
		return err
	}
	return errors.Join(recoverSwap(out), lock.Close())
}

// recoverSwap mends what a process left that died while it built or swapped. The caller holds the lock, so nobody
// builds now.
func recoverSwap(out string) error {
	old := beside(out, ".old")
	if _, err := os.Lstat(out); errors.Is(err, os.ErrNotExist) {
		if err := os.Rename(old, out); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("bringing the old dataset back: %w", err)
		}
	}
	if err := os.RemoveAll(old); err != nil {
		return fmt.Errorf("removing the old dataset: %w", err)
	}
	entries, err := os.ReadDir(filepath.Dir(out))
	if err != nil {
		return err
	}
	prefix := "." + filepath.Base(out) + ".building-"
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), prefix) {
			if err := os.RemoveAll(filepath.Join(filepath.Dir(out), e.Name())); err != nil {
				return fmt.Errorf("removing an unfinished build: %w", err)
			}
		}
	}
	return nil
}

// checkTarget refuses to replace a folder that is no dataset: a swap removes what was there.
func checkTarget(out string) error {
	info, err := os.Stat(out)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return errors.New("it is a file")
	}
	entries, err := os.ReadDir(out)
	if err != nil || len(entries) == 0 {
		return err
	}
	if _, err := readManifest(os.DirFS(out)); err != nil {
		return fmt.Errorf("the folder is not empty and holds no dataset that could be replaced: %w", err)
	}
	return nil
}

// writeJSON writes a file of indented JSON and flushes it to the disk.
func writeJSON(path string, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = f.Write(append(text, '\n'))
	return errors.Join(err, f.Sync(), f.Close())
}
