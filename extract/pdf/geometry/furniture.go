package geometry

import (
	"math"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	characters "github.com/gongkai-data/gongkai/extract/text"
)

var (
	pageNumber = lazyregexp.New(`^[\s\-—–－_·•~〜―─|]*(?:第|Page)?\s*([0-9０-９]{1,4})\s*页?(?:\s*(?:[/／,，]|共|of)\s*共?\s*[0-9０-９]{1,4}\s*页?)?[\s\-—–－_·•~〜―─|]*$`)
	digits     = lazyregexp.New(`[0-9０-９]+`)
)

// DropFurniture removes page numbers and running headers and footers from the lines of all sheets. What stands in a
// ruled table is never touched.
func DropFurniture(sheets []*Sheet) {
	type spot struct {
		text string
		y    int
	}
	repeated := map[spot]map[int]bool{}
	numbers := map[int]int{} // page number minus place in the document → pages that agree
	for i, s := range sheets {
		for _, l := range s.Lines {
			if !s.inMargin(l) {
				continue
			}
			text := l.String()
			if n, ok := printedNumber(text); ok {
				numbers[n-i]++
			}
			for _, t := range []string{text, digits.ReplaceAllString(text, "#")} {
				for _, y := range []int{int(math.Floor(l.Y / settings.SameHeight)), int(math.Floor(l.Y/settings.SameHeight + 0.5))} {
					k := spot{t, y}
					if repeated[k] == nil {
						repeated[k] = map[int]bool{}
					}
					repeated[k][i] = true
				}
			}
		}
	}
	for i, s := range sheets {
		// From the edge of the page inwards, until a line is none: one page number, lines that repeat as they are, and
		// at the very edge a line that repeats but for its digits (date, page).
		drop := func(l Line, numbered, varied *bool) bool {
			if !s.inMargin(l) {
				return false
			}
			text := l.String()
			if n, ok := printedNumber(text); ok {
				first := !*numbered
				*numbered = true
				return first && (numbers[n-i] >= 2 || decorated(text) || len(sheets) == 1 && s.apart(l))
			}
			often := func(text string) bool {
				pages := max(len(repeated[spot{text, int(math.Floor(l.Y / settings.SameHeight))}]), len(repeated[spot{text, int(math.Floor(l.Y/settings.SameHeight + 0.5))}]))
				return pages >= 2 && 2*pages >= len(sheets)-1
			}
			inner := *varied
			*varied = true
			if often(text) {
				return true
			}
			masked := digits.ReplaceAllString(text, "#")
			return !inner && masked != text && often(masked) && strings.Trim(masked, "# ./-,") != ""
		}
		for numbered, varied := false, false; len(s.Lines) > 0 && drop(s.Lines[0], &numbered, &varied); {
			s.Lines = s.Lines[1:]
		}
		for numbered, varied := false, false; len(s.Lines) > 0 && drop(s.Lines[len(s.Lines)-1], &numbered, &varied); {
			s.Lines = s.Lines[:len(s.Lines)-1]
		}
	}
}

func (s *Sheet) inMargin(l Line) bool {
	_, y := l.Box.Center()
	return y < s.Height*settings.Margin || y > s.Height*(1-settings.Margin)
}

// apart reports whether a lone number keeps a clear distance from all other content, as a page number does.
func (s *Sheet) apart(l Line) bool {
	for _, o := range s.Lines {
		if o.Y != l.Y && math.Abs(o.Y-l.Y) < settings.LoneNumber*max(l.Size, o.Size) {
			return false
		}
	}
	for _, t := range s.Tables {
		if l.Y < t.Box.Y1 && l.Y > t.Box.Y0 {
			return false
		}
	}
	return true
}

func printedNumber(text string) (int, bool) {
	m := pageNumber.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return 0, false
	}
	n, err := strconv.Atoi(strings.Map(characters.Halfwidth, m[1]))
	return n, err == nil
}

func decorated(text string) bool {
	return strings.ContainsAny(text, "-—–－页/／·•~〜―─P")
}
