package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/compare"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/wording"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/pdf"
	"github.com/gongkai-data/gongkai/extract/read"
	"github.com/gongkai-data/gongkai/normalize"
)

// compareText lays the texts of two reports side by side.
func (a *app) compareText(ctx context.Context, q comparing, names []string) error {
	if !slices.Contains([]string{"table", "html"}, q.format) {
		return usageError{fmt.Errorf("--format of --text is table or html, not %q", q.format)}
	}
	texts, err := a.textsOf(ctx, q, names)
	if err != nil {
		return err
	}
	c := wording.Of(texts[0], texts[1])
	switch {
	case a.json:
		return a.emit(struct {
			MessageType string `json:"message_type"`
			wording.Comparison
		}{"text_comparison", c})
	case q.format == "html":
		return c.WriteHTML(a.out, q.language)
	}
	return c.WriteText(a.out, q.language)
}

// textsOf reads the two texts that the arguments name: files, or reports of the dataset.
func (a *app) textsOf(ctx context.Context, q comparing, names []string) (texts [2]wording.Text, err error) {
	years, err := compare.Years(q.years)
	if err != nil {
		return texts, usageError{fmt.Errorf("--years: %w", err)}
	}
	if len(names) == 1 && len(years) == 2 {
		place := names[0]
		names = []string{fmt.Sprintf("%s:%d", place, years[0]), fmt.Sprintf("%s:%d", place, years[1])}
	}
	if len(names) != 2 {
		return texts, usageError{errors.New("--text compares two texts, as in: gongkai compare --text 寺口镇:2020 荇溪镇:2021, or one place with --years 2020,2021")}
	}
	defer pdf.Close()
	var release *query.Release
	for i, name := range names {
		if isFile(name) == nil {
			if texts[i], err = textOfFile(ctx, name); err != nil {
				return texts, err
			}
			continue
		}
		if release == nil {
			if err := isDataset(q.data); err != nil {
				return texts, err
			}
			if release, err = query.Open(ctx, q.data); err != nil {
				return texts, err
			}
			defer release.Close()
		}
		if texts[i], err = textOfReport(ctx, release, name); err != nil {
			return texts, err
		}
	}
	return texts, nil
}

// textOfFile reads the text of a file.
func textOfFile(ctx context.Context, name string) (wording.Text, error) {
	body, err := readLimited(name)
	if err != nil {
		return wording.Text{}, err
	}
	r, err := read.Report(ctx, name, body, read.Options{})
	if err != nil {
		return wording.Text{}, fmt.Errorf("reading %s: %w", name, err)
	}
	if i := slices.IndexFunc(r.Problems, func(p extract.Problem) bool { return p.Kind == extract.UnreadableDocument }); i >= 0 {
		return wording.Text{}, fmt.Errorf("reading %s: %s", name, r.Problems[i].Detail)
	}
	return wording.Text{Name: filepath.Base(name), Sections: normalize.Sections(r)}, nil
}

// textOfReport reads the text of a report of the dataset, named by its report_id, or by its place and year (寺口镇:2020);
// without a year the last.
func textOfReport(ctx context.Context, release *query.Release, name string) (wording.Text, error) {
	is, ref := release.Report(name)
	if is == nil {
		place, of, dated := strings.Cut(strings.ReplaceAll(name, "：", ":"), ":")
		var err error
		if is, err = release.Find(place); err != nil {
			return wording.Text{}, err
		}
		year, err := strconv.Atoi(of)
		if dated && err != nil {
			return wording.Text{}, usageError{fmt.Errorf("%q is no year, in %s", of, name)}
		}
		for i := range is.Reports {
			if r := &is.Reports[i]; !dated && (ref == nil || r.Year >= ref.Year) || dated && int(r.Year) == year {
				ref = r
			}
		}
		if ref == nil {
			return wording.Text{}, fmt.Errorf("no report of %s: there are %s", name, reportYears([]*query.Issuer{is}))
		}
	}
	sections, err := release.Texts(ctx, is, ref)
	if err != nil {
		return wording.Text{}, err
	}
	if len(sections) == 0 {
		return wording.Text{}, fmt.Errorf("the dataset holds no text of %s %d", is.Name, ref.Year)
	}
	out := wording.Text{Name: is.Name, Sections: sections}
	if ref.Year != 0 {
		out.Name += fmt.Sprintf(" %d", ref.Year)
	}
	return out, nil
}
