package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/compare"
	"github.com/gongkai-data/gongkai/datasets/search"
	"github.com/spf13/cobra"
)

// searching holds the flags of a search.
type searching struct {
	data, index, area, years string
	section, limit           int
	after                    int64
}

func (a *app) searchCommand() *cobra.Command {
	var s searching
	cmd := &cobra.Command{
		Use:   "search WORD...",
		Short: "Find words in the text of the reports",
		Long: `Find the sections of reports in whose text words stand, the newest year first, each with the passage and its place in the source. What is
written together must stand together (政务公开); words apart may stand anywhere in one section. Words are found, not pieces of words: 信息公
is no word. Versions that a later one supersedes are found too, and marked.

The first search makes an index beside the dataset (dataset.search.sqlite), and so does the first after each build; the dataset itself stays as it is.

EXAMPLES
  gongkai search 政策解读
  gongkai search 三审三校 培训 --area 370686 --years 2020-2023 --section 5`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, words []string) error { return a.search(cmd.Context(), s, words) },
	}
	f := cmd.Flags()
	f.StringVar(&s.data, "data", "dataset", "folder of the dataset")
	f.StringVar(&s.index, "index", "", "file of the index (default DATA.search.sqlite)")
	f.StringVar(&s.area, "area", "", "only there: the code or the name of a province, prefecture, county or township")
	f.StringVar(&s.years, "years", "", "only in reports on these years: 2019-2023 or 2019,2021")
	f.IntVar(&s.section, "section", 0, "only in this section of the form, 1 to 6")
	f.IntVar(&s.limit, "limit", 20, "answers to print, at most 1000")
	f.Int64Var(&s.after, "after", 0, "go on behind this answer, which the page before names")
	return cmd
}

// query reads the flags.
func (s searching) query(words []string) (search.Query, error) {
	q := search.Query{Text: strings.Join(words, " "), Section: int32(s.section), Limit: s.limit, After: s.after}
	var err error
	if q.Years, err = compare.Years(s.years); err != nil {
		return q, usageError{fmt.Errorf("--years: %w", err)}
	}
	if q.Area, err = search.Area(s.area); err != nil {
		return q, usageError{fmt.Errorf("--area: %w", err)}
	}
	if s.section < 0 || s.section > 6 {
		return q, usageError{fmt.Errorf("--section is 1 to 6, not %d", s.section)}
	}
	if s.limit < 1 || s.limit > 1000 {
		return q, usageError{fmt.Errorf("--limit is 1 to 1000, not %d", s.limit)}
	}
	return q, nil
}

func (a *app) search(ctx context.Context, s searching, words []string) error {
	q, err := s.query(words)
	if err != nil {
		return err
	}
	index, err := a.openIndex(ctx, s.data, s.index)
	if err != nil {
		return err
	}
	defer index.Close()
	answer, err := index.Search(ctx, q)
	if errors.Is(err, search.ErrNoWords) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	if a.json {
		for _, h := range answer.Hits {
			if err := a.emit(struct {
				MessageType string `json:"message_type"`
				search.Hit
			}{"passage", h}); err != nil {
				return err
			}
		}
		return a.emit(map[string]any{"message_type": "search_summary", "passages": len(answer.Hits), "more": answer.More})
	}
	for _, h := range answer.Hits {
		a.printHit(h)
	}
	switch n := len(answer.Hits); {
	case n == 0:
		fmt.Fprintln(a.out, "nothing found")
	case answer.More:
		fmt.Fprintf(a.out, "more: --after %d\n", answer.Hits[n-1].Place)
	}
	return nil
}

// openIndex opens the index of the dataset in a folder, making it first where that is needed.
func (a *app) openIndex(ctx context.Context, data, file string) (*search.Index, error) {
	dataset, err := openDataset(data)
	if err != nil {
		return nil, err
	}
	defer dataset.Close()
	tellSample(a.err, dataset.Manifest().Sample)
	if file == "" {
		if file, err = search.FileOf(data); err != nil {
			return nil, err
		}
	}
	progress := a.progress("sections")
	defer progress.finish()
	return search.Open(ctx, dataset, file, func(done int) { progress.set(done, 0, "indexing the texts") })
}

// printHit prints an answer: who and when, the passage with the words between brackets, and where it stands.
func (a *app) printHit(h search.Hit) {
	year := "year unknown"
	if h.Year != nil {
		year = fmt.Sprint(*h.Year)
	}
	heading := h.Heading
	if heading == "" {
		heading = "before the first heading"
	}
	note := ""
	if h.Superseded {
		note = " (superseded by a later version)"
	}
	fmt.Fprintf(a.out, "%s %s · %s%s\n  %s\n  %s  %s\n\n", h.IssuerName, year, heading, note, marked(h, "【", "】"), h.ReportID, h.Locator)
}

// marked is the passage with signs around the words.
func marked(h search.Hit, open, end string) string {
	var b strings.Builder
	runes, at := []rune(h.Passage), 0
	for _, m := range h.Marks {
		b.WriteString(string(runes[at:m[0]]) + open + string(runes[m[0]:m[1]]) + end)
		at = m[1]
	}
	return b.String() + string(runes[at:])
}
