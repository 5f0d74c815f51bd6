"""queries.py DATASET [LIMIT_MS]: runs the statements of queries.sql in DuckDB, each six times in one session, and prints the time of the first, and the
median and the best of the others. With LIMIT_MS it fails where a best is above the limit: a busy machine slows the others."""
import os
import re
import statistics
import sys
import time

import duckdb

here = os.path.dirname(os.path.abspath(__file__))
text = open(os.path.join(here, "queries.sql"), encoding="utf-8").read()
os.chdir(sys.argv[1])
limit = float(sys.argv[2]) if len(sys.argv) > 2 else None

session = duckdb.connect()
session.execute("SET parquet_metadata_cache = true")  # footers are read once in a session; DuckDB looks whether a file has changed
town = session.execute("SELECT issuer_id FROM 'panel.parquet' WHERE year = 2023 ORDER BY requests_received DESC NULLS LAST, issuer_id LIMIT 1").fetchone()[0]
values = {"town": town, "county": town[:6]}

slow = []
for name, statement in re.findall(r"^-- (\w+): [^\n]*\n(.*?;)$", text, re.M | re.S):
    given = {k: v for k, v in values.items() if "$" + k in statement}
    times = []
    for _ in range(6):
        start = time.perf_counter()
        rows = session.execute(statement, given).fetchall()
        times.append((time.perf_counter() - start) * 1000)
    assert rows, name + " gave no row"
    middle, best = statistics.median(times[1:]), min(times[1:])
    print(f"{name:10} {len(rows):6} rows   first {times[0]:7.1f} ms   median {middle:7.1f} ms   best {best:7.1f} ms")
    if limit is not None and best > limit:
        slow.append(name)
if slow:
    sys.exit(f"slower than {limit} ms: " + ", ".join(slow))
