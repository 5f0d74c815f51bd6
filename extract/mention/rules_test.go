package mention

import (
	"testing"

	"github.com/gongkai-data/gongkai/datasets/grammar"
)

// decided returns the rules that decided something in a text.
func decided(text string) map[string]bool {
	v := newView(text)
	rules := map[string]bool{}
	v.trace = func(rule string) { rules[rule] = true }
	v.read(defaultSegmenter())
	return rules
}

// TestRules tries every rule of the grammar on its example, in which it must decide something, and on its
// counter-example, in which it must not.
func TestRules(t *testing.T) {
	for _, table := range grammar.Rules() {
		example, counter := table.Column("example"), table.Column("counter")
		names := map[string]bool{}
		for _, row := range table.Rows {
			name := table.Name + ": " + row[0]
			if names[name] {
				t.Errorf("%s stands twice", name)
			}
			names[name] = true
			if row[example] == "" || row[counter] == "" {
				t.Errorf("%s has no example or no counter-example", name)
				continue
			}
			if !decided(row[example])[name] {
				t.Errorf("%s does not decide in its example %q", name, row[example])
			}
			if decided(row[counter])[name] {
				t.Errorf("%s decides in its counter-example %q", name, row[counter])
			}
		}
	}
}

// TestNames tries the named conditions on the words of their example and counter-example.
func TestNames(t *testing.T) {
	table := read("names")
	example, counter := table.Column("example"), table.Column("counter")
	for _, row := range table.Rows {
		n := names()[row[0]]
		for text, want := range map[string]bool{row[example]: true, row[counter]: false} {
			v := newView(text)
			if n.holds(v.words(), span{0, len(v.run)}) != want {
				t.Errorf("=%s of %q is %v", row[0], text, !want)
			}
		}
	}
}
