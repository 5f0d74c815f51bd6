package scan

import (
	"image"
	"strings"
	"unicode"

	"github.com/gongkai-data/gongkai/extract/ocr"
)

// running reads a line of running text: the whole of it by the better model, and each of its numbers by both, in a
// picture of the number alone. A number that these readings do not all see is not given.
func (r *reader) running(box image.Rectangle) (printed, error) {
	six, err := r.narrowly(box, false)
	if err == nil && six.Clear < clearWords {
		var full ocr.Reading
		if full, err = r.models.Six.Read(r.strip(box, grey), false); full.Clear > six.Clear {
			six = full
		}
	}
	if err != nil {
		return printed{}, err
	}
	out := printed{box: box, text: []rune(six.Text), at: six.At}
	for _, n := range numbered(out.text) {
		alike, err := r.confirm(box, out, n)
		if err != nil {
			return printed{}, err
		}
		for i := n.from; !alike && i < n.to; i++ {
			if unicode.IsDigit(out.text[i]) {
				out.text[i] = unicode.ReplacementChar
			}
		}
	}
	return out, nil
}

// span is a part of a text, from the first character to the one behind its last.
type span struct{ from, to int }

// apart is how many other characters stand between numbers at least that are looked at one by one.
const apart = 4

// numbered finds the numbers of a line. Those that stand close are one span.
func numbered(text []rune) (out []span) {
	for i, c := range text {
		switch {
		case !unicode.IsDigit(c):
		case len(out) > 0 && i-out[len(out)-1].to < apart:
			out[len(out)-1].to = i + 1
		default:
			out = append(out, span{i, i + 1})
		}
	}
	return out
}

// confirm reports whether both models see the numbers that were read in a span of a line, in a picture of the span and
// of the character on either side of it.
func (r *reader) confirm(box image.Rectangle, line printed, n span) (bool, error) {
	edge := func(i int) int { // the gap before character i
		if i <= 0 {
			return box.Min.X
		}
		if i >= len(line.at) {
			return box.Max.X
		}
		x := box.Min.X + int((line.at[i-1]+line.at[i])/2*float64(box.Dx()))
		return r.gap(image.Rect(x-box.Dy()/2, box.Min.Y, x+box.Dy()/2+1, box.Max.Y))
	}
	part := box
	part.Min.X, part.Max.X = edge(n.from-1), edge(n.to+1)
	if part.Dx() <= 0 {
		return false, nil
	}
	r.inside = part // what stands beside it is not shown
	defer func() { r.inside = image.Rectangle{} }()
	strip := r.strip(part, grey)
	want := numbers(string(line.text[n.from:min(n.to+1, len(line.text))]))
	for _, model := range []*ocr.Model{r.models.Six, r.models.Four} {
		what, err := model.Read(strip, false)
		if err != nil || numbers(what.Text) != want {
			return false, err
		}
	}
	return true, nil
}

// gap returns the column of a part of a line with the least ink, the one nearest to the middle.
func (r *reader) gap(part image.Rectangle) int {
	best, least := 0, -1
	for x := part.Min.X; x < part.Max.X; x++ {
		ink := 0
		for y := part.Min.Y; y < part.Max.Y; y++ {
			ink += 255 - int(r.page.Text.At(x, y))
		}
		middle := (part.Min.X + part.Max.X) / 2
		if least < 0 || ink < least || ink == least && max(x-middle, middle-x) < max(best-middle, middle-best) {
			best, least = x, ink
		}
	}
	return best
}

// numbers lists the numbers of a text, with the points, signs and units that change what they are.
func numbers(text string) string {
	var b strings.Builder
	digit := false
	for _, c := range text {
		switch {
		case unicode.IsDigit(c):
			digit = true
			b.WriteRune(c)
		case digit && strings.ContainsRune(".．%％万亿千百", c):
			b.WriteRune(c)
			digit = false
		default:
			if digit {
				b.WriteByte(' ')
			}
			digit = false
		}
	}
	return strings.NewReplacer("．", ".", "％", "%").Replace(strings.TrimSpace(b.String()))
}
