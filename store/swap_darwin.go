package store

import "golang.org/x/sys/unix"

// exchangeFolders swaps two folders in one step (renamex_np with RENAME_SWAP): at no moment is there none.
func exchangeFolders(a, b string) error {
	return unix.RenamexNp(a, b, unix.RENAME_SWAP)
}
