package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"
)

// bomb is a workbook of one sheet whose parts are written by their own hands.
func bomb(t *testing.T, sheet, strs func(w io.Writer)) []byte {
	t.Helper()
	const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	text := func(s string) func(io.Writer) { return func(w io.Writer) { fmt.Fprint(w, s) } }
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range []struct {
		name  string
		write func(io.Writer)
	}{
		{"[Content_Types].xml", text(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`)},
		{"_rels/.rels", text(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`)},
		{"xl/workbook.xml", text(`<workbook xmlns="` + main + `" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="年报" sheetId="1" r:id="r1"/></sheets></workbook>`)},
		{"xl/_rels/workbook.xml.rels", text(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`)},
		{"xl/worksheets/sheet1.xml", func(w io.Writer) {
			fmt.Fprint(w, `<worksheet xmlns="`+main+`">`)
			sheet(w)
			fmt.Fprint(w, `</worksheet>`)
		}},
		{"xl/sharedStrings.xml", func(w io.Writer) {
			fmt.Fprint(w, `<sst xmlns="`+main+`">`)
			strs(w)
			fmt.Fprint(w, `</sst>`)
		}},
	} {
		w, err := z.Create(part.name)
		if err != nil {
			t.Fatal(err)
		}
		part.write(w)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestBombs: small files that unpack to much, or claim much, are read within 512 MB or told, and do not hang.
func TestBombs(t *testing.T) {
	nothing := func(io.Writer) {}
	repeat := func(n int, s string) func(io.Writer) {
		return func(w io.Writer) {
			for block := strings.Repeat(s, 1000); n > 0; n -= 1000 {
				fmt.Fprint(w, block)
			}
		}
	}
	data := func(inner func(io.Writer)) func(io.Writer) {
		return func(w io.Writer) {
			fmt.Fprint(w, "<sheetData>")
			inner(w)
			fmt.Fprint(w, "</sheetData>")
		}
	}
	one := func(s string) func(io.Writer) { return func(w io.Writer) { fmt.Fprint(w, s) } }
	for name, body := range map[string][]byte{
		"a sheet of 200 MB":     bomb(t, data(repeat(200<<10, strings.Repeat(" ", 1<<10))), nothing),
		"strings of 200 MB":     bomb(t, data(one(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`)), repeat(200<<10, "<si><t>"+strings.Repeat("长", 340)+"</t></si>")),
		"a million cells":       bomb(t, data(repeat(1e6, `<row><c><v>1</v></c></row>`)), nothing),
		"a row of a million":    bomb(t, data(func(w io.Writer) { fmt.Fprint(w, "<row>"); repeat(1e6, `<c><v>1</v></c>`)(w); fmt.Fprint(w, "</row>") }), nothing),
		"a cell in the far end": bomb(t, data(one(`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`)), nothing),
		"everything is merged": bomb(t, func(w io.Writer) {
			data(one(`<row r="1"><c r="A1"><v>1</v></c></row>`))(w)
			fmt.Fprint(w, `<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>`)
		}, nothing),
		"many things are merged": bomb(t, func(w io.Writer) {
			data(one(`<row r="1"><c r="A1"><v>1</v></c></row>`))(w)
			fmt.Fprint(w, `<mergeCells>`)
			repeat(300_000, `<mergeCell ref="A1:Z5000"/>`)(w)
			fmt.Fprint(w, `</mergeCells>`)
		}, nothing),
		"a far number of strings": bomb(t, data(one(`<row r="1"><c r="A1" t="s"><v>2147483647</v></c></row>`)), one(`<si><t>a</t></si>`)),
		"as many texts as may be": bomb(t, data(func(w io.Writer) {
			for r := range maxFilled / 100 {
				fmt.Fprint(w, "<row>")
				for c := range 99 {
					fmt.Fprintf(w, `<c t="inlineStr"><is><t>第%d项申请</t></is></c>`, 100*r+c)
				}
				fmt.Fprint(w, "</row>")
			}
		}), nothing),
		"as many cells as may be": bomb(t, data(func(w io.Writer) {
			for range maxStyled / 100 {
				fmt.Fprint(w, "<row>"+strings.Repeat("<c/>", 98)+"<c><v>1</v></c></row>")
			}
		}), nothing),
		"elements within elements": bomb(t, data(func(w io.Writer) {
			repeat(1e6, "<row>")(w)
		}), nothing),
	} {
		t.Run(name, func(t *testing.T) {
			if len(body) > 4<<20 {
				t.Fatalf("the file has %d bytes", len(body))
			}
			runtime.GC()
			stop, most := make(chan struct{}), make(chan uint64)
			go func() {
				top := uint64(0)
				for {
					select {
					case <-stop:
						most <- top
						return
					case <-time.After(20 * time.Millisecond):
						var m runtime.MemStats
						runtime.ReadMemStats(&m)
						top = max(top, m.HeapInuse)
					}
				}
			}()
			start := time.Now()
			d, err := Read(context.Background(), body)
			took := time.Since(start)
			close(stop)
			top := <-most
			if err != nil || d.Reader == "" && len(d.Problems) == 0 {
				t.Errorf("error %v, nothing is told", err)
			}
			t.Logf("%v, %d MB, read by %q, %v", took, top>>20, d.Reader, d.Problems)
			if top > 512<<20 {
				t.Errorf("%d MB", top>>20)
			}
		})
	}
}

// TestWithoutStyles: a workbook that holds nothing but its cells is read.
func TestWithoutStyles(t *testing.T) {
	body := bomb(t, func(w io.Writer) {
		fmt.Fprint(w, `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>规章</t></is></c><c r="B1"><v>12</v></c><c r="C1" s="3"><v>0</v></c></row></sheetData>`)
	}, func(io.Writer) {})
	if got, d := shown(t, body); got != "0,0=规章 | 0,1=12 | 0,2=0" {
		t.Errorf("%s %v", got, d.Problems)
	}
}
