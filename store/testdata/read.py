"""read.py DATASET: reads the dataset of TestPythonReaders with Frictionless, DuckDB, pyarrow, pandas and polars and compares what they see."""
import glob
import json
import sys

import duckdb
import frictionless
import pandas
import polars
import pyarrow.dataset
import pyarrow.parquet

root = sys.argv[1]
report = frictionless.validate(root + "/datapackage.json")
assert report.valid, json.dumps(report.flatten(["title", "rowNumber", "fieldNumber", "message"])[:20], ensure_ascii=False, indent=1)

want = {}
for f in json.load(open(root + "/manifest.json"))["files"]:
    if "table" in f:
        want[f["table"]] = want.get(f["table"], 0) + f["rows"]
        assert pyarrow.parquet.read_table(root + "/" + f["path"]).num_rows == f["rows"], f
        assert len(pandas.read_parquet(root + "/" + f["path"])) == f["rows"], f
        metadata = pyarrow.parquet.read_metadata(root + "/" + f["path"]).metadata
        assert metadata[b"gongkai.schema_version"] == b"2.0"
        if f["table"] == "panel":
            units = {k: v for k, v in metadata.items() if k.startswith(b"gongkai.unit.")}
            assert units[b"gongkai.unit.fees_amount"] == b"CNY_10k" and units[b"gongkai.unit.grant_rate"] == b"share", units
for table, rows in want.items():
    place = f"{root}/{table}.parquet" if glob.glob(f"{root}/{table}.parquet") else f"{root}/{table}/*/*.parquet"
    assert duckdb.sql(f"select count(*) from '{place}'").fetchall()[0][0] == rows, table
    assert polars.read_parquet(place).height == rows, table

facts = root + "/facts/*/*.parquet"
assert duckdb.sql(f"select count(*), count(value), sum(value) from '{facts}' where year = 2021").fetchall() == \
    polars.scan_parquet(facts).filter(polars.col("year") == 2021).select(polars.len(), polars.col("value").count(), polars.col("value").sum().alias("sum")).collect().rows()
assert duckdb.sql(f"select count(*) from '{facts}' where year is null").fetchall()[0][0] == 455
assert duckdb.sql(f"select count(*) filter (not list_contains(flagged, 'fees_amount')), count(*) from '{root}/panel.parquet'").fetchall() == [(0, 1)]
assert pyarrow.dataset.dataset(root + "/facts").to_table().num_rows == want["facts"]
assert pyarrow.dataset.dataset(root + "/facts", partitioning="hive").to_table(filter=pyarrow.dataset.field("year") == 2021).num_rows == \
    len(pandas.read_parquet(root + "/facts", partitioning=None, filters=[("year", "==", 2021)]))
row = duckdb.sql(f"select title, published_on, fetched_at at time zone 'UTC', sections, year from '{root}/reports.parquet' where year = 2023").fetchall()[0]
assert [str(x) for x in row] == ["甲镇2023年政府信息公开工作年度报告", "2024-01-26", "2024-01-26 02:03:04.000005", "[1, 2, 3]", "2023"], row
