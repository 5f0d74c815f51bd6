package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/compare"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// comparing holds the flags of a comparison.
type comparing struct {
	data, format, years, peers, language, values string
	indicators                                   []string
	text                                         bool
}

var compareFormats = []string{"table", "csv", "xlsx", "html", "svg"}

func (a *app) compareCommand() *cobra.Command {
	var q comparing
	cmd := &cobra.Command{
		Use:   "compare PLACE... | compare --text A B",
		Short: "Lay the reports of places beside each other, in numbers or in words",
		Long: `Lay the reports of places beside each other, one column per place and year. A place is an issuer's name, a part of it, its pinyin
initials, or an issuer_id. Lines are measures that hold over the years: series of the code book, single indicators, or rates; name them by
ID or label (dataset/codebook.en.md lists all; the shell completes them).
A value with which the form's own sum does not hold is marked, as are those that differ from the text or are unusual beside other years,
that are not comparable, and rates on few cases; a blank is shown as blank; below the table stands the source of every column. Where a
person has corrected a number, the table shows what was published and, marked, the correction; csv, xlsx, svg and --json hold in "value"
what was published, or with --values corrected the corrections, and both beside it.

With --text two reports are compared in words: the numbers that changed, then section by section what stands in the one only, and sentences
that moved. A and B are files, or places with a year (寺口镇:2020; without one the last); --format html gives a page to read or print.

EXAMPLES
  gongkai compare 寺口镇
  gongkai compare 霏陂镇 荇溪镇 --years 2021-2022 --indicator requests.received,grant_rate
  gongkai compare 甲镇 --peers same-county --indicator "Requests received in the year"
  gongkai compare 甲镇 乙镇 --years 2019-2024 --format csv > towns.csv
  gongkai compare 甲镇 乙镇 --indicator requests.received --format svg > received.svg
  gongkai compare --text 荇溪镇:2021 荇溪镇:2022
  gongkai compare --text old.pdf new.html --format html > changes.html
  source <(gongkai completion bash)    names of places and measures are completed from now on`,
		Args: func(_ *cobra.Command, names []string) error {
			if len(names) == 0 {
				return usageError{errors.New("name a place, as in: gongkai compare 寺口镇")}
			}
			return nil
		},
		ValidArgsFunction: q.complete,
		RunE: func(cmd *cobra.Command, names []string) error {
			if f, ok := a.out.(*os.File); ok && q.format == "xlsx" && isatty.IsTerminal(f.Fd()) {
				return usageError{errors.New("a workbook is not for the terminal: add > towns.xlsx")}
			}
			if q.language == "" {
				q.language = terminalLanguage()
			}
			if q.language != "zh" && q.language != "en" {
				return usageError{fmt.Errorf("--language is zh or en, not %q", q.language)}
			}
			if q.text {
				return a.compareText(cmd.Context(), q, names)
			}
			t, err := a.comparison(cmd.Context(), q, names)
			if err != nil {
				return err
			}
			if a.json {
				return a.emit(struct {
					MessageType string `json:"message_type"`
					compare.Table
				}{"comparison", t})
			}
			switch q.format {
			case "csv":
				return t.WriteCSV(a.out)
			case "xlsx":
				return t.WriteXLSX(a.out)
			case "html":
				return t.WriteHTML(a.out, q.language)
			case "svg":
				return t.WriteSVG(a.out, q.language)
			}
			return t.WriteText(a.out, q.language, a.width())
		},
	}
	f := cmd.Flags()
	f.StringVar(&q.data, "data", "dataset", "folder of the dataset")
	f.BoolVar(&q.text, "text", false, "compare the texts of two reports in words")
	f.StringVar(&q.format, "format", "table", "table, csv, xlsx, html or svg (the chart of the first measure)")
	f.StringVar(&q.years, "years", "", "years, as 2019-2024 or 2019,2021 (default all)")
	f.StringVar(&q.peers, "peers", "", "same-county or same-level: add up to seven issuers of the same kind near the first place")
	f.StringVar(&q.values, "values", "published", "published, or corrected: which of the two values downloads and charts use where there is a correction")
	f.StringVar(&q.language, "language", "", "language of table, html and svg, zh or en (default that of the terminal)")
	f.StringSliceVar(&q.indicators, "indicator", nil, fmt.Sprintf("measures, separated by commas (default %d headline measures)", len(query.Headline)))
	fixed := func(flag string, values ...string) {
		_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)) // fails for a flag that does not exist only
	}
	fixed("format", compareFormats...)
	fixed("peers", "same-county", "same-level")
	fixed("language", "zh", "en")
	fixed("values", string(query.Published), string(query.Corrected))
	var ids []string
	for _, m := range query.Measures() {
		ids = append(ids, m.ID+"\t"+m.LabelEN)
	}
	fixed("indicator", ids...)
	return cmd
}

