package pdf

import (
	"context"
	"fmt"
	"os"

	"github.com/gongkai-data/gongkai/extract/pdf/fallback"
	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
	"github.com/gongkai-data/gongkai/extract/pdf/pdfium"
	"github.com/gongkai-data/gongkai/extract/pdf/worker"
)

// Roles of child processes.
const (
	mainRole     = "pdfium"
	fallbackRole = "pdf"
)

var limits = worker.Limits{Memory: 480 << 20, Job: 2 * defaultTimeout}

// Every program that imports this package may be started as a child, test binaries too, so that none can run itself
// again and again by mistake.
func init() { ChildMain() }

// ChildMain serves as a reading process when the parent asked for one, and never returns then. In every other process
// it returns at once.
func ChildMain() {
	var err error
	switch worker.Role() {
	case mainRole:
		err = worker.Serve(limits, prepareMain)
	case fallbackRole:
		err = worker.Serve(limits, prepareSecond)
	default:
		return
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func prepareMain() (func(job) (result, error), error) {
	library, err := pdfium.Start(context.Background())
	if err != nil {
		return nil, err
	}
	return func(j job) (result, error) {
		d, err := library.Open(j.Body, j.Password)
		if err != nil {
			return result{}, err
		}
		defer d.Close()
		if j.Render != nil && j.Render.Raw {
			picture, err := d.Render(j.Render.Page, j.Render.DPI)
			return result{Picture: picture}, err
		}
		if j.Render != nil {
			image, err := render(d, *j.Render)
			return result{PNG: image}, err
		}
		return result{Document: geometry.Layout(mainRole, d.Title, d.Pages, d.Page)}, nil
	}, nil
}

func prepareSecond() (func(job) (result, error), error) {
	return func(j job) (result, error) {
		d, err := fallback.Open(j.Body, j.Password)
		if err != nil {
			return result{}, err
		}
		return result{Document: geometry.Layout(fallbackRole, d.Title, d.Pages, d.Page)}, nil
	}, nil
}
