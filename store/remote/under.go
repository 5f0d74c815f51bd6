package remote

import (
	"context"
	"io"
	"iter"
	"strings"
)

// under is what of a bucket has names that begin with a prefix.
type under struct {
	Bucket
	prefix string
}

// Under returns the objects of a bucket whose names begin with a prefix, without it.
func Under(b Bucket, prefix string) Bucket {
	if prefix == "" {
		return b
	}
	return under{b, prefix}
}

func (u under) List(ctx context.Context, prefix string, all bool) iter.Seq2[Object, error] {
	return func(yield func(Object, error) bool) {
		for o, err := range u.Bucket.List(ctx, u.prefix+prefix, all) {
			o.Name = strings.TrimPrefix(o.Name, u.prefix)
			if !yield(o, err) {
				return
			}
		}
	}
}

func (u under) Open(ctx context.Context, name string, offset int64) (io.ReadCloser, error) {
	return u.Bucket.Open(ctx, u.prefix+name, offset)
}

func (u under) Put(ctx context.Context, name string, body io.Reader, size int64, mediaType string) error {
	return u.Bucket.Put(ctx, u.prefix+name, body, size, mediaType)
}

func (u under) Size(ctx context.Context, name string) (int64, error) {
	return u.Bucket.Size(ctx, u.prefix+name)
}

func (u under) Delete(ctx context.Context, name string) error {
	return u.Bucket.Delete(ctx, u.prefix+name)
}
