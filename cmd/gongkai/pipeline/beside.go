package pipeline

import (
	"context"
	"io"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/read"
	"github.com/gongkai-data/gongkai/normalize/kept"
	"github.com/gongkai-data/gongkai/store"
)

// copiesFolder is where converted copies are kept, beside the readings.
const copiesFolder = "converted"

// copies are the converted copies among the readings; where they are only read, new ones are not kept.
type copies struct {
	store.Objects
	readOnly bool
}

func (c copies) Get(ctx context.Context, name string) ([]byte, error) {
	return c.Objects.Get(ctx, copiesFolder+"/"+name)
}

func (c copies) Put(ctx context.Context, name string, body []byte) error {
	if c.readOnly {
		return nil
	}
	return c.Objects.Put(ctx, copiesFolder+"/"+name, body)
}

// readOptions are those of reading the document of a capture.
func readOptions(archive *store.Archive, readings store.Objects, c schema.Capture, cut string) read.Options {
	return read.Options{ContentType: contentType(c), Address: address(c), Cut: cut, Picture: pictures(archive, c), Copies: copies{Objects: readings}}
}

// Again are the options of reading the document of a capture once more, to show it: nothing is kept.
func Again(archive *store.Archive, readings store.Objects, c schema.Capture) read.Options {
	opt := readOptions(archive, nil, c, "")
	opt.Copies = copies{readings, true}
	return opt
}

// pictures finds what the page of a capture names among the captures that were made with it.
func pictures(archive *store.Archive, page schema.Capture) func(ctx context.Context, address string) []byte {
	return func(ctx context.Context, address string) []byte {
		c, ok, err := archive.LookupBodySince(ctx, address, page.FetchedAt)
		if err != nil || !ok || c.Bytes != nil && *c.Bytes > read.MaxPicture {
			return nil
		}
		body, err := archive.Body(ctx, c)
		if err != nil {
			return nil
		}
		defer body.Close()
		picture, err := io.ReadAll(io.LimitReader(body, read.MaxPicture+1))
		if err != nil || len(picture) > read.MaxPicture {
			return nil
		}
		return picture
	}
}

// current returns the head of the reading kept of a capture; nil where there is none, or one that rests on other pictures than the
// archive holds now: some may have come after it.
func (k *cache) current(ctx context.Context, archive *store.Archive, c schema.Capture, key string) (*kept.Head, error) {
	head, err := k.head(ctx, key)
	if err != nil || head == nil {
		return nil, err
	}
	for _, p := range head.Companions {
		if same, err := isCurrent(ctx, archive, c, p); err != nil || !same {
			return nil, err
		}
	}
	return head, nil
}

func isCurrent(ctx context.Context, archive *store.Archive, c schema.Capture, p extract.Companion) (bool, error) {
	now, ok, err := archive.LookupBodySince(ctx, p.Address, c.FetchedAt)
	if err != nil {
		return false, err
	}
	if !ok || now.Bytes != nil && *now.Bytes > read.MaxPicture {
		return p.SHA256 == "", nil
	}
	return *now.SHA256 == p.SHA256, nil
}
