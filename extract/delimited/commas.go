package delimited

import (
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// splitQuoted cuts a line at the separator, as spreadsheets save tables: a cell in quotes may hold the separator, and
// quotes that are doubled. ok is false where a quote that opens a cell is not closed at the end of one.
func splitQuoted(text, sep string) (fields []string, ok bool) {
	for {
		if !strings.HasPrefix(text, `"`) {
			field, rest, more := strings.Cut(text, sep)
			if fields = append(fields, field); !more {
				return fields, true
			}
			text = rest
			continue
		}
		var b strings.Builder
		text = text[1:]
		for {
			end := strings.IndexByte(text, '"')
			if end < 0 {
				return nil, false
			}
			b.WriteString(text[:end])
			if text = text[end+1:]; !strings.HasPrefix(text, `"`) {
				break
			}
			b.WriteByte('"')
			text = text[1:]
		}
		fields = append(fields, b.String())
		switch {
		case strings.TrimRight(text, "\r\n ") == "":
			return fields, true
		case !strings.HasPrefix(text, sep):
			return nil, false
		}
		text = text[len(sep):]
	}
}

// unbroken joins lines in which a quoted cell holds line ends: a row of a spreadsheet pasted as text. Other lines stay
// as they are.
func unbroken(lines []Line) []Line {
	const longest = 6 // lines of one row
	var out []Line
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		sep := separator(l.Text)
		if sep == "" {
			out = append(out, l)
			continue
		}
		if _, ok := splitQuoted(l.Text, sep); !ok {
			for n := 1; n < longest && i+n < len(lines); n++ {
				text := l.Text
				for _, next := range lines[i+1 : i+n+1] {
					text += "\n" + next.Text
				}
				if _, ok := splitQuoted(text, sep); ok {
					l.Text, l.Place.LineEnd = text, lines[i+n].Place.LineEnd
					i += n
					break
				}
			}
		}
		out = append(out, l)
	}
	return out
}

// separator is what a line with quoted cells has between them: a tab or a comma, empty where no quote opens a cell.
func separator(text string) string {
	for _, sep := range []string{"\t", ","} {
		if strings.HasPrefix(text, `"`) && strings.Contains(text, sep) || strings.Contains(text, sep+`"`) {
			return sep
		}
	}
	if strings.HasPrefix(text, `"`) && strings.Count(text, `"`)%2 == 1 {
		return "," // the first cell goes on in the next line
	}
	return ""
}

// commaBlocks reads a run of lines with commas: the parts of it, between blank lines, that are rows of a table, and
// prose.
func commaBlocks(run []item, s *stream) []extract.Block {
	var out []extract.Block
	for len(run) > 0 {
		n := 1
		for n < len(run) && !run[n].Gap {
			n++
		}
		part := run[:n]
		run = run[n:]
		if !isCommaTable(part) {
			for _, it := range part {
				out = append(out, s.read(it)...)
			}
			continue
		}
		*s = stream{}
		for i := range part {
			part[i].fields = part[i].commas
		}
		out = append(out, gridBlocks(part)...)
	}
	return out
}

// isCommaTable asks for two lines or more, numbers alone behind the first cells of a quarter of them (or rows of
// one width, half of them with nothing in the last cell), and no line of prose. The comma of 规章
// 1,234 parts no cells.
func isCommaTable(rows []item) bool {
	numbers, wide, labels, blank, even := 0, 0, 0, 0, true
	wide2 := true // two columns, under a header
	for _, it := range rows {
		wide = max(wide, len(it.commas))
	}
	for _, it := range rows {
		n, texts := 0, 0
		for _, f := range it.commas {
			switch {
			case isNumber(f):
				n++
			case f != "":
				labels++
				if n > 0 {
					texts++
				}
			}
			if utf8.RuneCountInString(f) > longestAligned || cutNumber.MatchString(f) {
				return false
			}
		}
		if n > 0 && texts == 0 {
			numbers++
		}
		if it.commas[len(it.commas)-1] == "" {
			blank++
		}
		even = even && len(it.commas) == wide
		if n == len(it.commas) && n != wide {
			return false
		}
	}
	for _, f := range rows[0].commas {
		wide2 = wide2 && !isNumber(f)
	}
	return len(rows) >= 2 && (wide >= 3 || wide2) && labels > 0 && (numbers*4 >= len(rows) || even && wide >= 3 && blank*2 >= len(rows))
}

// cutNumber is a field that a comma cut out of a number or of several: 规章 1, 234 5.
var cutNumber = lazyregexp.New(`\d\s+\d|\p{Han}\s*\d+$`)

// withoutNumbers are the numbers of a text with their commas: one that is left parts cells, also where a label has a
// gap in it (总  计,12).
var withoutNumbers = lazyregexp.New(`\d+(?:,\d{3})+`)
