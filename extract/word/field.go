package word

import "strings"

// Drawn reports whether a field that has no result shows something nevertheless: Word draws it from its instruction or from the data of a form.
// The entries of an index and the like show nothing.
func Drawn(instruction string) bool {
	kind := strings.TrimSpace(instruction)
	if strings.HasPrefix(kind, "=") {
		return true
	}
	kind, _, _ = strings.Cut(kind, " ")
	switch strings.ToUpper(kind) {
	case "EQ", "SYMBOL", "FORMDROPDOWN", "FORMCHECKBOX", "MACROBUTTON", "GOTOBUTTON", "QUOTE", "REF", "DOCPROPERTY", "DOCVARIABLE":
		return true
	}
	return false
}
