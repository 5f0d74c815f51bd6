// Package sheet reads workbooks in OOXML (.xlsx, ECMA-376 part 1, 18): what a person sees of each sheet, as paragraphs
// and grids.
package sheet

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/word"
	"github.com/xuri/excelize/v2"
)

const mediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// Limits of one workbook; a report has some hundred rows.
const (
	maxUnzipped = 64 << 20
	maxSheets   = 50
	maxRows     = 5000 // of one sheet
)

// Read reads one workbook. Place.Path is the sheet and the cell, e.g. 年报!B3. Hidden sheets, rows and columns are left
// out; of a formula the value that the file keeps is read. What is wrong with the file is told in Document.Problems;
// the error is ctx's.
func Read(ctx context.Context, body []byte) (*extract.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("read XLSX: %w", err)
	}
	out := &extract.Document{MediaType: mediaType}
	fail := func(code string, err error) (*extract.Document, error) {
		out.Problems = append(out.Problems, extract.Tell(extract.UnreadableDocument, code, err))
		return out, nil
	}
	if err := tooHeavy(body); err != nil {
		return fail("sheet.container", err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(body), excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped})
	if err != nil {
		return fail("sheet.container", err)
	}
	defer f.Close()
	var story word.Story
	names := f.GetSheetList()
	for i, name := range names {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("read XLSX: %w", err)
		}
		if i == maxSheets {
			out.Problems = append(out.Problems, extract.Tell(extract.Truncated, "sheet.limit", len(names), maxSheets))
			break
		}
		if visible, err := f.GetSheetVisible(name); err != nil || !visible {
			continue
		}
		p, err := readPane(f, name)
		if err != nil {
			unread := extract.Tell(extract.Truncated, "sheet.unread", name, err)
			unread.Locator = name
			out.Problems = append(out.Problems, unread)
			continue
		}
		p.add(&story)
	}
	story.End()
	out.Blocks = story.Blocks
	if len(out.Blocks) == 0 {
		return fail("sheet.empty", errors.New("no sheet shows any text"))
	}
	out.Reader = "xlsx"
	return out, nil
}
