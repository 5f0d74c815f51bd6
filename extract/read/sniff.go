package read

import (
	"archive/zip"
	"bytes"
	"unicode/utf8"
)

// format is what the bytes of a document are, whatever its name or its server says.
type format struct {
	id    string // html, txt, pdf, doc, docx, ofd, xlsx, office, picture, mhtml, gzip, or empty for a format that is not read
	media string // media type
	from  string // for a format that LibreOffice converts: the ending of its name
	to    string // and of what it is converted into
	what  string // for a format that is not read here: what it is, as the subject of a sentence
}

var (
	htmlFormat  = format{id: "html", media: "text/html"}
	textFormat  = format{id: "txt", media: "text/plain"}
	pdfFormat   = format{id: "pdf", media: "application/pdf"}
	docFormat   = format{id: "doc", media: "application/msword"}
	docxFormat  = format{id: "docx", media: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
	ofdFormat   = format{id: "ofd", media: "application/ofd"}
	xlsxFormat  = format{id: "xlsx", media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
	mhtmlFormat = format{id: "mhtml", media: "multipart/related"}
	gzipFormat  = format{id: "gzip", media: "application/gzip"}
)

// signatures of formats that are determined from their first bytes alone.
var signatures = []struct {
	prefix string
	format format
}{
	{"\x1f\x8b\x08", gzipFormat},
	{"Rar!\x1a\x07", format{media: "application/vnd.rar", what: "a RAR archive"}},
	{"7z\xbc\xaf\x27\x1c", format{media: "application/x-7z-compressed", what: "a 7-Zip archive"}},
	{"\x89PNG\r\n\x1a\n", format{id: "picture", media: "image/png", what: "a picture (PNG)"}},
	{"\xff\xd8\xff", format{id: "picture", media: "image/jpeg", what: "a picture (JPEG)"}},
	{"GIF8", format{id: "picture", media: "image/gif", what: "a picture (GIF)"}},
	{"II*\x00", format{id: "picture", media: "image/tiff", what: "a picture (TIFF)"}},
	{"MM\x00*", format{id: "picture", media: "image/tiff", what: "a picture (TIFF)"}},
	{"{\\rtf", format{id: "office", media: "application/rtf", from: "rtf", to: "docx", what: "an RTF document"}},
	{"Founder CEB", format{media: "application/x-ceb", what: "a Founder CEB document"}},
	{"PK\x05\x06", format{media: "application/zip", what: "an empty ZIP archive"}},
}

// pdfWindow is how far a PDF header is looked for behind foreign bytes.
const pdfWindow = 64 << 10

// sniff finds the format by content.
func sniff(body []byte) format {
	for _, s := range signatures {
		if bytes.HasPrefix(body, []byte(s.prefix)) {
			return s.format
		}
	}
	switch {
	case len(body) == 0:
		return format{what: "an empty file (0 bytes)"}
	case isPDF(body):
		return pdfFormat
	case bytes.HasPrefix(body, []byte("PK\x03\x04")):
		return sniffZip(body)
	case bytes.HasPrefix(body, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return sniffOLE(body)
	case bytes.HasPrefix(body, []byte("BM")) && len(body) > 26 && bytes.Equal(body[6:10], make([]byte, 4)):
		return format{id: "picture", media: "image/bmp", what: "a picture (BMP)"}
	case bytes.HasPrefix(body, []byte("RIFF")) && len(body) > 12 && string(body[8:12]) == "WEBP":
		return format{id: "picture", media: "image/webp", what: "a picture (WebP)"}
	}
	return sniffText(body)
}

// isPDF finds the header at the start, behind a little junk, or behind more of it when the body has the objects of a
// PDF.
func isPDF(body []byte) bool {
	i := bytes.Index(body[:min(len(body), pdfWindow)], []byte("%PDF-"))
	switch {
	case i < 0:
		return false
	case i < 16:
		return true
	}
	return bytes.Contains(body[i:], []byte(" obj"))
}

func sniffZip(body []byte) format {
	has := func(name string) bool { return bytes.Contains(body, []byte(name)) } // names stand uncompressed, in a truncated file too
	if z, err := zip.NewReader(bytes.NewReader(body), int64(len(body))); err == nil {
		names := make(map[string]bool, len(z.File))
		for _, f := range z.File {
			names[f.Name] = true
		}
		has = func(name string) bool { return names[name] }
	}
	switch {
	case has("word/document.xml"):
		return docxFormat
	case has("OFD.xml"):
		return ofdFormat
	case has("xl/workbook.xml"):
		return xlsxFormat
	case has("ppt/presentation.xml"):
		return format{media: "application/vnd.openxmlformats-officedocument.presentationml.presentation", what: "a PowerPoint presentation (.pptx)"}
	case bytes.Contains(body[:min(len(body), 200)], []byte("mimetypeapplication/vnd.oasis.opendocument.text")):
		return format{id: "office", media: "application/vnd.oasis.opendocument.text", from: "odt", to: "docx", what: "an OpenDocument text (.odt)"}
	case bytes.Contains(body[:min(len(body), 200)], []byte("mimetypeapplication/vnd.oasis.opendocument.spreadsheet")):
		return format{id: "office", media: "application/vnd.oasis.opendocument.spreadsheet", from: "ods", to: "xlsx", what: "an OpenDocument workbook (.ods)"}
	case has("word/document2.xml"), has("_rels/.rels") && has("[Content_Types].xml"):
		return docxFormat // its main part has another name; the reader follows the relations
	}
	return format{media: "application/zip", what: "a ZIP archive"}
}

// sniffOLE distinguishes the old binary Office formats by the names of their streams, which stand in UTF-16 in the
// directory.
func sniffOLE(body []byte) format {
	has := func(name string) bool {
		wide := make([]byte, 0, 2*len(name))
		for i := range len(name) {
			wide = append(wide, name[i], 0)
		}
		return bytes.Contains(body, wide)
	}
	switch {
	case has("EncryptedPackage"):
		return format{media: "application/x-ole-storage", what: "an Office document that is encrypted"}
	case has("WordDocument"):
		return docFormat
	case has("WpsDocument"):
		return format{media: "application/vnd.ms-works", what: "a document of an old WPS Writer (.wps)"}
	case has("Workbook"), has("Book"):
		return format{id: "office", media: "application/vnd.ms-excel", from: "xls", to: "xlsx", what: "an old binary workbook (.xls or .et)"}
	case has("PowerPoint Document"):
		return format{media: "application/vnd.ms-powerpoint", what: "an old binary PowerPoint presentation (.ppt)"}
	}
	return format{media: "application/x-ole-storage", what: "an OLE compound file (.doc, .wps or .xls)"}
}

// sniffText distinguishes HTML, MHTML, other markup, plain text and binary garbage.
func sniffText(body []byte) format {
	head := body[:min(len(body), 64<<10)]
	wide := bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff"))
	if wide { // UTF-16: every other byte of markup is NUL
		head = bytes.ReplaceAll(head, []byte{0}, nil)[2:]
	} else if garbage(head) {
		return format{media: "application/octet-stream", what: "binary data of no known format"}
	}
	head = bytes.TrimLeft(head, "\xef\xbb\xbf \t\r\n\f")
	low := bytes.ToLower(head[:min(len(head), 1024)])
	switch {
	case len(low) == 0:
		return format{media: "text/plain", what: "a file of white space"}
	case bytes.Contains(low, []byte("mime-version:")) && bytes.Contains(bytes.ToLower(head), []byte("multipart/")):
		return mhtmlFormat
	case bytes.Contains(low, []byte("<?mso-application")), bytes.Contains(low, []byte("<pkg:package")):
		return format{media: "application/xml", what: "a Word document saved as XML"}
	case bytes.HasPrefix(low, []byte("<svg")):
		return format{media: "image/svg+xml", what: "a picture (SVG)"}
	}
	if low[0] == '<' && len(low) > 1 && (low[1] >= 'a' && low[1] <= 'z' || low[1] == '!' || low[1] == '?') {
		return htmlFormat
	}
	low = bytes.ToLower(head)
	ends := 0
	for _, tag := range []string{"</p>", "</td>", "</div>", "</span>", "</tr>", "</html>", "</body>", "</a>", "</title>", "<html", "<body"} {
		if bytes.Contains(low, []byte(tag)) {
			ends++
		}
	}
	if ends > 0 {
		return htmlFormat
	}
	return textFormat
}

// garbage reports bytes that are no text: more than one in a hundred is a control character that texts do not hold.
func garbage(head []byte) bool {
	control := 0
	for _, c := range head {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v' && c != 0x1a && c != 0x1b || c == 0x7f {
			control++
		}
	}
	return control*100 > len(head) || control > 0 && len(head) < 64 && !utf8.Valid(head)
}
