package inputs

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"github.com/gongkai-data/gongkai/extract/charset"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// maxBytes bounds a file that a person wrote.
const maxBytes = 64 << 20

// Line is one filled line of a file.
type Line struct {
	Number int // in the file, from 1
	at     map[string]int
	record []string
}

// Field returns the field of the named column without spaces around it; "" where the file has no such column.
func (l Line) Field(name string) string {
	if i, ok := l.at[name]; ok && i < len(l.record) {
		return strings.TrimSpace(l.record[i])
	}
	return ""
}

// Read hands each filled line of a file to f and stops at the first error, which names the line. The header gives the
// columns, in any order; lines that begin with # are left out. UTF-8 with or without a byte order mark, or GB18030 as
// Excel writes it.
func (file File) Read(r io.Reader, f func(Line) error) error {
	text, err := readText(r)
	if err != nil {
		return fmt.Errorf("reading the %s: %w", file.Name, err)
	}
	c := csv.NewReader(strings.NewReader(text))
	c.FieldsPerRecord = -1
	c.TrimLeadingSpace = true
	c.Comment = '#'
	header, err := c.Read()
	if errors.Is(err, io.EOF) {
		return file.wrongHeader("the file is empty")
	}
	if err != nil {
		return fmt.Errorf("reading the header of the %s: %w", file.Name, err)
	}
	at, err := file.columnsOf(header)
	if err != nil {
		return err
	}
	for {
		record, err := c.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading the %s: %w", file.Name, err)
		}
		number, _ := c.FieldPos(0)
		if strings.TrimSpace(strings.Join(record, "")) == "" {
			continue
		}
		if len(record) > len(header) {
			return fmt.Errorf("%s, line %d: %d fields, but the header has %d; a field with a comma needs quotes", file.Name, number, len(record), len(header))
		}
		if err := f(Line{number, at, record}); err != nil {
			return fmt.Errorf("%s, line %d: %w", file.Name, number, err)
		}
	}
}

func readText(r io.Reader) (string, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return "", err
	}
	if len(body) > maxBytes {
		return "", fmt.Errorf("it has more than %d MB", maxBytes>>20)
	}
	text, _ := charset.Decode(body, "")
	return string(text), nil
}

// columnsOf places the columns of a header.
func (file File) columnsOf(header []string) (map[string]int, error) {
	at := map[string]int{}
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		known := slices.ContainsFunc(file.Columns, func(c Column) bool { return c.Name == name })
		_, twice := at[name]
		switch {
		case !known:
			return nil, file.wrongHeader(fmt.Sprintf("there is no column %q%s", name, file.meant(name, header)))
		case twice:
			return nil, file.wrongHeader(fmt.Sprintf("the column %s stands twice", name))
		}
		at[name] = i
	}
	for _, c := range file.Columns {
		if _, ok := at[c.Name]; c.Needed && !ok {
			return nil, file.wrongHeader("the column " + c.Name + " is missing")
		}
	}
	return at, nil
}

func (file File) wrongHeader(why string) error {
	return fmt.Errorf("%s: %s; the columns are %s (see gongkai template %s)", file.Name, why, strings.Join(file.Header(), ","), file.Name)
}

// meant names the column that a mistyped one most likely is, among those that the header lacks.
func (file File) meant(name string, header []string) string {
	best, distance := "", max(2, len(name)/3)+1
	for _, c := range file.Columns {
		if slices.Contains(header, c.Name) {
			continue
		}
		d := levenshtein.ComputeDistance(name, c.Name)
		if strings.HasPrefix(c.Name, name) || strings.HasPrefix(name, c.Name) {
			d = 1
		}
		if d < distance {
			best, distance = c.Name, d
		}
	}
	if best == "" {
		return ""
	}
	return ", did you mean " + best + "?"
}

var divisionCode = lazyregexp.New(`^(?:\d{6}|\d{9}|\d{12})?$`)

// CheckDivisionCode says what is wrong with a column division_code; empty is right.
func CheckDivisionCode(code string) error {
	if !divisionCode.MatchString(code) {
		return fmt.Errorf("division_code %q has not 6, 9 or 12 digits", code)
	}
	return nil
}
