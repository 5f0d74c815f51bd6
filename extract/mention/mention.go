// Package mention finds the counts that a report states in its narrative text: 主动公开政府信息294余条, 财政类信息11条，占3.7%,
// 未收到政府信息公开申请.
//
// Numbers and units are read by a grammar; go-ego/gse with a small dictionary of the field cuts the text between them
// into words, from which labels are taken. What a number belongs to as a part (其中, 分别为, brackets) follows the
// punctuation. A range (1至2名) has two readings and is no mention.
package mention

import (
	"slices"
	"sort"

	"github.com/gongkai-data/gongkai/extract"
)

// maxMentions bounds the mentions of one report. The longest real ones state some hundreds of counts.
const maxMentions = 10_000

// Find fills r.Mentions from r.Text and r.Sections. Offsets count the characters (runes) of r.Text. What is beyond
// maxMentions is told in r.Problems.
func Find(r *extract.Report) {
	var more bool
	r.Mentions, more = scan(r.Text, defaultSegmenter())
	if more {
		r.Problems = append(r.Problems, extract.Tell(extract.Truncated, "mentions_capped", maxMentions))
	}
	for i := range r.Mentions {
		m := &r.Mentions[i]
		for _, s := range r.Sections {
			if m.StartOffset >= s.Start && m.StartOffset < s.End {
				n := s.Number
				m.Section = &n
				break
			}
		}
	}
}

// Scan returns the counts stated in a plain text, in order. The text must not hold tables; rows of the form that were
// flattened into paragraphs are passed over.
func Scan(text string) []extract.Mention {
	all, _ := scan(text, defaultSegmenter())
	return all
}

// scan returns the first maxMentions counts, and whether there are more.
func scan(text string, seg segmenter) (mentions []extract.Mention, more bool) {
	v := views.Get().(*view)
	defer views.Put(v)
	v.open(text)
	defer v.close()
	return v.read(seg)
}

// read makes the passes over a text: characters, numbers, words, labels, tree.
func (v *view) read(seg segmenter) (mentions []extract.Mention, more bool) {
	v.joinLines(seg)
	v.text.Runes = v.run
	v.countEnds()
	counts, percents := v.readCounts(v.traps())
	if more = len(counts) > maxMentions; more {
		v.end(counts[maxMentions].start)
		counts = counts[:maxMentions]
	}
	v.cut(seg, counts)
	l := &labeller{view: v, counts: counts}
	drafts := slices.Grow(v.drafts[:0], len(counts))
	for k := range counts {
		drafts = l.drafts(drafts, k)
	}
	drafts = append(drafts, v.zeros(counts)...)
	v.drafts = drafts
	sort.SliceStable(drafts, func(i, j int) bool { return drafts[i].start < drafts[j].start })
	if len(drafts) > maxMentions {
		drafts, more = drafts[:maxMentions], true
	}
	l.respective(drafts)
	v.inherit(drafts)
	l.parts(drafts)
	v.shares(drafts, percents)
	closeByShares(drafts)
	v.markYearParts(drafts)
	if len(drafts) == 0 {
		return nil, more
	}
	mentions = make([]extract.Mention, 0, len(drafts))
	for i := range drafts {
		mentions = append(mentions, v.mention(drafts, i))
	}
	return mentions, more
}

// end cuts the folded text at i; what stands behind it is not read.
func (v *view) end(i int) {
	v.run, v.at = v.run[:i], v.at[:i+1]
	v.text.Runes = v.run
}
