package store

import (
	"path"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// PackageFile is the name of the dataset's descriptor, a Frictionless Data Package
// (https://specs.frictionlessdata.io/data-package/).
const PackageFile = "datapackage.json"

type packageDescriptor struct {
	Name        string            `json:"name"`
	Title       string            `json:"title"`
	Description string            `json:"description"`
	Version     string            `json:"version"`
	Licences    []Licence         `json:"licenses,omitempty"`
	Sources     []Source          `json:"sources,omitempty"`
	Resources   []packageResource `json:"resources"`
}

// Licence is a licence under which the data, or a part of it, may be used.
type Licence struct {
	Name  string `json:"name"`           // SPDX identifier
	Path  string `json:"path,omitempty"` // address of its text
	Title string `json:"title"`
}

// Source is where the data comes from.
type Source struct {
	Title string `json:"title"`
	Path  string `json:"path,omitempty"` // address
}

type packageResource struct {
	Name          string        `json:"name"`
	Path          string        `json:"path"`
	Title         string        `json:"title"`
	Description   string        `json:"description"`
	Profile       string        `json:"profile"`
	Format        string        `json:"format"`
	MediaType     string        `json:"mediatype"`
	Encoding      string        `json:"encoding"`
	Hash          string        `json:"hash"`
	Table         string        `json:"gongkai:table"`
	PartitionYear *string       `json:"gongkai:year,omitempty"` // of a file of a partitioned table
	Schema        packageSchema `json:"schema"`
}

type packageSchema struct {
	Fields []packageField `json:"fields"`
	// MissingValues is empty, as in Parquet null is null and an empty text is a text; the standard's default would take
	// the one for the other.
	MissingValues []string `json:"missingValues"`
}

type packageField struct {
	Name          string              `json:"name"`
	Type          string              `json:"type"`
	Description   string              `json:"description"`    // English
	DescriptionZH string              `json:"description_zh"` // Chinese
	ParquetType   string              `json:"gongkai:type"`   // exact type, in Arrow's words
	Unit          string              `json:"gongkai:unit,omitempty"`
	Constraints   *packageConstraints `json:"constraints,omitempty"`
}

type packageConstraints struct {
	Required bool     `json:"required,omitempty"`
	Enum     []string `json:"enum,omitempty"`
}

// dataPackage describes every Parquet file of a manifest. The standard has no resource of many Parquet files (its
// multipart files are put end to end before they are read), so each file of a partitioned table is a resource;
// gongkai:table names its table.
func dataPackage(tables []*schema.Table, m Manifest, opt DatasetOptions) packageDescriptor {
	d := packageDescriptor{
		Name: "gongkai", Title: "政府信息公开工作年度报告数据集 / Annual open-government reports of Chinese public bodies", Version: m.SchemaVersion,
		Licences: opt.Licences, Sources: opt.Sources,
		Description: "Every number of the annual reports on open government information work (政府信息公开工作年度报告), as published and made comparable.",
	}
	if m.Sample != nil {
		d.Description += " " + m.Sample.Note
	}
	for _, t := range tables {
		for _, f := range m.Files {
			if f.Table != t.Name {
				continue
			}
			r := packageResource{
				Name: strings.ReplaceAll(t.Name, "_", "-"), Path: f.Path, Title: t.ZH, Description: t.EN, Profile: "tabular-data-resource", Format: "parquet",
				MediaType: "application/vnd.apache.parquet", Encoding: "utf-8", Hash: "sha256:" + f.SHA256, Table: t.Name, Schema: fieldsOf(t),
			}
			if t.Partitioned {
				year := strings.TrimPrefix(path.Base(path.Dir(f.Path)), "year=")
				r.PartitionYear = &year
				r.Name += "-" + strings.ToLower(strings.Trim(year, "_"))
			}
			d.Resources = append(d.Resources, r)
		}
	}
	return d
}

func fieldsOf(t *schema.Table) packageSchema {
	s := packageSchema{MissingValues: []string{}}
	for _, c := range t.Columns {
		f := packageField{Name: c.Name, Type: frictionlessType(c), Description: c.EN, DescriptionZH: c.ZH, ParquetType: c.Type.String(), Unit: c.Unit}
		if !c.Nullable || c.Enum != nil {
			f.Constraints = &packageConstraints{Required: !c.Nullable, Enum: c.Enum}
		}
		s.Fields = append(s.Fields, f)
	}
	return s
}

// frictionlessType is the type as Frictionless' own validator sees it. It reads Parquet by way of pandas, where an
// integer that may be null is a floating-point number and a list an array that it does not know: these are 'number' and
// 'any', and gongkai:type says what they are.
func frictionlessType(c schema.Column) string {
	switch c.Type.ID() {
	case arrow.INT32, arrow.INT64:
		if c.Nullable {
			return "number"
		}
		return "integer"
	case arrow.FLOAT64:
		return "number"
	case arrow.BOOL:
		return "boolean"
	case arrow.DATE32:
		return "date"
	case arrow.TIMESTAMP:
		return "datetime"
	case arrow.LIST:
		return "any"
	}
	return "string"
}
