package scan

import (
	"image"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/gongkai-data/gongkai/extract/ocr"
)

// line reads one line of a cell. What looks like a number to either model is read by both, in as many pictures of it as
// it takes.
func (r *reader) line(box image.Rectangle) (printed, string, error) {
	if r.asked >= many && float64(r.differ) > hopeless*float64(r.asked) {
		return printed{box: box, number: true}.as("", 0)
	}
	if box.Dx() > wide*box.Dy() {
		six, err := r.narrowly(box, true)
		if err == nil && (!wordy(six) || six.Clear < clearNarrow) {
			six, err = r.models.Six.Read(r.strip(box, grey), true)
		}
		if err != nil {
			return printed{}, "", err
		}
		if wordy(six) {
			return r.words(box, six)
		}
	}
	strip := r.strip(box, steep)
	six, err := r.models.Six.Read(strip, true)
	if err != nil {
		return printed{}, "", err
	}
	if wordy(six) || clearly(six) {
		return r.greyWords(box)
	}
	out := printed{box: box, text: []rune(six.Text), at: six.At}
	first := both{six: pointless(six)}
	if first.four, err = r.four(strip); err != nil {
		return printed{}, "", err
	}
	if six.Number == "" && first.four.Number == "" && !mostlyDigits(out.text) && len(out.text) > 0 {
		return r.greyWords(box)
	}
	out.number = true
	if !r.small && first.agree() && first.sure() >= certain {
		return out.as(first.six.Number, first.sure())
	}
	seen := []both{first}
	for _, how := range []look{grey, soft} {
		next, err := r.both(r.strip(box, how))
		if err != nil {
			return printed{}, "", err
		}
		seen = append(seen, next)
		if how == grey && wording(first, next) {
			out.number, out.text, out.at = false, []rune(next.six.Text), next.six.At
			return out, "", nil
		}
		if number, sure := judge(seen); sure >= certain {
			return out.as(number, sure)
		}
	}
	out.seen = numbersIn(seen)
	return out.as(judge(seen))
}

// wording reports whether a line whose first picture may show a number is one of words: the better model sees two
// ideographs in the second, which no number looks like, or one that the other model sees too, or that it saw before and
// the other has no number for.
func wording(first, second both) bool {
	text, han := []rune(second.six.Text), 0
	for _, c := range text {
		if unicode.Is(unicode.Han, c) && c != '一' && c != '无' {
			han++
		}
	}
	switch {
	case second.six.Number != "" || han == 0 || mostlyDigits(text):
		return false
	case han > 1 || second.four.Text == second.six.Text:
		return true
	}
	return first.six.Text == second.six.Text && max(first.four.Sure, second.four.Sure) < otherSure
}

// both has both models read a strip.
func (r *reader) both(strip ocr.Strip) (b both, err error) {
	if b.six, err = r.models.Six.Read(strip, true); err != nil {
		return b, err
	}
	b.six = pointless(b.six)
	b.four, err = r.four(strip)
	return b, err
}

func (r *reader) four(strip ocr.Strip) (ocr.Reading, error) {
	what, err := r.models.Four.Read(strip, true)
	return pointless(what), err
}

// pointless leaves out a point behind all digits: no number ends in one, and a speck looks like one.
func pointless(r ocr.Reading) ocr.Reading {
	if bare := strings.TrimSuffix(r.Number, "."); bare != r.Number && mostlyDigits([]rune(bare)) {
		r.Number, r.Sure = bare, r.Sure*speckShare
	}
	return r
}

// wordy reports whether a reading is of words and of nothing that could be a number.
func wordy(r ocr.Reading) bool {
	text := []rune(r.Text)
	return r.Number == "" && len(text) > 3 && !mostlyDigits(text)
}

// clearly reports whether a reading is of ideographs without a doubt: two or more, which no number looks like.
func clearly(r ocr.Reading) bool {
	text := []rune(r.Text)
	han := 0
	for _, c := range text {
		if unicode.Is(unicode.Han, c) && c != '一' && c != '无' {
			han++
		}
	}
	return r.Number == "" && han > 1 && han == len(text) && r.Clear >= certain
}

