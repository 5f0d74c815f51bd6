package word

import "strings"

// Fields are those that are open at a place of the text: the instruction of each stands before its result and is not
// shown, and may hold the results of other fields.
type Fields struct{ open []openField }

type openField struct {
	instruction string
	result      bool // it has begun
}

// Begin opens a field.
func (f *Fields) Begin() { f.open = append(f.open, openField{}) }

// Result begins the result of the innermost field.
func (f *Fields) Result() {
	if n := len(f.open); n > 0 {
		f.open[n-1].result = true
	}
}

// End closes the innermost field and reports whether it shows something without having a result.
func (f *Fields) End() (drawn bool) {
	n := len(f.open)
	if n == 0 {
		return false
	}
	last := f.open[n-1]
	f.open = f.open[:n-1]
	return !last.result && !f.Instructing() && drawnByWord(last.instruction)
}

// Instruct adds to the instruction of the innermost field.
func (f *Fields) Instruct(text string) {
	if n := len(f.open); n > 0 && !f.open[n-1].result {
		f.open[n-1].instruction += text
	}
}

// Instructing reports whether what comes now belongs to the instruction of a field: =A1+{REF b}, where b's result is no
// text of the page.
func (f *Fields) Instructing() bool {
	for _, o := range f.open {
		if !o.result {
			return true
		}
	}
	return false
}

// Break closes at the end of a paragraph the fields that are still in their instruction: those are broken, and Word
// shows what was taken for one. It returns the instructions and whether there was such a field.
func (f *Fields) Break() (instructions string, broken bool) {
	if !f.Instructing() {
		return "", false
	}
	for _, o := range f.open {
		instructions += o.instruction
	}
	f.open = nil
	return instructions, true
}

// drawnByWord reports whether a field that has no result shows something nevertheless: Word draws it from its
// instruction or from the data of a form. The entries of an index and the like show nothing.
func drawnByWord(instruction string) bool {
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
