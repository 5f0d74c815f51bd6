package sheet

import (
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/gongkai-data/gongkai/extract"
)

// styles says what the style of a cell makes of the number in it. Sheets use few styles, each thousands of times.
type styles struct {
	file  *excelize.File
	known map[int]string // doubts by the number of the style
	drawn map[int]bool   // likewise, whether it draws a frame
}

func newStyles(f *excelize.File) *styles { return &styles{f, map[int]string{}, map[int]bool{}} }

// framed reports whether lines are drawn around a cell, on one side at least.
func (s *styles) framed(sheet, cell string) bool {
	no, err := s.file.GetCellStyle(sheet, cell)
	if err != nil {
		return false
	}
	drawn, known := s.drawn[no]
	if !known {
		style, err := s.file.GetStyle(no)
		drawn = err == nil && style != nil && slices.ContainsFunc(style.Border, func(b excelize.Border) bool { return b.Style != 0 })
		s.drawn[no] = drawn
	}
	return drawn
}

// doubt returns why the number in a cell may not hold or may not be seen, or "".
func (s *styles) doubt(sheet, cell string) (string, error) {
	no, err := s.file.GetCellStyle(sheet, cell)
	if err != nil {
		return "", err
	}
	why, ok := s.known[no]
	if !ok {
		style, err := s.file.GetStyle(no)
		if err == nil { // some producers write no styles
			why = styleDoubt(style)
		}
		s.known[no] = why
	}
	if why != "" {
		return why, nil
	}
	runs, err := s.file.GetCellRichText(sheet, cell)
	if err != nil {
		return "", err
	}
	for _, r := range runs {
		if r.Font != nil && r.Font.Strike && strings.ContainsAny(r.Text, "0123456789") {
			return extract.StruckThrough, nil
		}
	}
	return "", nil
}

func styleDoubt(s *excelize.Style) string {
	switch {
	case s == nil || s.Font == nil:
		return ""
	case s.Font.Strike:
		return extract.StruckThrough
	case isWhite(s.Font.Color) && (s.Fill.Pattern == 0 || len(s.Fill.Color) == 0 || isWhite(s.Fill.Color[0])):
		return extract.InGroundColour
	}
	return ""
}

func isWhite(colour string) bool {
	return len(colour) >= 6 && strings.EqualFold(colour[len(colour)-6:], "FFFFFF")
}
