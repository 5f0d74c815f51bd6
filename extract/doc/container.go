package doc

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/richardlehane/mscfb"
)

// maxStream is how much of one stream is read; a document of 64 MB is the largest that is read at all.
const maxStream = 64 << 20

// streams are those of the compound file that the text is told from ([MS-DOC] 2.1).
type streams struct {
	main, table0, table1, data []byte
}

func openStreams(body []byte) (s streams, err error) {
	defer func() { // the library indexes its allocation tables with numbers of the file
		if p := recover(); p != nil {
			err = fmt.Errorf("the compound file is damaged: %v", p)
		}
	}()
	r, err := mscfb.New(bytes.NewReader(body))
	if err != nil {
		return s, fmt.Errorf("the compound file is damaged: %w", err)
	}
	found := map[string]*[]byte{"WordDocument": &s.main, "0Table": &s.table0, "1Table": &s.table1, "Data": &s.data}
	if err := checkChains(body, func(name string) bool { return found[name] != nil }); err != nil {
		return s, err
	}
	for entry, err := r.Next(); err == nil; entry, err = r.Next() {
		into := found[entry.Name]
		if into == nil || len(entry.Path) > 0 || *into != nil { // documents inside this one have streams of the same names in storages of their own
			continue
		}
		if entry.Size > int64(len(body)) {
			return s, fmt.Errorf("the stream %s is said to have %d bytes, more than the file", entry.Name, entry.Size)
		}
		read, err := io.ReadAll(io.LimitReader(entry, maxStream))
		if err != nil {
			return s, fmt.Errorf("reading the stream %s: %w", entry.Name, err)
		}
		*into = read
	}
	if s.main == nil {
		return s, errors.New("the compound file holds no WordDocument")
	}
	return s, nil
}
