// Package remote keeps objects on an object store that speaks S3, or in memory for tests.
package remote

import (
	"context"
	"fmt"
	"io"
	"iter"
	"net/url"
)

// Object is what a list says of an object.
type Object struct {
	Name string
	Size int64 // bytes
}

// Bucket holds objects under names with slashes. Its methods may be called from many goroutines. What is not there is
// an error that is fs.ErrNotExist.
type Bucket interface {
	// List yields the objects under a prefix in the order of their names: all of them, or only those directly under it,
	// with the folders, whose names end in a slash.
	List(ctx context.Context, prefix string, all bool) iter.Seq2[Object, error]
	// Open reads an object from an offset to its end.
	Open(ctx context.Context, name string, offset int64) (io.ReadCloser, error)
	// Put stores size bytes of body, whole or not at all.
	Put(ctx context.Context, name string, body io.Reader, size int64, mediaType string) error
	Size(ctx context.Context, name string) (int64, error)
	// Delete removes an object; one that is not there is no error.
	Delete(ctx context.Context, name string) error
}

// Open opens the bucket at an address: s3://NAME?region=… (see parse for the parameters), or mem://, a new empty one.
// With the parameter prefix=P all names begin with P.
func Open(address string) (Bucket, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	values := u.Query()
	prefix := values.Get("prefix")
	values.Del("prefix")
	u.RawQuery = values.Encode()
	switch u.Scheme {
	case "s3":
		b, err := openS3(u)
		if err != nil {
			return nil, err
		}
		return Under(b, prefix), nil
	case "mem":
		return Under(&memory{}, prefix), nil
	}
	return nil, fmt.Errorf("%s:// is no kind of object store that is known: s3://NAME?region=…", u.Scheme)
}