// comparison checks the flags and makes the comparison.
func (a *app) comparison(ctx context.Context, q comparing, names []string) (compare.Table, error) {
	if !slices.Contains(compareFormats, q.format) {
		return compare.Table{}, usageError{fmt.Errorf("--format is table, csv, xlsx, html or svg, not %q", q.format)}
	}
	if !slices.Contains([]string{"", "same-county", "same-level"}, q.peers) {
		return compare.Table{}, usageError{fmt.Errorf("--peers is same-county or same-level, not %q", q.peers)}
	}
	values, err := query.ParseValues(q.values)
	if err != nil {
		return compare.Table{}, usageError{fmt.Errorf("--values: %w", err)}
	}
	years, err := compare.Years(q.years)
	if err != nil {
		return compare.Table{}, usageError{fmt.Errorf("--years: %w", err)}
	}
	if len(q.indicators) == 0 {
		q.indicators = query.Headline
	}
	measures, err := compare.Measures(q.indicators)
	if err != nil {
		return compare.Table{}, usageError{fmt.Errorf("--indicator: %w", err)}
	}
	if err := isDataset(q.data); err != nil {
		return compare.Table{}, err
	}
	release, err := query.Open(ctx, q.data)
	if err != nil {
		return compare.Table{}, err
	}
	defer release.Close()
	var issuers []*query.Issuer
	for _, name := range names {
		is, err := release.Find(name)
		var unknown *query.Unknown
		if errors.As(err, &unknown) && len(unknown.Near) == 0 {
			return compare.Table{}, fmt.Errorf("%w; gongkai coverage --all lists every place", err)
		}
		if err != nil {
			return compare.Table{}, err
		}
		if !slices.Contains(issuers, is) {
			issuers = append(issuers, is)
		}
	}
	if q.peers != "" {
		if issuers[0].Division == "" {
			return compare.Table{}, fmt.Errorf("--peers: it is not settled which division %s belongs to", issuers[0].Name)
		}
		peers := release.Peers(issuers[0], q.peers, 7)
		if len(peers) == 0 {
			fmt.Fprintf(a.err, "gongkai: --peers: the dataset holds no other issuer of the kind of %s near it\n", issuers[0].Name)
		}
		for _, p := range peers {
			if !slices.Contains(issuers, p) {
				issuers = append(issuers, p)
			}
		}
	}
	for _, is := range issuers {
		if s, ended := release.Became(is); ended {
			fmt.Fprintln(a.err, wrapped("gongkai: "+becameWords(is, s), ""))
		}
	}
	t, err := compare.Of(ctx, release, issuers, years, measures)
	switch {
	case err != nil:
	case len(t.Columns) == 0:
		err = fmt.Errorf("--years %s: no report of those years; there are %s", q.years, reportYears(issuers))
	case len(t.Rows) == 0:
		err = fmt.Errorf("--indicator: %s is on the form of none of these reports", strings.Join(q.indicators, ", "))
	}
	return t.Using(values), err
}

// becameWords say what a body became.
func becameWords(is *query.Issuer, s query.Succession) string {
	if s.ID == "" {
		return fmt.Sprintf("%s was divided among several (%s); nothing is added up", is.Name, s.Source)
	}
	verb := map[string]string{"merged": "was merged into", "renamed": "goes on as"}[s.How]
	return fmt.Sprintf("%s %s %s (%s); the numbers of the two are never added up", is.Name, verb, s.Name, s.Source)
}

// reportYears lists of which years there are reports: 甲镇 2019 2020, 乙镇 2021.
func reportYears(issuers []*query.Issuer) string {
	var out []string
	for _, is := range issuers {
		s := is.Name
		for _, r := range is.Reports {
			if r.Year != 0 {
				s += fmt.Sprintf(" %d", r.Year)
			}
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

// terminalLanguage is zh where the terminal's locale is Chinese, else en.
func terminalLanguage() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			if strings.HasPrefix(v, "zh") {
				return "zh"
			}
			break
		}
	}
	return "en"
}

// width is that of the terminal in cells, 0 where the output goes elsewhere.
func (a *app) width() int {
	f, ok := a.out.(*os.File)
	if !ok || !isatty.IsTerminal(f.Fd()) {
		return 0
	}
	w, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return w
}

// complete offers places of the dataset to the shell.
func (q *comparing) complete(cmd *cobra.Command, _ []string, text string) ([]string, cobra.ShellCompDirective) {
	release, err := query.Open(cmd.Context(), q.data)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	defer release.Close()
	var out []string
	add := func(is *query.Issuer) { out = append(out, is.Name+"\t"+is.ID) }
	if text == "" {
		for _, is := range release.Issuers()[:min(50, len(release.Issuers()))] {
			add(is)
		}
	} else {
		hits, _ := release.Search(text, 50)
		for _, h := range hits {
			add(h.Issuer)
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
