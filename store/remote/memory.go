package remote

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"slices"
	"strings"
	"sync"
)

// memory is a bucket for tests.
type memory struct {
	mu      sync.Mutex
	objects map[string][]byte
}

func (m *memory) get(name string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	body, ok := m.objects[name]
	if !ok {
		return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
	}
	return body, nil
}

func (m *memory) list(prefix string, all bool) []Object {
	m.mu.Lock()
	defer m.mu.Unlock()
	found := map[string]Object{}
	for name, body := range m.objects {
		rest, ok := strings.CutPrefix(name, prefix)
		if !ok {
			continue
		}
		if folder, _, below := strings.Cut(rest, "/"); below && !all {
			found[prefix+folder+"/"] = Object{Name: prefix + folder + "/"}
		} else {
			found[name] = Object{name, int64(len(body))}
		}
	}
	var objects []Object
	for _, o := range found {
		objects = append(objects, o)
	}
	slices.SortFunc(objects, func(a, b Object) int { return strings.Compare(a.Name, b.Name) })
	return objects
}

func (m *memory) List(_ context.Context, prefix string, all bool) iter.Seq2[Object, error] {
	return func(yield func(Object, error) bool) {
		for _, o := range m.list(prefix, all) {
			if !yield(o, nil) {
				return
			}
		}
	}
}

func (m *memory) Open(_ context.Context, name string, offset int64) (io.ReadCloser, error) {
	body, err := m.get(name)
	if err == nil && (offset < 0 || offset > int64(len(body))) {
		err = fmt.Errorf("%s has %d bytes and is read from byte %d", name, len(body), offset)
	}
	if err != nil {
		return nil, err
	}
	return io.NopCloser(bytes.NewReader(body[offset:])), nil
}

func (m *memory) Put(_ context.Context, name string, body io.Reader, size int64, _ string) error {
	held, err := io.ReadAll(body)
	if err == nil && int64(len(held)) != size {
		err = fmt.Errorf("%s has %d bytes, not %d", name, len(held), size)
	}
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.objects == nil {
		m.objects = map[string][]byte{}
	}
	m.objects[name] = held
	return nil
}

func (m *memory) Size(_ context.Context, name string) (int64, error) {
	body, err := m.get(name)
	return int64(len(body)), err
}

func (m *memory) Delete(_ context.Context, name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.objects, name)
	return nil
}
