package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// addressOf is one address of the API.
type addressOf struct {
	Path       string   `json:"path"`
	About      string   `json:"about"`
	Parameters []string `json:"parameters"`
}

// addresses are those of the API, as openapi.json describes them.
func addresses() ([]addressOf, error) {
	var described struct {
		Paths map[string]struct {
			Get struct {
				Summary    string `json:"summary"`
				Parameters []struct {
					Name string `json:"name"`
				} `json:"parameters"`
			} `json:"get"`
		} `json:"paths"`
	}
	if err := json.Unmarshal(openAPI, &described); err != nil {
		return nil, fmt.Errorf("reading openapi.json: %w", err)
	}
	var all []addressOf
	for path, of := range described.Paths {
		a := addressOf{Path: "/api/v1" + path, About: of.Get.Summary, Parameters: []string{}}
		for _, p := range of.Get.Parameters {
			a.Parameters = append(a.Parameters, p.Name)
		}
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b addressOf) int { return strings.Compare(a.Path, b.Path) })
	return all, nil
}

// apiStart says what there is.
func (r *request) apiStart() (any, error) {
	all, err := addresses()
	if err != nil {
		return nil, err
	}
	for i := range all {
		all[i].Path = r.server.opt.Base + all[i].Path
	}
	return struct {
		Release   string      `json:"release"`
		Sample    string      `json:"sample,omitempty"` // says so where the release holds invented places
		Frozen    string      `json:"frozen,omitempty"` // name of the release, where it is a frozen one
		OpenAPI   string      `json:"openapi"`
		Lists     string      `json:"lists"`
		Addresses []addressOf `json:"addresses"`
	}{r.tag, r.SampleMark(), r.server.opt.Frozen, r.server.opt.Base + "/api/v1/openapi.json",
		"limit= and offset= choose a part, fields=a,b the fields of each item, format=ndjson (or the header Accept) one item a line", all}, nil
}

// since reads since=: a day, or a moment as RFC 3339 writes it. The zero time where it is not given.
func (r *request) since() (time.Time, error) {
	text := r.URL.Query().Get("since")
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, nil
		}
	}
	return time.Time{}, badRequest(fmt.Errorf("since is a day or a moment, as 2026-11-30 or 2026-11-30T08:00:00Z, not %q", text))
}

// apiReports lists reports: all, those of a year or an issuer, or those fetched since a moment.
func (r *request) apiReports() (any, error) {
	limit, offset, err := r.window()
	if err != nil {
		return nil, err
	}
	since, err := r.since()
	if err != nil {
		return nil, err
	}
	var q store.Query
	if text := r.URL.Query().Get("year"); text != "" {
		year, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			return nil, badRequest(errors.New("year is a number"))
		}
		q.Years = []int32{int32(year)}
	}
	if id := r.URL.Query().Get("issuer"); id != "" {
		if r.release.Issuer(id) == nil {
			return nil, &statusError{http.StatusNotFound, "there is no issuer " + id}
		}
		q.Issuers = []string{id}
	}
	items, total := []map[string]any{}, 0
	for row, err := range store.Rows[schema.Report](r.Context(), r.release.Data, r.release.Data.Table(schema.Reports), q) {
		if err != nil {
			return nil, err
		}
		if row.FetchedAt.Before(since) {
			continue
		}
		if total++; total > offset && len(items) < limit {
			items = append(items, columns(schema.Reports, row))
		}
	}
	return r.listed(items, len(items), limit, offset, &total, false), nil
}
