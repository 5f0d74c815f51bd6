package read

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/docx"
	"github.com/gongkai-data/gongkai/extract/office"
	"github.com/gongkai-data/gongkai/extract/sheet"
	"github.com/richardlehane/mscfb"
)

// convert reads a document by way of LibreOffice. Places are those of the converted copy.
func convert(ctx context.Context, f format, body []byte, copies Copies) (*extract.Document, error) {
	converted, err := copied(ctx, f, body, copies)
	var place keepError
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.As(err, &place):
		return nil, err
	case errors.Is(err, office.ErrMissing):
		return unreadable(f.media, "office.missing", f.what, err), nil
	case err != nil:
		return unreadable(f.media, "office.failed", f.what, err), nil
	}
	var doc *extract.Document
	if f.to == "xlsx" {
		doc, err = sheet.Read(ctx, converted)
	} else {
		doc, err = docx.Read(ctx, converted, docx.Options{})
	}
	if err != nil {
		return nil, err
	}
	doc.MediaType = f.media
	if doc.Reader != "" {
		doc.Reader = f.from
	}
	if why := ended(f, body); why != "" { // LibreOffice shows what there is and says nothing
		doc.LeaveOpen()
		doc.Problems = append(doc.Problems, extract.Tell(extract.Truncated, "office.cut", why))
	}
	return doc, nil
}

// ended says why a document ends early, "" where it does not. A ZIP that is cut cannot be opened at all.
func ended(f format, body []byte) string {
	switch f.from {
	case "rtf":
		if open := openGroups(body); open != 0 {
			return fmt.Sprintf("the RTF document ends with %d groups open", open)
		}
	case "xls":
		r, err := mscfb.New(bytes.NewReader(body))
		if err != nil {
			return "the compound file is damaged: " + err.Error()
		}
		for e, err := r.Next(); err == nil; e, err = r.Next() {
			if n, err := io.Copy(io.Discard, io.LimitReader(e, int64(len(body)))); err != nil || n < e.Size && e.Size > 0 {
				return fmt.Sprintf("the stream %s ends early", e.Name)
			}
		}
	}
	return ""
}

// openGroups counts the groups of an RTF document that do not end; binary data (\bin) is passed over by its length.
func openGroups(body []byte) (open int) {
	for i := 0; i < len(body); i++ {
		switch body[i] {
		case '\\':
			if n, skip := binary(body[i:]); skip > 0 {
				i += n + skip - 1
				continue
			}
			i++
		case '{':
			open++
		case '}':
			if open--; open == 0 {
				return 0
			}
		}
	}
	return open
}

// binary reads \binN and returns N and the length of the word with the blank behind it.
func binary(b []byte) (n, skip int) {
	if !bytes.HasPrefix(b, []byte(`\bin`)) {
		return 0, 0
	}
	i := len(`\bin`)
	for ; i < len(b) && b[i] >= '0' && b[i] <= '9' && n < 1<<30; i++ {
		n = 10*n + int(b[i]-'0')
	}
	if i == len(`\bin`) {
		return 0, 0
	}
	if i < len(b) && b[i] == ' ' {
		i++
	}
	return n, i
}
