"""read.py DATASET EXPECTED SCRIPT: reads a dataset as its users do, with pandas, polars, pyarrow and DuckDB, and compares what each sees with EXPECTED,
which was made by another reader. SCRIPT is the SQL script of `gongkai export --duckdb`."""
import datetime
import glob
import json
import math
import os
import sys

import duckdb
import pandas
import polars
import pyarrow
import pyarrow.dataset
import pyarrow.parquet

root, expected, script = sys.argv[1:4]
want = json.load(open(expected, encoding="utf-8"))


def place(table):
    single = f"{root}/{table}.parquet"
    return single if os.path.exists(single) else f"{root}/{table}/*/*.parquet"


def same(what, got, wanted):
    assert got == wanted, f"{what}: {got!r}, want {wanted!r}"


def numbers(what, count, total):
    """Readers add on several threads in an order of their own, so the last bits of a sum of shares differ from run to run."""
    same(what + ", count", count, want["numbers"])
    assert math.isclose(total, want["sum"], rel_tol=1e-12), f"{what}, sum: {total!r}, want {want['sum']!r}"


# types: every file of a table has the schema that the descriptor states
exact = {}
for resource in json.load(open(root + "/datapackage.json", encoding="utf-8"))["resources"]:
    schema = pyarrow.parquet.read_schema(f"{root}/{resource['path']}")
    seen = [(f.name, str(f.type)) for f in schema]
    same(resource["path"], [n for n, _ in seen], [f["name"] for f in resource["schema"]["fields"]])
    same(resource["path"], exact.setdefault(resource["gongkai:table"], seen), seen)
types = dict(exact["facts"]) | {"r." + n: t for n, t in exact["reports"]}
for column, kind in {"value": "double", "year": "int32", "applicant": "string", "failed_checks": "list<element: string>", "r.published_on": "date32[day]",
                     "r.fetched_at": "timestamp[us, tz=UTC]", "r.sections": "list<element: int32>", "r.warc_offset": "int64"}.items():
    same("type of " + column, types[column].replace("list<item:", "list<element:"), kind)

# rows: each reader sees every row of every table
for table, rows in want["rows"].items():
    files = sorted(glob.glob(place(table)))
    same("pandas " + table, sum(len(pandas.read_parquet(f)) for f in files), rows)
    same("polars " + table, polars.read_parquet(place(table)).height, rows)
    same("duckdb " + table, duckdb.execute(f"SELECT count(*) FROM '{place(table)}'").fetchone()[0], rows)
    folder = root + "/" + table
    same("pyarrow " + table, pyarrow.dataset.dataset(folder if os.path.isdir(folder) else folder + ".parquet").count_rows(), rows)

# nulls: a blank is null and no zero
p = pandas.read_parquet(root + "/facts", partitioning=None)
numbers("pandas numbers", int(p["value"].notna().sum()), float(p["value"].sum()))
same("pandas blanks", int((p[p["state"] == "blank"]["value"].notna()).sum()), 0)
numbers("polars numbers", *polars.scan_parquet(place("facts")).select(polars.col("value").count(), polars.col("value").sum().alias("s")).collect().row(0))
numbers("duckdb numbers", *duckdb.execute(f"SELECT count(value), sum(value) FROM '{place('facts')}'").fetchone())
a = pyarrow.dataset.dataset(root + "/facts").to_table()
numbers("pyarrow numbers", len(a) - a["value"].null_count, sum(v for v in a["value"].to_pylist() if v is not None))

# Chinese text, dates and times
titles = sorted(want["titles"])
same("pandas titles", sorted(pandas.read_parquet(root + "/reports.parquet")["title"]), titles)
same("polars titles", sorted(polars.read_parquet(root + "/reports.parquet")["title"].to_list()), titles)
same("duckdb titles", sorted(r[0] for r in duckdb.execute(f"SELECT title FROM '{place('reports')}'").fetchall()), titles)
days = {k: datetime.date.fromisoformat(v) for k, v in want["published"].items()}
r = pyarrow.parquet.read_table(root + "/reports.parquet")
same("pyarrow dates", {i: d for i, d in zip(r["report_id"].to_pylist(), r["published_on"].to_pylist()) if d is not None}, days)
same("duckdb dates", dict(duckdb.execute(f"SELECT report_id, published_on FROM '{place('reports')}' WHERE published_on IS NOT NULL").fetchall()), days)
q = polars.read_parquet(root + "/reports.parquet")
same("polars dates", dict(q.filter(polars.col("published_on").is_not_null()).select("report_id", "published_on").iter_rows()), days)
same("polars times", str(q["fetched_at"].dtype), "Datetime(time_unit='us', time_zone='UTC')")
assert str(pandas.read_parquet(root + "/reports.parquet")["fetched_at"].dtype).endswith(", UTC]")

# Hive partitions: the folder of a year holds that year, and a filter on the year gives its rows
for year, rows in want["years"].items():
    same("folder " + year, duckdb.execute(f"SELECT count(*), min(year), max(year) FROM read_parquet('{root}/facts/year={year}/*.parquet', hive_partitioning = false)").fetchone(),
         (rows, int(year), int(year)))
    same("duckdb " + year, duckdb.execute(f"SELECT count(*) FROM '{place('facts')}' WHERE year = {year}").fetchone()[0], rows)
    same("pandas " + year, len(pandas.read_parquet(root + "/facts", partitioning=None, filters=[("year", "==", int(year))])), rows)
    same("polars " + year, polars.scan_parquet(place("facts")).filter(polars.col("year") == int(year)).collect().height, rows)
    same("pyarrow " + year, pyarrow.dataset.dataset(root + "/facts", partitioning="hive").count_rows(filter=pyarrow.dataset.field("year") == int(year)), rows)

# the DuckDB database that the exported script makes
database = duckdb.connect()
for statement in open(script, encoding="utf-8").read().split(";\n"):
    if statement.strip():
        database.execute(statement)
for table, rows in want["rows"].items():
    same("database " + table, database.execute(f"SELECT count(*) FROM {table}").fetchone()[0], rows)
assert database.execute("SELECT comment FROM duckdb_columns() WHERE table_name = 'facts' AND column_name = 'state'").fetchone()[0]
