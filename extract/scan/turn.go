package scan

import (
	"cmp"
	"image"
	"slices"
	"unicode"

	"github.com/gongkai-data/gongkai/extract/ocr"
	"github.com/gongkai-data/gongkai/extract/scan/bitmap"
)

const (
	tried   = 6   // lines of a page that tell which way it lies
	proof   = 3   // of them are clear words on a page that was turned
	legible = 0.8 // so clear are words that are read the right way up
)

// upright opens a page the way up in which its text is read: as it lies, unless words are clear only when it is turned.
// turns counts quarter turns clockwise.
func upright(models *ocr.Pair, picture image.Image) (r *reader, turns int, err error) {
	var best int
	for k := range 4 {
		next := &reader{models: models, page: bitmap.Open(picture, k), known: map[image.Rectangle]ocr.Reading{}}
		next.free = next.page.Free()
		clear, all, err := next.legible()
		switch {
		case err != nil:
			return nil, 0, err
		case k == 0:
			r, best = next, max(clear, proof-1)
			if clear > 0 && 2*clear >= all {
				return r, 0, nil
			}
		case clear > best:
			r, turns, best = next, k, clear
		}
	}
	return r, turns, nil
}

// legible reads some lines of the page, and counts those that are clear words.
func (r *reader) legible() (clear, all int, err error) {
	type line struct{ box, inside image.Rectangle }
	var lines []line
	for _, box := range r.free {
		lines = append(lines, line{box: box})
	}
	for _, t := range r.page.Tables {
		for _, c := range t.Cells {
			found, _ := r.page.Lines(c.Box)
			for _, box := range found {
				lines = append(lines, line{box, r.page.Inside(c.Box)})
			}
		}
	}
	lines = slices.DeleteFunc(lines, func(l line) bool { return l.box.Dx() <= 2*l.box.Dy() })
	slices.SortStableFunc(lines, func(a, b line) int { return cmp.Compare(b.box.Dx(), a.box.Dx()) })
	lines = lines[:min(len(lines), tried)]
	defer func() { r.inside = image.Rectangle{} }()
	for _, l := range lines {
		r.inside = l.inside
		what, err := r.narrowly(l.box, true)
		if err != nil {
			return 0, 0, err
		}
		if what.Clear >= legible && ideographs(what.Text) > 2 {
			clear++
		}
	}
	return clear, len(lines), nil
}

func ideographs(text string) (n int) {
	for _, c := range text {
		if unicode.Is(unicode.Han, c) {
			n++
		}
	}
	return n
}

// narrowly has the better model read a line squeezed, as words. What it says of the lines that tell which way the page
// lies is kept.
func (r *reader) narrowly(box image.Rectangle, numbers bool) (ocr.Reading, error) {
	if what, ok := r.known[box]; ok {
		return what, nil
	}
	what, err := r.models.Six.Read(r.strip(box, grey).Narrow(narrow), numbers)
	if err == nil && r.known != nil && numbers {
		r.known[box] = what
	}
	return what, err
}
