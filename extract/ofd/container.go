package ofd

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Limits of one document. A report has some ten pages of 50 KB.
const (
	maxEntries = 10_000   // files in the container
	maxPart    = 16 << 20 // bytes that one XML file may unpack to
	maxTotal   = 128 << 20
	maxNodes   = 400_000 // elements of one file
	maxDepth   = 100     // nesting of its elements
)

// node is an element of an XML file. Names are local: producers write the namespace with any prefix or none.
type node struct {
	name  string
	attrs map[string]string
	kids  []*node
	text  string
}

// kid returns the first child of a name, or nil.
func (n *node) kid(name string) *node {
	if n == nil {
		return nil
	}
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
	}
	return nil
}

// get follows names to the text of an element, "" where there is none.
func (n *node) get(names ...string) string {
	for _, name := range names {
		n = n.kid(name)
	}
	if n == nil {
		return ""
	}
	return strings.TrimSpace(n.text)
}

func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	return n.attrs[name]
}

// container is the ZIP file (6.1).
type container struct {
	files map[string]*zip.File
	read  int64 // bytes unpacked so far
}

func openContainer(body []byte) (*container, error) {
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil, fmt.Errorf("the container is damaged or cut: %w", err)
	}
	if len(z.File) > maxEntries {
		return nil, fmt.Errorf("the container holds %d files, more than the limit of %d", len(z.File), maxEntries)
	}
	c := &container{files: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, errEncrypted
		}
		c.files[clean(f.Name)] = f
	}
	return c, nil
}

func clean(name string) string {
	return strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/")
}

// resolve returns the file that a location (ST_Loc, 7.2) names in another file; some producers write it from the root
// without a slash.
func (c *container) resolve(from, location string) string {
	location = strings.TrimSpace(location)
	if strings.HasPrefix(location, "/") {
		return clean(location)
	}
	near := clean(path.Join(path.Dir(from), location))
	if c.files[near] == nil && c.files[clean(location)] != nil {
		return clean(location)
	}
	return near
}

var (
	errTooMuch = errors.New("it unpacks to more than the limit")
	errShape   = fmt.Errorf("it has more than %d elements or nests them deeper than %d", maxNodes, maxDepth)
)

// parse reads an XML file of the container.
func (c *container) parse(name string) (*node, error) {
	f := c.files[name]
	if f == nil {
		return nil, fmt.Errorf("the file %s is missing", name)
	}
	in, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", name, err)
	}
	defer in.Close()
	limited := &io.LimitedReader{R: in, N: min(maxPart, maxTotal-c.read) + 1}
	start := limited.N
	root, err := parseXML(limited)
	c.read += start - limited.N
	if limited.N <= 0 {
		err = errTooMuch
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return root, nil
}

func parseXML(in io.Reader) (*node, error) {
	d := xml.NewDecoder(in)
	d.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		return nil, fmt.Errorf("the character set %q is not one of OFD", label)
	}
	var root *node
	var open []*node
	var texts [][]byte // of the open elements: comments cut a text in as many pieces as they like
	for count := 0; ; {
		t, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if count++; count > maxNodes || len(open) == maxDepth {
				return nil, errShape
			}
			n := &node{name: t.Name.Local}
			if len(t.Attr) > 0 {
				n.attrs = make(map[string]string, len(t.Attr))
				for _, a := range t.Attr {
					n.attrs[a.Name.Local] = a.Value
				}
			}
			if len(open) > 0 {
				parent := open[len(open)-1]
				parent.kids = append(parent.kids, n)
			} else if root == nil {
				root = n
			}
			open, texts = append(open, n), append(texts, nil)
		case xml.EndElement:
			last := len(open) - 1
			open[last].text = string(texts[last])
			open, texts = open[:last], texts[:last]
		case xml.CharData:
			if last := len(open) - 1; last >= 0 {
				texts[last] = append(texts[last], t...)
			}
		}
	}
	if root == nil {
		return nil, errors.New("it is empty")
	}
	return root, nil
}
