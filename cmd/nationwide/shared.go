package main

import (
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize"
)

// sharedText lists, as the table reuse does, what the sections of a township's reports share with those of its report
// of the year before: the longest run of sentences. A build compares every report with every other one.
func sharedText(rows *normalize.Rows) (out []schema.Reuse) {
	sections := map[string][]schema.Text{}
	for _, t := range rows.Texts {
		sections[t.ReportID] = append(sections[t.ReportID], t)
	}
	for i := 1; i < len(rows.Reports); i++ {
		out = append(out, sharedBetween(sections[rows.Reports[i-1].ReportID], sections[rows.Reports[i].ReportID])...)
	}
	return out
}

func sharedBetween(before, now []schema.Text) (out []schema.Reuse) {
	for _, t := range now {
		for _, o := range before {
			if t.Section == nil || o.Section == nil || *t.Section != *o.Section {
				continue
			}
			passage, at, there := longestRun(sentencesOf(t.Text), sentencesOf(o.Text))
			if passage == "" {
				continue
			}
			n, earlier := int32(utf8.RuneCountInString(passage)), true
			out = append(out, schema.Reuse{ReportID: t.ReportID, IssuerID: t.IssuerID, Year: t.Year, Section: t.Section, OtherReportID: o.ReportID, Relation: "own_earlier",
				OtherIsEarlier: &earlier, SharedCharacters: n, Share: float64(n) / float64(t.Characters), LongestCharacters: n, Passage: string([]rune(passage)[:min(n, 200)]),
				StartOffset: startOf(now, t.Seq) + at, OtherStartOffset: startOf(before, o.Seq) + there})
		}
	}
	return out
}

// startOf is where a section begins in the text of its report: the texts are joined by line ends.
func startOf(texts []schema.Text, seq int32) (at int32) {
	for _, t := range texts {
		if t.Seq < seq {
			at += int32(utf8.RuneCountInString(t.Text)) + 1
		}
	}
	return at
}

func sentencesOf(text string) []string { return strings.SplitAfter(text, "。") }

// longestRun is the longest run of whole sentences that two texts share, and its first character in each.
func longestRun(a, b []string) (passage string, inA, inB int32) {
	from := int32(0)
	for i := range a {
		other := int32(0)
		for j := range b {
			n := 0
			for i+n < len(a) && j+n < len(b) && a[i+n] == b[j+n] && strings.HasSuffix(a[i+n], "。") {
				n++
			}
			if run := strings.Join(a[i:i+n], ""); len(run) > len(passage) {
				passage, inA, inB = run, from, other
			}
			other += int32(utf8.RuneCountInString(b[j]))
		}
		from += int32(utf8.RuneCountInString(a[i]))
	}
	return passage, inA, inB
}
