package remote

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"net/http"
	"net/url"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// partSize is how much of a large object is sent, and sent again after a failure, at a time.
const partSize = 16 << 20

type s3 struct {
	*address
	client minio.Core
}

func openS3(u *url.URL) (*s3, error) {
	a, err := parse(u)
	if err != nil {
		return nil, err
	}
	keys, err := a.credentials()
	if err != nil {
		return nil, err
	}
	client, err := connect(a, keys)
	if err != nil {
		return nil, err
	}
	return &s3{a, client}, nil
}

// connect makes the client; nothing is sent yet.
func connect(a *address, keys *credentials.Credentials) (minio.Core, error) {
	lookup := minio.BucketLookupAuto
	if a.pathStyle {
		lookup = minio.BucketLookupPath
	}
	client, err := minio.NewCore(a.endpoint, &minio.Options{Creds: keys, Secure: a.secure, Region: a.region, BucketLookup: lookup})
	if err != nil {
		return minio.Core{}, err
	}
	client.SetAppInfo("gongkai", "")
	if a.fast {
		client.SetS3TransferAccelerate("s3-accelerate.amazonaws.com")
	}
	client.SetS3EnableDualstack(a.dualStack)
	return *client, nil
}

// told words an error of the store, and says of what is not there that it is fs.ErrNotExist.
func told(name string, err error) error {
	if err == nil {
		return nil
	}
	var answer minio.ErrorResponse
	if errors.As(err, &answer) && answer.Code != minio.NoSuchBucket && (answer.Code == minio.NoSuchKey || answer.StatusCode == http.StatusNotFound) {
		return fmt.Errorf("%s: %w", name, fs.ErrNotExist)
	}
	return fmt.Errorf("%s: %w", name, err)
}

func (s *s3) List(ctx context.Context, prefix string, all bool) iter.Seq2[Object, error] {
	return func(yield func(Object, error) bool) {
		for o := range s.client.ListObjectsIter(ctx, s.bucket, minio.ListObjectsOptions{Prefix: prefix, Recursive: all}) {
			err := o.Err
			if err != nil {
				err = fmt.Errorf("listing the bucket %s: %w", s.bucket, err)
			}
			if !yield(Object{o.Key, o.Size}, err) || err != nil {
				return
			}
		}
	}
}

func (s *s3) Open(ctx context.Context, name string, offset int64) (io.ReadCloser, error) {
	var opt minio.GetObjectOptions
	if offset > 0 {
		if err := opt.SetRange(offset, 0); err != nil {
			return nil, err
		}
	}
	body, _, _, err := s.client.GetObject(ctx, s.bucket, name, opt)
	if err != nil {
		return nil, told(name, err)
	}
	return body, nil
}

// Put sends with each part the digest that the store checks it by.
func (s *s3) Put(ctx context.Context, name string, body io.Reader, size int64, mediaType string) error {
	_, err := s.client.Client.PutObject(ctx, s.bucket, name, body, size, minio.PutObjectOptions{ContentType: mediaType, SendContentMd5: true,
		PartSize: partSize, NumThreads: 2, ServerSideEncryption: s.encrypt})
	return told(name, err)
}

func (s *s3) Size(ctx context.Context, name string) (int64, error) {
	o, err := s.client.StatObject(ctx, s.bucket, name, minio.StatObjectOptions{})
	return o.Size, told(name, err)
}

func (s *s3) Delete(ctx context.Context, name string) error {
	err := told(name, s.client.RemoveObject(ctx, s.bucket, name, minio.RemoveObjectOptions{}))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
