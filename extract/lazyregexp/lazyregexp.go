// Package lazyregexp compiles regular expressions when they are first needed. A command needs few of the some two
// hundred of the program, and compiling all took a third of its start and of that of each child process (the go
// command has a package like this, internal/lazyregexp).
package lazyregexp

import (
	"regexp"
	"sync"
	"testing"
)

// Regexp is a regular expression that is compiled once, by the first call of a method. It is safe for concurrent use.
type Regexp struct {
	compiled func() *regexp.Regexp
}

// New returns the expression. One that does not compile panics when it is first used, and at once in tests.
func New(expr string) *Regexp {
	r := &Regexp{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })}
	if testing.Testing() {
		r.compiled()
	}
	return r
}
