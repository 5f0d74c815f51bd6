package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestObjects(t *testing.T) {
	locations := map[string]string{"folder": filepath.Join(t.TempDir(), "archive"), "memory": "mem://"}
	if os.Getenv("GONGKAI_TEST_BUCKET") != "" {
		locations["bucket"] = sharedBucket(t)
	}
	for name, location := range locations {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			o, err := OpenObjects(ctx, location, "readings")
			must(t, err)
			defer o.Close()
			if _, err := o.Get(ctx, "p/ab/1"); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("an absent object: %v", err)
			}
			must(t, o.Delete(ctx, "p/ab/1"))
			for _, n := range []string{"p/ab/1", "p/ab/2", "p/cd/3", "q/ab/1"} {
				must(t, o.Put(ctx, n, []byte("old")))
				must(t, o.Put(ctx, n, []byte("body of "+n)))
			}
			body, err := o.Get(ctx, "p/ab/2")
			must(t, err)
			if string(body) != "body of p/ab/2" {
				t.Errorf("got %q", body)
			}
			lists(t, o, "", "p/", "q/")
			lists(t, o, "p/ab/", "p/ab/1", "p/ab/2")
			must(t, DeleteUnder(ctx, o, "p/"))
			lists(t, o, "", "q/")
		})
	}
}

func lists(t *testing.T, o Objects, prefix string, want ...string) {
	t.Helper()
	names, err := o.List(context.Background(), prefix)
	must(t, err)
	if slices.Sort(names); !slices.Equal(names, want) {
		t.Errorf("under %q: %v, want %v", prefix, names, want)
	}
}

// A name from elsewhere does not lead out of the folder.
func TestObjectsStayInTheirFolder(t *testing.T) {
	o, err := OpenObjects(context.Background(), t.TempDir(), "readings")
	must(t, err)
	for _, name := range []string{"../x", "/x", ""} {
		if err := o.Put(context.Background(), name, nil); err == nil {
			t.Errorf("%q was put", name)
		}
	}
}
