// Package bundle opens zip files that hold documents: a site that offers its reports of several years in one file. The
// address of a document in one is that of the zip file, !/ and its name there. Zip files within zip files stay closed.
package bundle

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/gongkai-data/gongkai/extract/charset"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// Limits of one zip file.
const (
	maxNames     = 5000
	MaxDocuments = 200
	maxDocument  = 64 << 20 // bytes of one document, unpacked
	maxTotal     = 512 << 20
)

// ErrLimit is wrapped by errors about a zip file that holds more than is read.
var ErrLimit = errors.New("the zip file holds more than is read")

// mark stands between the address of a zip file and the name of a document in it.
const mark = "!/"

// Split takes an address apart; ok is false for one that is no document in a zip file.
func Split(address string) (zip, name string, ok bool) {
	zip, name, ok = strings.Cut(address, mark)
	return zip, name, ok && name != ""
}

// Document is one document in a zip file.
type Document struct {
	Name string // with its folders, as it stands in addresses
	Body []byte
}

// Address of a document in a zip file.
func Address(zip, name string) string { return zip + mark + name }

// escape keeps a name one piece of an address.
var escape = strings.NewReplacer("%", "%25", "?", "%3F", "#", "%23", "!/", "%21/")

// Names returns the names of the files in a zip file; nil when it is none, or a document whose format is zip.
func Names(body []byte) []string {
	files := open(body)
	names := make([]string, 0, len(files))
	for _, f := range files {
		names = append(names, f.name)
	}
	return names
}

type member struct {
	name string
	file *zip.File
}

// open lists the files of a zip file that is no document itself.
func open(body []byte) []member {
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil
	}
	var files []member
	for i, f := range z.File {
		name := f.Name
		if f.NonUTF8 { // as Chinese programs write them
			text, _ := charset.Decode([]byte(name), "")
			name = string(text)
		}
		name = strings.TrimLeft(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/")
		switch base := path.Base(name); {
		case base == "[Content_Types].xml" || base == "OFD.xml" || base == "mimetype":
			return nil
		case i >= maxNames, f.FileInfo().IsDir(), strings.HasPrefix(base, "."), strings.HasPrefix(name, "__MACOSX/"):
		default:
			files = append(files, member{name, f})
		}
	}
	return files
}

// readable are the endings of documents that are read.
var readable = lazyregexp.New(`(?i)\.(?:pdf|docx?|wps|ofd|html?|mht(?:ml)?|txt|md|xlsx?|et|rtf|odt|ods)$`)

// Readable reports whether a name is that of a document that is read.
func Readable(name string) bool { return readable.MatchString(name) }

// Documents unpacks the documents of a zip file, one after the other; none where it holds none, or is a document
// itself. What goes beyond the limits, or is damaged or encrypted, is left out, and the error, which joins one for
// each, says so.
func Documents(body []byte, each func(Document) error) error {
	var faults []error
	total, n := int64(0), 0
	seen := map[string]bool{}
	for _, f := range open(body) {
		name := escape.Replace(f.name)
		if !Readable(f.name) || seen[name] {
			continue
		}
		seen[name] = true
		if n++; n > MaxDocuments || total > maxTotal {
			faults = append(faults, fmt.Errorf("%w: more than %d documents or %d MB", ErrLimit, MaxDocuments, maxTotal>>20))
			break
		}
		text, err := unpack(f.file)
		total += int64(len(text))
		if err != nil {
			faults = append(faults, fmt.Errorf("unpacking %s: %w", f.name, err))
			continue
		}
		if err := each(Document{name, text}); err != nil {
			return err
		}
	}
	return errors.Join(faults...)
}

// Open unpacks one document by its name as it stands in addresses.
func Open(body []byte, name string) ([]byte, error) {
	for _, f := range open(body) {
		if escape.Replace(f.name) == name {
			return unpack(f.file)
		}
	}
	return nil, fmt.Errorf("the zip file holds no %s", name)
}

func unpack(f *zip.File) ([]byte, error) {
	if f.Flags&1 != 0 {
		return nil, errors.New("it is encrypted")
	}
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, maxDocument+1))
	if err == nil && len(text) > maxDocument {
		err = fmt.Errorf("%w: a document of more than %d MB", ErrLimit, maxDocument>>20)
	}
	return text, err
}
