package sheet

import (
	"archive/zip"
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
)

// Limits of the parts of a workbook, which the library holds as a whole: what is styled counts, text or not.
const (
	maxParts     = 2000
	maxStyled    = 200_000 // cells
	maxFilled    = 100_000 // cells that hold something
	maxStretches = 200_000 // rows
	maxMerged    = 50_000
	maxStrings   = 200_000
)

// tooHeavy says that a workbook has more parts, cells, rows or texts than can be held; nil for one that has not, and
// for what is no ZIP archive. It looks at the tags alone, a few milliseconds a megabyte.
func tooHeavy(body []byte) error {
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil // the library says what is wrong
	}
	if len(z.File) > maxParts {
		return fmt.Errorf("it has %d parts, more than the limit of %d", len(z.File), maxParts)
	}
	all := tags{left: maxUnzipped}
	for _, f := range z.File {
		if !strings.HasSuffix(strings.ToLower(f.Name), ".xml") {
			continue
		}
		in, err := f.Open()
		if err != nil {
			continue
		}
		err = all.count(in)
		in.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// tags counts those that the library makes something of.
type tags struct {
	left                                 int64 // bytes that may still be unpacked
	cells, filled, rows, merged, strings int
}

// count counts the tags of one part. A part that is damaged is the library's to tell of.
func (t *tags) count(in io.Reader) error {
	r := bufio.NewReaderSize(&io.LimitedReader{R: in, N: t.left + 1}, 64<<10)
	for {
		text, err := r.ReadSlice('<')
		if t.left -= int64(len(text)); t.left < 0 {
			return fmt.Errorf("it unpacks to more than %d MB", maxUnzipped>>20)
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err != nil {
			return nil
		}
		head, _ := r.Peek(24)
		if end := bytes.IndexAny(head, " \t\r\n/>"); end >= 0 {
			head = head[:end]
		}
		if _, local, ok := bytes.Cut(head, []byte(":")); ok {
			head = local
		}
		switch string(head) {
		case "c":
			t.cells++
		case "v", "is":
			t.filled++
		case "row":
			t.rows++
		case "mergeCell":
			t.merged++
		case "si":
			t.strings++
		default:
			continue
		}
		if t.cells > maxStyled || t.filled > maxFilled || t.rows > maxStretches || t.merged > maxMerged || t.strings > maxStrings {
			return fmt.Errorf("it has more than %d cells, %d that hold something, %d rows, %d merged areas or %d texts", maxStyled, maxFilled, maxStretches, maxMerged, maxStrings)
		}
	}
}
