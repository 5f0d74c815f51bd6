package reuse

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// Table is what counts as boilerplate: the fingerprints found common in some reports, and those of the law and the
// form.
type Table struct {
	rows    []common
	hashes  map[uint64]struct{}
	bundled map[uint64]struct{}
}

// common is a fingerprint that many reports of a form have.
type common struct {
	hash             uint64
	template         string
	reports, issuers int
}

// NewTable returns a table of the law and the form alone.
func NewTable() *Table { return &Table{hashes: map[uint64]struct{}{}, bundled: bundled()} }

func (t *Table) add(c common) {
	t.rows = append(t.rows, c)
	t.hashes[c.hash] = struct{}{}
}

// holds reports whether a fingerprint is boilerplate.
func (t *Table) holds(h uint64) bool {
	if _, is := t.bundled[h]; is {
		return true
	}
	_, is := t.hashes[h]
	return is
}

var header = []string{"fingerprint", "template", "reports", "issuers"}

// Write writes the table as CSV, without the law and the form, which come with the program: the fingerprint in
// hexadecimal, the form, how many reports of it have the fingerprint, and of how many issuers they are.
func (t *Table) Write(w io.Writer) error {
	out := csv.NewWriter(w)
	lines := [][]string{header}
	for _, c := range t.rows {
		lines = append(lines, []string{fmt.Sprintf("%016x", c.hash), c.template, strconv.Itoa(c.reports), strconv.Itoa(c.issuers)})
	}
	return out.WriteAll(lines)
}

// ReadTable reads what Write wrote.
func ReadTable(r io.Reader) (*Table, error) {
	in := csv.NewReader(r)
	in.FieldsPerRecord = len(header)
	first, err := in.Read()
	if err == nil && !slices.Equal(first, header) {
		err = fmt.Errorf("the columns are %q, want %q", first, header)
	}
	if err != nil {
		return nil, fmt.Errorf("reading a table of boilerplate: %w", err)
	}
	t := NewTable()
	for {
		line, err := in.Read()
		if err == io.EOF {
			return t, nil
		}
		var c common
		if err == nil {
			c, err = commonOf(line)
		}
		if err != nil {
			return nil, fmt.Errorf("reading a table of boilerplate: %w", err)
		}
		t.add(c)
	}
}

func commonOf(line []string) (c common, err error) {
	c.template = line[1]
	if c.hash, err = strconv.ParseUint(line[0], 16, 64); err != nil {
		return c, err
	}
	if c.reports, err = strconv.Atoi(line[2]); err != nil {
		return c, err
	}
	c.issuers, err = strconv.Atoi(line[3])
	return c, err
}

// law is the text that reports quote: of the Regulations on Open Government Information and of the form's instructions.
// Its head says what it was compared with.
//
//go:embed law.txt
var law string

// bundled are all fingerprints, not only the winnowed, of the law and of the labels of the forms.
var bundled = sync.OnceValue(func() map[uint64]struct{} {
	var texts []string
	for line := range strings.Lines(law) {
		if !strings.HasPrefix(line, "#") {
			texts = append(texts, line)
		}
	}
	for _, f := range codebook.Standard.Forms {
		for _, labels := range [][]codebook.Label{f.Rows, f.Columns} {
			for _, l := range labels {
				texts = append(texts, l.Text())
			}
		}
	}
	folder := NewFolder(nil)
	out := map[uint64]struct{}{}
	for _, text := range texts {
		t := folder.Fold([]schema.Text{{Text: text}})
		t.hashes(t.Sections[0], func(h uint64, _ int) { out[h] = struct{}{} })
	}
	return out
})
