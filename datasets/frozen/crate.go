package frozen

import (
	"net/url"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/release"
)

// entity is one object of the RO-Crate graph.
type entity map[string]any

type reference struct {
	ID string `json:"@id"`
}

// crate writes the metadata of RO-Crate 1.1 (https://w3id.org/ro/crate/1.1): the release as a dataset with each of its
// files.
func (r *Record) crate(dir string) error {
	licence := release.Licences[0]
	var parts, authors []reference
	var files []entity
	for _, f := range append(r.Files, File{Path: RecordFile}) {
		id := crateID(f.Path)
		parts = append(parts, reference{id})
		e := entity{"@id": id, "@type": "File", "name": f.Path, "encodingFormat": mediaType(f.Path)}
		if f.SHA256 != "" {
			e["contentSize"], e["sha256"] = strconv.FormatInt(f.Bytes, 10), f.SHA256
		}
		files = append(files, e)
	}
	graph := []entity{{"@id": CrateFile, "@type": "CreativeWork", "about": reference{"./"}, "conformsTo": reference{"https://w3id.org/ro/crate/1.1"}}}
	var people []entity
	for i, name := range r.Authors {
		id := "#author-" + strconv.Itoa(i+1)
		authors = append(authors, reference{id})
		people = append(people, entity{"@id": id, "@type": "Organization", "name": name})
	}
	name, description := title, "Release "+r.Name+" of "+r.Date+". Numbers as published, each with its place in the source; arithmetic rules flag what does not add up. A blank is not zero."
	if r.Sample != nil {
		name, description = "SAMPLE of "+title, r.Sample.Note
	}
	root := entity{"@id": "./", "@type": "Dataset", "name": name, "description": description, "datePublished": r.Date, "version": r.Name, "identifier": "sha256:" + r.Digest,
		"license": reference{licence.Path}, "author": authors, "publisher": authors[0], "inLanguage": []string{"zh", "en"}, "hasPart": parts, "mentions": reference{"#build"},
		"keywords": []string{"open government", "China", "freedom of information", "政府信息公开工作年度报告"}}
	if r.DOI != "" {
		root["identifier"], root["cite-as"] = "https://doi.org/"+r.DOI, "https://doi.org/"+r.DOI
	}
	program, version, _ := strings.Cut(r.Software, "/")
	graph = append(graph, root)
	graph = append(graph, files...)
	graph = append(graph, people...)
	graph = append(graph,
		entity{"@id": licence.Path, "@type": "CreativeWork", "name": licence.Name, "description": licence.Title},
		entity{"@id": "#software", "@type": "SoftwareApplication", "name": program, "version": version, "url": "https://github.com/gongkai-data/gongkai"},
		entity{"@id": "#build", "@type": "CreateAction", "name": "gongkai build", "instrument": reference{"#software"}, "result": reference{"./"}})
	return writeJSON(filepath.Join(dir, CrateFile), entity{"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph})
}

// crateID is the relative address of a file.
func crateID(p string) string { return (&url.URL{Path: p}).EscapedPath() }

// mediaTypes are those of the endings that a release has.
var mediaTypes = map[string]string{".parquet": "application/vnd.apache.parquet", ".md": "text/markdown", ".cff": "application/yaml", ".json": "application/json", ".csv": "text/csv",
	".html": "text/html", ".tsv": "text/tab-separated-values"}

func mediaType(name string) string {
	if t, ok := mediaTypes[path.Ext(name)]; ok {
		return t
	}
	return "application/octet-stream"
}
