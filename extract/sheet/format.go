package sheet

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// formats says what cells show of the numbers that they keep.
type formats struct {
	file    *excelize.File
	sheet   string
	noZeros bool           // the sheet shows no zero
	zeros   map[int]string // by style: what it shows of a zero
}

func newFormats(f *excelize.File, sheet string) *formats {
	out := &formats{file: f, sheet: sheet, zeros: map[int]string{}}
	if view, err := f.GetSheetView(sheet, 0); err == nil && view.ShowZeros != nil {
		out.noZeros = !*view.ShowZeros
	}
	return out
}

// seen returns what a cell shows, and why that may not be the number that it keeps. The library knows no conditions of
// formats ([=0]"无";0), so where it shows no number that is not zero, nothing is sure.
func (f *formats) seen(cell, shown, kept string) (text, doubt string, err error) {
	k, err := strconv.ParseFloat(kept, 64)
	if err != nil {
		return shown, "", nil
	}
	if k == 0 && strings.Contains(shown, "0") {
		if text, err = f.zero(cell, shown); text == "" {
			return shown, "the sheet shows nothing and keeps 0", err
		}
		return text, "", err
	}
	if differ(shown, k) {
		doubt = fmt.Sprintf("the sheet shows %s and keeps %s", shown, kept)
	}
	return shown, doubt, nil
}

var figure = regexp.MustCompile(`-?\d[\d,]*(\.\d+)?(E[+-]\d+)?`)

// differ reports whether a number is shown as another than it is, or as none: 12.6 in a cell without decimals. What
// shows several numbers is a date.
func differ(shown string, kept float64) bool {
	found := figure.FindAllString(shown, -1)
	switch {
	case len(found) == 0:
		return kept != 0
	case len(found) > 1 || strings.ContainsAny(shown, "%/"):
		return false
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(found[0], ",", ""), 64)
	return err != nil || v-kept > 1e-6 || kept-v > 1e-6
}

// zero is what a cell that keeps a zero shows; plain is what it does by the first section of its format, which the
// library takes.
func (f *formats) zero(cell, plain string) (string, error) {
	if f.noZeros {
		return "", nil
	}
	no, err := f.file.GetCellStyle(f.sheet, cell)
	if err != nil || no == 0 {
		return plain, err
	}
	text, known := f.zeros[no]
	if !known {
		style, err := f.file.GetStyle(no)
		switch text = plain; {
		case err != nil: // some producers write no styles
		case style.CustomNumFmt != nil:
			text = zeroOf(*style.CustomNumFmt, plain)
		case style.NumFmt >= 41 && style.NumFmt <= 44:
			text = "-" // the formats of accounts (ECMA-376 part 1, 18.8.30)
		}
		f.zeros[no] = text
	}
	return text, nil
}

// formatParts are the parts of a format: words, a character to be shown, room as wide as one, one to fill the cell
// with, a colour or condition, the end of a section, and whatever else.
var formatParts = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|;|.`)

// zeroOf is what a format with a section for zeros, the third, shows of one; plain where it has none, or one that shows
// digits.
func zeroOf(format, plain string) string {
	section, text := 0, ""
	for _, part := range formatParts.FindAllString(format, -1) {
		switch {
		case part == ";":
			section++
		case section != 2 || strings.ContainsAny(part[:1], "_*["):
		case strings.ContainsAny(part[:1], "0#?@Gg"):
			return plain
		case part[0] == '"':
			text += part[1 : len(part)-1]
		default:
			text += strings.TrimPrefix(part, `\`)
		}
	}
	if section < 2 {
		return plain
	}
	return strings.TrimSpace(text)
}
