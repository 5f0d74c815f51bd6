package mention

import (
	"strings"
	"sync"

	"github.com/gongkai-data/gongkai/extract/mention/pattern"
)

// wordLists are the lists of words.csv by name.
var wordLists = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, r := range read("words").Rows {
		m[r[0]] = r[1]
	}
	return m
})

// lists are the words of the list called name, for patterns.
func lists(name string) ([]string, bool) {
	list := wordLists()[name]
	return []string{list}, list != ""
}

// list compiles the list called name, to be looked for.
func list(name string) *pattern.Pattern {
	p, err := pattern.New("@"+name, lists)
	if err != nil {
		panic("mention: words.csv: " + err.Error())
	}
	return p
}

// named is a condition of names.csv: it holds where all terms of one of its rows do.
type named struct{ rows [][]term }

var names = sync.OnceValue(func() map[string]*named {
	m := map[string]*named{}
	t := read("names")
	label := t.Column("label")
	for _, cells := range t.Rows {
		n := m[cells[0]]
		if n == nil {
			n = &named{}
			m[cells[0]] = n
		}
		var terms []term
		for _, s := range strings.Split(cells[label], " & ") {
			c, err := compileTermOf(s, m)
			if err != nil {
				panic("mention: names.csv: " + cells[0] + ": " + err.Error())
			}
			terms = append(terms, c)
		}
		n.rows = append(n.rows, terms)
	}
	return m
})

// needs returns characters one of which stands in every range of which the condition holds.
func (n *named) needs() pattern.First {
	all := pattern.First{Runes: map[rune]struct{}{}}
	for _, terms := range n.rows {
		least := pattern.First{Any: true}
		for i := range terms {
			if f := terms[i].needs(); f.Narrower(least) {
				least = f
			}
		}
		all.Add(least)
	}
	return all
}

// needs returns characters one of which stands in every range of which the term holds; Any where it is denied.
func (c *term) needs() pattern.First {
	switch {
	case c.not:
		return pattern.First{Any: true}
	case c.named != nil:
		return c.named.needs()
	}
	return c.pattern.Needs()
}

func (n *named) holds(t *pattern.Text, in span) bool {
	for _, terms := range n.rows {
		all := true
		for i := range terms {
			if terms[i].holds(t, in) == terms[i].not {
				all = false
				break
			}
		}
		if all {
			return true
		}
	}
	return false
}

func (c *term) holds(t *pattern.Text, in span) bool {
	if c.named != nil {
		return c.named.holds(t, in)
	}
	return c.pattern.In(t, in.from, in.to)
}
