package store

import "github.com/gongkai-data/gongkai/store/remote"

// IsOutage reports whether an error says that the object store of an archive cannot be reached now, or has too much to
// do, so that trying again later may do.
func IsOutage(err error) bool { return remote.IsOutage(err) }
