package read

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/pdf"
)

func zipOf(t testing.TB, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, n := range names {
		w, err := z.Create(n)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// ole is the start of a compound file whose directory names a stream.
func ole(stream, more string) []byte {
	b := append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 504)...)
	for _, u := range utf16.Encode([]rune(stream)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return append(b, more...)
}

func TestUnreadable(t *testing.T) {
	for _, c := range []struct {
		name, media, says string
		body              []byte
	}{
		{"empty.html", "", "an empty file", nil},
		{"blank.txt", "text/plain", "white space", []byte(" \r\n\t ")},
		{"called.pdf", "application/zip", "ZIP archive", zipOf(t, "a.txt")},
		{"a.ofd", "application/ofd", "OFD", zipOf(t, "OFD.xml", "Doc_0/Document.xml")},
		{"a.doc", "application/msword", "the compound file is damaged", ole("WordDocument", "Microsoft")},
		{"a.wps", "application/vnd.ms-works", ".wps", ole("WpsDocument", "\x00WPS Office\x00")},
		{"encrypted.docx", "application/x-ole-storage", "encrypted", ole("EncryptedPackage", "")},
		{"a.rar", "application/vnd.rar", "RAR", []byte("Rar!\x1a\x07\x01\x00xxxx")},
		{"a.7z", "application/x-7z-compressed", "7-Zip", []byte("7z\xbc\xaf\x27\x1c\x00\x04")},
		{"a.png", "image/png", "picture", []byte("\x89PNG\r\n\x1a\nxxx")},
		{"a.jpg", "image/jpeg", "picture", []byte("\xff\xd8\xff\xe0xxx")},
		{"garbage", "application/octet-stream", "binary data", bytes.Repeat([]byte{0, 1, 2, 3, 200, 201}, 100)},
		{"word.xml", "application/xml", "XML", []byte(`<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>`)},
		{"cut.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "damaged", zipOf(t, "[Content_Types].xml", "word/document.xml")[:120]},
		{"gzip.gz", "application/gzip", "damaged", []byte("\x1f\x8b\x08garbage")},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := Report(context.Background(), c.name, c.body, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if r.Reader != "" || r.MediaType != c.media || len(r.Facts) != 0 || len(r.Problems) == 0 || r.Problems[0].Kind != extract.UnreadableDocument || !strings.Contains(r.Problems[0].Detail, c.says) {
				t.Errorf("reader %q media %q problems %v", r.Reader, r.MediaType, r.Problems)
			}
		})
	}
}

const page = `<html><body><p>一、总体情况</p><table><tr><td>规章</td><td>11</td></tr><tr><td>文件</td><td>22</td></tr></table></body></html>`

func squeeze(t testing.TB, body []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The reader is chosen by content; names and servers lie.
func TestReaders(t *testing.T) {
	wide := []byte("\xff\xfe")
	for _, u := range utf16.Encode([]rune(page)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	for _, c := range []struct {
		name, reader string
		body         []byte
	}{
		{"a.pdf", "html", []byte(page)},
		{"fragment", "html", []byte("文字在前<table><tr><td>规章</td><td>11</td></tr><tr><td>文件</td><td>22</td></tr></table>")},
		{"utf-16", "html", wide},
		{"page.gz", "html", squeeze(t, []byte(page))},
		{"cut.gz", "html", squeeze(t, bytes.Repeat([]byte(page), 50))[:150]},
		{"saved.mht", "html", []byte("From: <x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"b1\"\r\n\r\n--b1\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
			strings.ReplaceAll(page, "=", "=3D") + "\r\n--b1--\r\n")},
		{"a.html", "txt", []byte("一、总体情况\n规章\t11\n文件\t22\n")},
		{"markdown", "txt", []byte("| 规章 | 11 |\n|---|---|\n| 文件<br>二 | 22 |\n")},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, err := Document(context.Background(), c.name, c.body, Options{})
			if err != nil {
				t.Fatal(err)
			}
			grids := 0
			for _, b := range doc.Blocks {
				if b.Grid != nil && b.Grid.At(0, 1).Text == "11" {
					grids++
				}
			}
			if doc.Reader != c.reader || grids == 0 {
				t.Errorf("reader %q, %d grids, problems %v", doc.Reader, grids, doc.Problems)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	doc, err := Document(context.Background(), "big", bytes.Repeat([]byte("<p>x"), 100), Options{MaxBytes: 100})
	if err != nil || doc.Reader != "" || doc.MediaType != "text/html" || doc.Problems[0].Kind != extract.UnreadableDocument {
		t.Errorf("%v %+v", err, doc)
	}
	bomb := squeeze(t, make([]byte, 10<<20))
	doc, err = Document(context.Background(), "bomb", bomb, Options{MaxBytes: 1 << 20})
	if err != nil || doc.Reader != "" || !strings.Contains(doc.Problems[0].Detail, "unpacks") {
		t.Errorf("%v %+v", err, doc)
	}
	nested := []byte(page)
	for range wrappers + 1 {
		nested = squeeze(t, nested)
	}
	if doc, err = Document(context.Background(), "nested", nested, Options{}); err != nil || doc.Reader != "" {
		t.Errorf("%v %+v", err, doc)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Document(ctx, "name", []byte(page), Options{}); err == nil || !strings.Contains(err.Error(), "name") {
		t.Errorf("an ended context gives %v", err)
	}
}

func TestSniffPDF(t *testing.T) {
	for body, want := range map[string]string{
		"%PDF-1.4\n": "pdf", "\r\n\ufeff%PDF-1.7": "pdf",
		strings.Repeat("junk ", 1000) + "%PDF-1.4\n1 0 obj": "pdf",
		"<p>a page about %PDF-1.4</p>":                      "html",
	} {
		if got := sniff([]byte(body)).id; got != want {
			t.Errorf("%.20q: %q", body, got)
		}
	}
}

// Whatever the bytes, a document comes back with a reader or with a reason. PDF has its own targets: each input would
// start a process.
func FuzzDocument(f *testing.F) {
	f.Add([]byte(page))
	f.Add([]byte("规章\t1\t2\n文件\t3\t4"))
	f.Add(zipOf(f, "word/document.xml"))
	f.Add(squeeze(f, []byte(page)))
	f.Add([]byte("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>x\n--b--"))
	f.Fuzz(func(t *testing.T, body []byte) {
		if sniff(body).id == "pdf" {
			t.Skip()
		}
		r, err := Report(context.Background(), "fuzz", body, Options{PDF: pdf.Options{OneReader: true}})
		if err != nil {
			t.Fatal(err)
		}
		if r.Reader == "" && len(r.Problems) == 0 {
			t.Fatal("unread without a reason")
		}
		for _, p := range r.Problems {
			if p.Code == "stage_failed" {
				t.Fatal(p.Detail)
			}
		}
	})
}
