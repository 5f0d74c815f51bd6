package pipeline

import (
	"fmt"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/datasets/release"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// AddReference adds what every dataset holds whatever its reports: divisions, indicators, and the documents of a
// release. The divisions of the bundled sample, which do not exist, are added only where the dataset holds reports of
// it.
func AddReference(w *store.DatasetWriter, software string, sampled bool) error {
	divisions := gazetteer.All()
	if sampled {
		divisions = append(divisions, gazetteer.Invented()...)
	}
	for _, d := range divisions {
		row, err := divisionRow(d)
		if err != nil {
			return err
		}
		if err := w.Divisions.Add(row); err != nil {
			return err
		}
	}
	for _, i := range codebook.All() {
		if err := w.Indicators.Add(schema.Indicator{Indicator: i.ID, LabelZH: i.LabelZH, LabelEN: i.LabelEN, Definition: i.Definition, Unit: i.Unit, Templates: i.Templates,
			Series: orNull(i.Series), Comparability: orNull(i.Comparability), Note: orNull(i.Note)}); err != nil {
			return err
		}
	}
	documents, err := release.Documents(software)
	if err != nil {
		return err
	}
	for _, d := range documents {
		if err := w.AddFile(d.Name, d.Body); err != nil {
			return err
		}
	}
	return nil
}

func divisionRow(d *gazetteer.Division) (schema.Division, error) {
	row := schema.Division{Code: d.Code, Name: d.Name, Level: d.Level.String(), Parent: orNull(d.Parent), Aliases: d.Aliases}
	for _, bound := range []struct {
		text  string
		field **schema.Date
	}{{d.ValidFrom, &row.ValidFrom}, {d.ValidTo, &row.ValidTo}} {
		if bound.text == "" {
			continue
		}
		date, err := schema.ParseDate(bound.text)
		if err != nil {
			return row, fmt.Errorf("division %s: %w", d.Code, err)
		}
		*bound.field = &date
	}
	return row, nil
}

func panelIndicators() []schema.PanelIndicator {
	all := codebook.All()
	out := make([]schema.PanelIndicator, len(all))
	for i, in := range all {
		out[i] = schema.PanelIndicator{ID: in.ID, LabelZH: in.LabelZH, LabelEN: in.LabelEN, Unit: in.Unit}
	}
	return out
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
