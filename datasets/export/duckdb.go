package export

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// DuckDB writes a SQL script that makes a database of the dataset: duckdb gongkai.duckdb < gongkai.sql. DuckDB's Go
// driver needs cgo and 60 MB, so the database is made by DuckDB itself. Tables hold the rows; columns carry their
// meaning as comments.
func DuckDB(w io.Writer, d *store.Dataset, data string) error {
	root, err := filepath.Abs(data)
	if err != nil {
		return fmt.Errorf("finding the folder of the dataset: %w", err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "-- Makes a DuckDB database of the gongkai dataset, schema %s:\n--   duckdb gongkai.duckdb < gongkai.sql\n", d.Manifest().SchemaVersion)
	for _, t := range schema.All(d.Panel()) {
		if !d.Holds(t) {
			continue
		}
		t = d.Table(t)
		files := t.Name + ".parquet"
		if t.Partitioned {
			files = t.Name + "/*/*.parquet"
		}
		// the files hold the column year themselves, so the folder names are not needed
		fmt.Fprintf(&b, "\nCREATE OR REPLACE TABLE %s AS SELECT * FROM read_parquet(%s, hive_partitioning = false);\n", t.Name, quoted(filepath.ToSlash(filepath.Join(root, files))))
		fmt.Fprintf(&b, "COMMENT ON TABLE %s IS %s;\n", t.Name, quoted(t.EN))
		for _, c := range t.Columns {
			fmt.Fprintf(&b, "COMMENT ON COLUMN %s.\"%s\" IS %s;\n", t.Name, c.Name, quoted(described(c)))
		}
	}
	_, err = io.WriteString(w, b.String())
	return err
}

func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// described is what a column holds and in which unit.
func described(c schema.Column) string {
	if c.Unit == "" {
		return c.EN
	}
	return c.EN + " (unit: " + c.Unit + ")"
}
