package fallback

import (
	"io"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/ledongthuc/pdf"
)

const (
	maxCMap = 4 << 20 // bytes of a ToUnicode CMap that are read
	maxSpan = 65536   // codes of one range
)

// mapTokens cuts a CMap into what its mappings are made of: hexadecimal strings, brackets, and the words that open and
// close a list. The library's own interpreter gives up on strings of an odd number of digits, which some producers
// write for characters beyond U+FFFF.
func mapTokens(body string) (out []string) {
	words := []string{"beginbfchar", "endbfchar", "beginbfrange", "endbfrange"}
	for i := 0; i < len(body); i++ {
		switch body[i] {
		case '<':
			if end := strings.IndexByte(body[i:], '>'); end > 0 && strings.Trim(body[i+1:i+end], "0123456789abcdefABCDEF \r\n\t") == "" {
				out = append(out, body[i:i+end+1])
				i += end
			}
		case '[', ']':
			out = append(out, body[i:i+1])
		case 'b', 'e':
			for _, w := range words {
				if strings.HasPrefix(body[i:], w) {
					out = append(out, w)
					i += len(w) - 1
					break
				}
			}
		}
	}
	return out
}

// toUnicode reads a ToUnicode CMap (PDF 32000-1, 9.10.3) into code bytes → text.
func toUnicode(stream pdf.Value) map[string]string {
	m := map[string]string{}
	r := stream.Reader()
	defer r.Close()
	body, err := io.ReadAll(io.LimitReader(r, maxCMap))
	if err != nil && len(body) == 0 {
		return m
	}
	var operands []string
	inArray, from := false, 0
	for _, t := range mapTokens(string(body)) {
		switch t {
		case "beginbfchar", "beginbfrange":
			operands = operands[:0]
		case "endbfchar":
			for i := 0; i+1 < len(operands); i += 2 {
				m[code(operands[i])] = character(operands[i+1], 0)
			}
			operands = operands[:0]
		case "endbfrange":
			for i := 0; i+2 < len(operands); i += 3 {
				addRange(m, code(operands[i]), code(operands[i+1]), func(n int) string { return character(operands[i+2], n) })
			}
			operands = operands[:0]
		case "[":
			inArray, from = true, len(operands)
		case "]":
			if inArray && from >= 2 {
				list := operands[from:]
				addRange(m, code(operands[from-2]), code(operands[from-1]), func(n int) string {
					if n < len(list) {
						return character(list[n], 0)
					}
					return "\uFFFD"
				})
				operands = operands[:from-2]
			}
			inArray = false
		default:
			operands = append(operands, t)
		}
	}
	return m
}

// digitsOf returns the hexadecimal digits of a string token.
func digitsOf(token string) string {
	return strings.Join(strings.Fields(strings.Trim(token, "<>")), "")
}

// code returns the bytes of a hexadecimal string; a missing last digit is 0.
func code(token string) string {
	s := digitsOf(token)
	if len(s)%2 == 1 {
		s += "0"
	}
	out := make([]byte, len(s)/2)
	for i := range out {
		n, _ := strconv.ParseUint(s[2*i:2*i+2], 16, 8)
		out[i] = byte(n)
	}
	return string(out)
}

func addRange(m map[string]string, first, last string, text func(int) string) {
	if len(first) == 0 || len(first) != len(last) || len(first) > 4 {
		return
	}
	number := func(s string) (n int) {
		for i := range len(s) {
			n = n<<8 | int(s[i])
		}
		return n
	}
	a, z := number(first), number(last)
	for i := 0; i <= z-a && i < maxSpan; i++ {
		c := make([]byte, len(first))
		for k, n := len(c)-1, a+i; k >= 0; k, n = k-1, n>>8 {
			c[k] = byte(n)
		}
		m[string(c)] = text(i)
	}
}

// character returns the text of a hexadecimal string with its last unit raised by add: UTF-16BE, or the number of one
// character where the digits make no whole units.
func character(token string, add int) string {
	s := digitsOf(token)
	if len(s)%4 != 0 || s == "" {
		n, err := strconv.ParseUint(s, 16, 32)
		if err != nil || n == 0 {
			return "\uFFFD"
		}
		return string(rune(int(n) + add))
	}
	units := make([]uint16, len(s)/4)
	for i := range units {
		n, _ := strconv.ParseUint(s[4*i:4*i+4], 16, 16)
		units[i] = uint16(n)
	}
	units[len(units)-1] += uint16(add)
	return string(utf16.Decode(units))
}
