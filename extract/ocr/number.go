package ocr

import "strings"

// groups are the signs that numbers, and marks in place of them, are written with. Each is followed by what models take
// it for where a cell holds nothing that would tell them apart: a 0 alone looks like the letter o. A horizontal stroke
// that is read as 一 stays one: it may be a dash or a one.
var groups = []string{
	"0０oOｏＯ〇○。◯°ºΟοОо⚪", "1１lIＩｌ", "2２", "3３", "4４", "5５", "6６", "7７", "8８", "9９", ".．", ",，", "-－—–─−‐‑", "/／", "+＋", "%％", "无", "(（", ")）",
}

// signs is what the groups stand for.
var signs = func() (out []rune) {
	for _, g := range groups {
		out = append(out, []rune(g)[0])
	}
	return out
}()

// groupOf returns the group of a character, or -1.
func groupOf(r rune) int {
	for i, g := range groups {
		if r != 0 && strings.ContainsRune(g, r) {
			return i
		}
	}
	return -1
}

// number reads the probabilities of all steps as a number: those of each group are added up. It returns the likeliest
// signs and the probability that these, and no others, stand there; nothing where another character does.
func (m *Model) number(p []float32, steps int) (text string, sure float64) {
	n := len(groups)
	q := make([][]float64, steps) // for each step: the blank, then the groups
	var path []int
	before := 0
	for t := range steps {
		row := p[t*len(m.characters) : (t+1)*len(m.characters)]
		q[t] = make([]float64, n+1)
		q[t][0] = float64(row[0])
		other := 0.0
		for c := 1; c < len(row); c++ {
			if g := m.group[c]; g > 0 {
				q[t][g] += float64(row[c])
			} else {
				other = max(other, float64(row[c]))
			}
		}
		best := 0
		for g, v := range q[t] {
			if v > q[t][best] {
				best = g
			}
		}
		if other > q[t][best] {
			return "", 0
		}
		if best != 0 && best != before {
			path = append(path, best)
		}
		before = best
	}
	for _, g := range path {
		text += string(signs[g-1])
	}
	return text, forward(q, path)
}

// forward is the probability of a sequence of signs over all alignments to the steps (Graves et al. 2006,
// "Connectionist Temporal Classification", equations 5 to 8).
func forward(q [][]float64, path []int) float64 {
	states := make([]int, 2*len(path)+1) // blanks between the signs
	for i, g := range path {
		states[2*i+1] = g
	}
	now, next := make([]float64, len(states)), make([]float64, len(states))
	for t := range q {
		for s, g := range states {
			sum := now[s]
			if t == 0 {
				sum = 0
				if s < 2 {
					sum = 1
				}
			} else {
				if s > 0 {
					sum += now[s-1]
				}
				if s > 1 && g != 0 && g != states[s-2] {
					sum += now[s-2]
				}
			}
			next[s] = sum * q[t][g]
		}
		now, next = next, now
	}
	total := now[len(states)-1]
	if len(states) > 1 {
		total += now[len(states)-2]
	}
	return total
}
