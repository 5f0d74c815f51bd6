package pdf

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// linearized is the head of a file that is made for reading while it comes; /L is its length (PDF 32000-1, F.2.2).
var linearized = lazyregexp.New(`/Linearized[^>]*?/L\s+(\d+)`)

// cut says why a file ends early, "" where it does not: it lacks the end mark, it is shorter than its head says, or an
// update begins behind the last end mark and has none of its own.
func cut(body []byte) string {
	from := max(0, len(body)-tailBytes)
	tail := body[from:]
	end := bytes.LastIndex(tail, []byte("%%EOF"))
	if end < 0 {
		return "the file ends without the end mark of a PDF"
	}
	if bytes.Contains(tail[end:], []byte(" obj")) {
		return "the file ends within an update of the PDF"
	}
	if m := linearized.FindSubmatch(body[:min(len(body), 1024)]); m != nil {
		if promised, err := strconv.Atoi(string(m[1])); err == nil && promised > len(body) {
			return fmt.Sprintf("the file has %d of the %d bytes that its head promises", len(body), promised)
		}
	}
	return ""
}
