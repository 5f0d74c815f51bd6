package ofd

import (
	"context"
	"errors"
	"path"

	"github.com/gongkai-data/gongkai/extract"
)

// document is an opened OFD document: where its pages stand.
type document struct {
	ctx      context.Context
	files    *container
	title    string
	pages    []pageRef
	problems []extract.Problem

	paths, images int // drawn so far
}

type pageRef struct {
	id, file string
	of       *body
}

// body is one of the documents in the container. IDs are its own: another may give the same one to something else
// (6.3).
type body struct {
	*document
	templates map[string]string // files by ID
	notes     map[string]string // files of annotations by the ID of their page
	area      *node             // PageArea of pages that have none
	params    map[string]drawParam
	units     map[string]*node  // CompositeGraphicUnit by ID
	media     map[string]string // files by ID
}

func open(ctx context.Context, data []byte) (*document, error) {
	c, err := openContainer(data)
	if err != nil {
		return nil, err
	}
	root, err := c.parse("OFD.xml")
	if err != nil {
		return nil, err
	}
	d := &document{ctx: ctx, files: c}
	if root.kid("Encryptions") != nil || c.files["Encryptions.xml"] != nil {
		return nil, errEncrypted
	}
	for _, b := range root.kids {
		if b.name != "DocBody" {
			continue
		}
		if d.title == "" {
			d.title = b.get("DocInfo", "Title")
		}
		of := &body{document: d, templates: map[string]string{}, notes: map[string]string{}, params: map[string]drawParam{}, units: map[string]*node{}, media: map[string]string{}}
		if err := of.read(c.resolve("OFD.xml", b.get("DocRoot"))); err != nil {
			return nil, err
		}
	}
	if len(d.pages) == 0 {
		return nil, errors.New("it has no pages")
	}
	return d, nil
}

// read reads Document.xml (7.5).
func (d *body) read(file string) error {
	root, err := d.files.parse(file)
	if err != nil {
		return err
	}
	common := root.kid("CommonData")
	d.area = common.kid("PageArea")
	if common != nil {
		for _, k := range common.kids {
			switch k.name {
			case "PublicRes", "DocumentRes":
				d.resources(d.files.resolve(file, k.text))
			case "TemplatePage":
				d.templates[k.attr("ID")] = d.files.resolve(file, k.attr("BaseLoc"))
			}
		}
	}
	if pages := root.kid("Pages"); pages != nil {
		for _, p := range pages.kids {
			if p.name == "Page" {
				d.pages = append(d.pages, pageRef{p.attr("ID"), d.files.resolve(file, p.attr("BaseLoc")), d})
			}
		}
	}
	if at := root.get("Annotations"); at != "" {
		d.annotations(d.files.resolve(file, at))
	}
	return nil
}

// annotations reads the list of annotated pages (15.1). What it lacks, viewers do not show.
func (d *body) annotations(file string) {
	root, err := d.files.parse(file)
	if err != nil {
		d.tell(0, "ofd.annotations", err)
		return
	}
	for _, p := range root.kids {
		if p.name == "Page" {
			d.notes[p.attr("PageID")] = d.files.resolve(file, p.get("FileLoc"))
		}
	}
}

// resources reads a file of resources (7.9): what objects take their colours and line widths from, and drawings used
// more than once.
func (d *body) resources(file string) {
	root, err := d.files.parse(file)
	if err != nil {
		d.tell(0, "ofd.resources", err)
		return
	}
	for _, group := range root.kids {
		for _, r := range group.kids {
			switch r.name {
			case "DrawParam":
				d.params[r.attr("ID")] = readDrawParam(r)
			case "CompositeGraphicUnit":
				d.units[r.attr("ID")] = r
			case "MultiMedia":
				d.media[r.attr("ID")] = d.files.resolve(path.Join(path.Dir(file), root.attr("BaseLoc"), "file"), r.get("MediaFile"))
			}
		}
	}
}

// tell notes a part of the document that was not read: what stands there would be missing.
func (d *document) tell(page int, code string, err error) {
	p := extract.Tell(extract.Truncated, code, err)
	p.Page = page
	d.problems = append(d.problems, p)
}
