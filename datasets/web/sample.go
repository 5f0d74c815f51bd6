package web

import (
	"fmt"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/query"
)

// concerns notes which reports the page is about. Without a note it is about the release as a whole.
func (r *request) concerns(reports ...string) { r.reports = append(r.reports, reports...) }

// SampleMark says, where the page shows reports of the bundled sample, that their places are invented, or that the one
// shown is real. It is empty on pages about reports that are not of the sample, and everywhere in a release without it.
func (r *request) SampleMark() string {
	s := r.release.Data.Manifest().Sample
	if s == nil {
		return ""
	}
	if len(r.reports) == 0 {
		if len(s.Invented)+len(s.Real) < r.release.Summary().Reports {
			return fmt.Sprintf(r.T("sample_some"), len(s.Invented))
		}
		if real := r.realOnes(s.Real); real != "" {
			return fmt.Sprintf(r.T("sample_all_but"), real)
		}
		return r.T("sample_all")
	}
	var invented bool
	var real []string
	for _, id := range r.reports {
		sampled, made := r.release.Sampled(id)
		invented = invented || made
		if sampled && !made {
			real = append(real, id)
		}
	}
	switch names := r.realOnes(real); {
	case invented && names != "":
		return fmt.Sprintf(r.T("sample_page_but"), names)
	case invented:
		return r.T("sample_page")
	case names != "":
		return fmt.Sprintf(r.T("sample_real"), names)
	}
	return ""
}

// realOnes names reports of the sample that are real: 栖霞市寺口镇 2020.
func (r *request) realOnes(reports []string) string {
	var names []string
	for _, id := range reports {
		is, ref := r.release.Report(id)
		if is == nil {
			continue
		}
		name := r.Plain(is.Name)
		if ref.Year != 0 {
			name += fmt.Sprintf(" %d", ref.Year)
		}
		names = append(names, name)
	}
	return strings.Join(names, r.Pick("、", ", "))
}

// reportsOf are the IDs of the reports of issuers, earlier versions that no list leads to among them.
func (r *request) reportsOf(issuers ...*query.Issuer) []string {
	var ids []string
	for _, is := range issuers {
		for _, ref := range is.Reports {
			ids = append(ids, ref.ID)
		}
		for _, ref := range r.release.Replaced(is) {
			ids = append(ids, ref.ID)
		}
	}
	return ids
}
