package foreign

// words are looked for together, in one pass.
type words struct {
	list   []string
	starts [256]byte // for each byte, the second bytes that may follow it at the start of a word: one bit for eight of them
}

func newWords(list ...string) *words {
	w := &words{list: list}
	for _, s := range list {
		w.starts[s[0]] |= 1 << (s[1] & 7)
	}
	return w
}

// in returns the first word of the list that a text holds, or "".
func (w *words) in(text []byte) string {
	first := len(w.list)
	for i := 0; i+1 < len(text); i++ {
		if w.starts[text[i]]&(1<<(text[i+1]&7)) == 0 {
			continue
		}
		for n, s := range w.list[:first] {
			if len(text)-i >= len(s) && string(text[i:i+len(s)]) == s {
				first = n
				break
			}
		}
	}
	if first == len(w.list) {
		return ""
	}
	return w.list[first]
}
