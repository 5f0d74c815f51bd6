package docx

import "github.com/gongkai-data/gongkai/extract/word"

// field is one that is open (fldChar begin): its instruction stands before its result, and may hold the results of other fields.
type field struct {
	instruction string
	result      bool
}

// fieldChar takes one mark of a field and reports whether a field ends that shows something without having a result.
func (r *reader) fieldChar(kind string) (drawn bool) {
	switch n := len(r.fields); {
	case kind == "begin":
		r.fields = append(r.fields, field{})
	case n == 0:
	case kind == "separate":
		r.fields[n-1].result = true
	case kind == "end":
		last := r.fields[n-1]
		r.fields = r.fields[:n-1]
		return !last.result && !r.instructing() && word.Drawn(last.instruction)
	}
	return false
}

// instruct reads a piece of the instruction of the innermost field.
func (r *reader) instruct() error {
	var text para
	err := r.characters(&text)
	if n := len(r.fields); n > 0 && !r.fields[n-1].result {
		r.fields[n-1].instruction += text.Raw()[0]
	}
	return err
}

// instructing reports whether what comes now belongs to the instruction of a field: =A1+{REF b}, where b's result is no text of the page.
func (r *reader) instructing() bool {
	for _, f := range r.fields {
		if !f.result {
			return true
		}
	}
	return false
}

// endFields closes at the end of a paragraph the fields that are still in their instruction, and gives the text that was taken for one: the field
// is broken, and Word shows it.
func (r *reader) endFields(p *para) {
	if !r.instructing() {
		return
	}
	r.fields = nil
	p.Write(p.held, false)
	p.held = ""
}
