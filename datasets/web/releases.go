package web

import (
	"fmt"
	"strconv"

	"github.com/gongkai-data/gongkai/datasets/audit"
	"github.com/gongkai-data/gongkai/datasets/frozen"
)

// Shelved reports whether there are frozen releases to show.
func (r *request) Shelved() bool { return r.server.opt.Shelf != nil && r.static == nil }

// Frozen is the name of the release that the page is of; empty where it is of a dataset that may change.
func (r *request) Frozen() string { return r.server.opt.Frozen }

// Rate writes an error rate with its interval.
func (r *request) Rate(x audit.Rate) string {
	percent := func(share float64) string { return strconv.FormatFloat(100*share, 'f', 2, 64) + "%" }
	return fmt.Sprintf("%s (%s–%s)", percent(x.Rate), percent(x.Low), percent(x.High))
}

// releases lists the frozen releases.
func (r *request) releases() error {
	if !r.Shelved() {
		return notFound("%s", r.T("no_page"))
	}
	all, err := r.server.opt.Shelf.List()
	if err != nil {
		return err
	}
	r.title = r.T("releases")
	return r.render("releases", all)
}

// shownChanges is how many reports the page of a release lists.
const shownChanges = 500

// differences reports one release, and what changed since the one before.
func (r *request) differences() error {
	if !r.Shelved() {
		return notFound("%s", r.T("no_page"))
	}
	record, dir, err := r.server.opt.Shelf.find(r.PathValue("name"))
	if err != nil {
		return err
	}
	changes, err := frozen.ReadChanges(dir)
	if err != nil {
		return err
	}
	r.title = r.T("release") + " " + record.Name
	n := min(len(changes), shownChanges)
	return r.render("differences", struct {
		Record  frozen.Record
		Changes []frozen.ReportChange
		More    int
	}{record, changes[:n], len(changes) - n})
}