// greyWords reads a line of words from the grey picture, which the models know better.
func (r *reader) greyWords(box image.Rectangle) (printed, string, error) {
	six, err := r.models.Six.Read(r.strip(box, grey), false)
	if err != nil {
		return printed{}, "", err
	}
	return r.words(box, six)
}

// words makes a line of words of what was read in the grey picture. Where that is not clear, the others are read, and
// by the other model too. The clearest reading stands: a word that is wrong is no label, and a number is never taken
// from it.
func (r *reader) words(box image.Rectangle, best ocr.Reading) (printed, string, error) {
	if best.Clear < clearWords {
		for _, how := range []look{grey, soft, steep} {
			strip := r.strip(box, how)
			for _, model := range []*ocr.Model{r.models.Six, r.models.Four} {
				what, err := model.Read(strip, false)
				if err != nil {
					return printed{}, "", err
				}
				if worded(what) > worded(best) {
					best = what
				}
			}
		}
	}
	return printed{box: box, text: []rune(best.Text), at: best.At}, "", nil
}

// worded is how clear a reading is as words: labels are ideographs.
func worded(r ocr.Reading) float64 {
	han, n := 0, 0
	for _, c := range r.Text {
		n++
		if unicode.Is(unicode.Han, c) {
			han++
		}
	}
	if n == 0 {
		return 0
	}
	return r.Clear * (1 + float64(han)/float64(n)) / 2
}

// as makes a line of a number, or an unread one.
func (l printed) as(number string, sure float64) (printed, string, error) {
	l.text = []rune(number)
	doubt := ""
	switch {
	case number == "" || sure < likely:
		l.text, doubt = []rune(unread), disagreed
	case sure < certain:
		doubt = unsure
	}
	l.at = even(len(l.text))
	return l, doubt, nil
}

// both is what the two models say of one picture of a line.
type both struct{ six, four ocr.Reading }

func (b both) agree() bool { return b.six.Number == b.four.Number && b.six.Number != "" }

// sure is the probability that both are right, where they agree: neither is when each is wrong on its own, which what
// they share (the picture) makes likelier than the product says. 0 where one of them hardly believes it.
func (b both) sure() float64 {
	least := leastSure
	if len(b.six.Number) == 1 {
		least = leastSureAlone
	}
	if min(b.six.Sure, b.four.Sure) < least {
		return 0
	}
	return 1 - math.Sqrt((1-b.six.Sure)*(1-b.four.Sure))
}

// numbersIn lists the numbers that are seen, each once.
func numbersIn(pictures []both) (out []string) {
	for _, b := range pictures {
		for _, r := range []ocr.Reading{b.six, b.four} {
			if r.Number != "" && !slices.Contains(out, r.Number) {
				out = append(out, r.Number)
			}
		}
	}
	return out
}

// judge weighs what both models say of a line in several pictures of it. A number is sure where they agree in two of
// them; nothing stands where either model believes in something else in any.
func judge(pictures []both) (number string, sure float64) {
	agreeing := 0
	for _, b := range pictures {
		if !b.agree() {
			continue
		}
		if number != "" && b.six.Number != number {
			return "", 0
		}
		number, sure = b.six.Number, max(sure, b.sure())
		agreeing++
	}
	for _, b := range pictures {
		for _, other := range []ocr.Reading{b.six, b.four} {
			if other.Number != number && other.Sure > otherSure {
				return "", 0
			}
		}
	}
	if agreeing == 1 {
		sure = min(unsureShare*sure, certain-0.01)
	}
	return number, sure
}

func mostlyDigits(text []rune) bool {
	digits := 0
	for _, c := range text {
		if unicode.IsDigit(c) {
			digits++
		}
	}
	return 2*digits > len(text)
}

// even spreads characters evenly over a line.
func even(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = (float64(i) + 0.5) / float64(n)
	}
	return out
}
