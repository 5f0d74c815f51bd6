package mention

import "github.com/gongkai-data/gongkai/extract/lazyregexp"

// addresses are web and mail addresses, in which no number counts.
var addresses = lazyregexp.New(`(?i)(?:https?://|www\.)[0-9a-z./_?=&%:#~+-]+|[0-9a-z._-]+@[0-9a-z.-]+|[0-9a-z-]+(?:\.[0-9a-z-]+)*\.(?:gov|com|cn|net|org)\b[0-9a-z./_-]*`)

// traps marks the runes of the folded text that stand where no number counts: addresses, titles in 《》, names in quotes
// (“创业富民30条”), rows of the form.
func (v *view) traps() []bool {
	v.trapped = cleared(v.trapped, len(v.run)+1)
	marked := v.trapped
	v.markAddresses(marked)
	v.markQuotes(marked)
	v.markFormRows(marked)
	return marked
}

func mark(marked []bool, from, to int) {
	for i := from; i < to; i++ {
		marked[i] = true
	}
}

// markAddresses looks for addresses in the runs of characters that they are made of.
func (v *view) markAddresses(marked []bool) {
	for from := 0; from < len(v.run); from++ {
		to, signs := from, false
		for to < len(v.run) && v.run[to] > ' ' && v.run[to] < 0x7f {
			signs = signs || v.run[to] == '.' || v.run[to] == '@' || v.run[to] == '/'
			to++
		}
		if signs && to-from > 5 {
			for _, m := range addresses.FindAllStringIndex(string(v.run[from:to]), -1) {
				mark(marked, from+m[0], from+m[1])
			}
		}
		from = to
	}
}

// maxName is the longest quotation taken for a name, maxTitle the longest title in 《》; longer ones are sentences or
// lack their end.
const maxName, maxTitle = 20, 80

func (v *view) markQuotes(marked []bool) {
	open, title := -1, -1
	for i, r := range v.run {
		if r >= hanFirst && r < hanEnd {
			continue
		}
		switch {
		case r == '\n':
			open, title = -1, -1
		case r == '《':
			title = i
		case r == '》' && title >= 0:
			if i-title <= maxTitle {
				mark(marked, title, i)
			}
			title = -1
		case r == '“' || r == '「' || r == '"' && open < 0:
			open = i
		case (r == '”' || r == '」' || r == '"') && open >= 0:
			if i-open <= maxName {
				mark(marked, open, i)
			}
			open = -1
		}
	}
}
