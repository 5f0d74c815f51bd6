package style

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// A value is a kind of values of a property; em is the size of the letters in CSS pixels.
type value func(v string, c cascade, em float64) bool

func oneOf(words ...string) value {
	return func(v string, _ cascade, _ float64) bool { return slices.Contains(words, v) }
}

// but takes every value other than the one that does nothing.
func but(word string) value { return func(v string, _ cascade, _ float64) bool { return v != word } }

func matches(expression string) value {
	re := lazyregexp.New(expression)
	return func(v string, _ cascade, _ float64) bool { return re.MatchString(v) }
}

// shareUnder takes numbers from 0 to 1 and percentages below a bound.
func shareUnder(bound float64) value {
	return func(v string, _ cascade, _ float64) bool {
		number, percent := strings.CutSuffix(v, "%")
		n, err := strconv.ParseFloat(number, 64)
		if percent {
			n /= 100
		}
		return err == nil && n < bound
	}
}

func atMost(bound float64) value {
	return func(v string, _ cascade, em float64) bool {
		n, ok := pixels(v, em)
		return ok && n <= bound && n >= 0 && !strings.HasSuffix(v, "%")
	}
}

func atLeast(bound float64) value {
	return func(v string, _ cascade, em float64) bool { n, ok := pixels(v, em); return ok && n >= bound }
}

// outside takes lengths of at least a bound in either direction.
func outside(bound float64) value {
	return func(v string, _ cascade, em float64) bool {
		n, ok := pixels(v, em)
		return ok && (n >= bound || n <= -bound)
	}
}

// nothing takes lengths of zero, also as a calculation without any other figure.
func nothing(v string, _ cascade, em float64) bool {
	if strings.HasPrefix(v, "calc(") {
		return !strings.ContainsAny(v, "123456789")
	}
	n, ok := pixels(v, em)
	return ok && n == 0
}

// someLength takes what holds a figure other than zero.
func someLength(v string, _ cascade, _ float64) bool { return strings.ContainsAny(v, "123456789") }

// shifted takes a distance from the line that a person sees.
func shifted(v string, _ cascade, em float64) bool {
	n, ok := pixels(v, em)
	return ok && (n >= em/6 || n <= -em/6) && n > -outOfWindow
}

// far takes lengths one of which leads out of the window.
func far(v string, _ cascade, em float64) bool {
	for one := range strings.FieldsSeq(v) {
		if n, ok := pixels(one, em); ok && n <= -outOfWindow {
			return true
		}
	}
	return false
}

// emptyRectangle takes rect(top, right, bottom, left) without room for a letter.
func emptyRectangle(v string, _ cascade, em float64) bool {
	inner, ok := strings.CutPrefix(v, "rect(")
	if !ok {
		return false
	}
	sides := strings.FieldsFunc(strings.TrimSuffix(inner, ")"), func(r rune) bool { return r == ',' || r == ' ' })
	if len(sides) != 4 {
		return false
	}
	room := func(from, to string) bool {
		a, okA := pixels(from, em)
		b, okB := pixels(to, em)
		return (okA || from == "auto") && (!okB || b-a > 1)
	}
	return !room(sides[0], sides[2]) || !room(sides[3], sides[1])
}

var hexColour = lazyregexp.New(`^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$`)
var rgbColour = lazyregexp.New(`^rgba?\(\s*([\d.]+)(%?)[\s,]+([\d.]+)%?[\s,]+([\d.]+)%?`)
var lightColours = map[string]bool{"white": true, "snow": true, "ivory": true, "ghostwhite": true, "whitesmoke": true, "floralwhite": true, "mintcream": true, "azure": true,
	"aliceblue": true, "honeydew": true, "seashell": true, "window": true, "canvas": true}

// lightest is the least that each part of a colour has, of 255, which nobody can tell from white.
const lightest = 0xf0

// white takes colours that are that of paper.
func white(v string, _ cascade, _ float64) bool {
	if lightColours[v] {
		return true
	}
	if m := hexColour.FindStringSubmatch(v); m != nil {
		h := m[1]
		if len(h) <= 4 {
			h = strings.Join([]string{h[:1], h[:1], h[1:2], h[1:2], h[2:3], h[2:3]}, "")
		}
		n, err := strconv.ParseUint(h[:6], 16, 32)
		return err == nil && n>>16 >= lightest && n>>8&0xff >= lightest && n&0xff >= lightest
	}
	m := rgbColour.FindStringSubmatch(v)
	if m == nil {
		return false
	}
	for _, part := range []string{m[1], m[3], m[4]} {
		n, err := strconv.ParseFloat(part, 64)
		if m[2] == "%" {
			n *= 2.55
		}
		if err != nil || n < lightest {
			return false
		}
	}
	return true
}

var alphaOfZero = lazyregexp.New(`^(?:transparent|#[0-9a-f]{3}0|#[0-9a-f]{6}00|(?:rgb|hsl)a?\([^,()/]*,[^,()/]*,[^,()/]*,\s*0*(?:\.0*)?%?\s*\)|[a-z]+\([^()]*/\s*0*(?:\.0*)?%?\s*\))$`)

// clear takes colours that show nothing (CSS Color 4): with an alpha of zero.
func clear(v string, _ cascade, _ float64) bool { return alphaOfZero.MatchString(v) }

// asGround takes the colour of the element's own ground.
func asGround(v string, c cascade, _ float64) bool {
	return v == c.of("background") || v == c.of("background-color")
}

// picture takes what draws a picture of a file or by a program; gradients draw no digits.
func picture(v string, _ cascade, _ float64) bool {
	return strings.Contains(v, "url(") || strings.Contains(v, "image(") || strings.Contains(v, "image-set(") || strings.Contains(v, "cross-fade(") || strings.Contains(v, "paint(") || strings.Contains(v, "element(")
}
