package text

import "unicode/utf8"

// Short reports whether a text has at most so many characters. A long text is not counted.
func Short(s string, most int) bool {
	return len(s) <= most || len(s) <= most*utf8.UTFMax && utf8.RuneCountInString(s) <= most
}
