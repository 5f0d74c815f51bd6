-- Views over a dataset for DuckDB. Run in the folder of the dataset: duckdb gongkai.duckdb < views.sql
-- A blank is not zero: value is null unless the report states a number. Rates on fewer than 30 cases and flagged numbers are marked, never dropped.

CREATE OR REPLACE VIEW reports AS SELECT * FROM read_parquet('reports.parquet');
CREATE OR REPLACE VIEW panel AS SELECT * FROM read_parquet('panel.parquet');
CREATE OR REPLACE VIEW series AS SELECT * FROM read_parquet('series.parquet');
CREATE OR REPLACE VIEW coverage AS SELECT * FROM read_parquet('coverage.parquet');
CREATE OR REPLACE VIEW facts AS SELECT * FROM read_parquet('facts/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW checks AS SELECT * FROM read_parquet('checks/*/*.parquet', hive_partitioning = false);

-- One line per issuer and year: what was asked, how it ended, and whether the numbers may be trusted.
CREATE OR REPLACE VIEW requests_by_year AS
SELECT p.issuer_id, p.issuer_name, p.province, p.prefecture, p.county, p.year,
       p.requests_received, p.requests_resolved, p.grant_rate, p.grant_rate_denominator,
       coalesce(p.grant_rate_denominator < 30, false) AS few_cases,
       r.quality, r.checks_failed, r.url
FROM panel p JOIN reports r USING (report_id);

-- Requests over all forms, with what may be compared. Values of comparability 'break' must not be joined by a line.
CREATE OR REPLACE VIEW received_over_years AS
SELECT s.issuer_id, p.issuer_name, s.year, s.value, s.comparability
FROM series s JOIN panel p USING (report_id)
WHERE s.series = 'requests.received';

-- Median of the places of a county and year; none where fewer than five places state a number.
CREATE OR REPLACE VIEW county_medians AS
SELECT province, prefecture, county, year, count(requests_received) AS places, median(requests_received) AS median_received
FROM panel
WHERE issuer_kind = 'township' AND county IS NOT NULL
GROUP BY ALL
HAVING count(requests_received) >= 5;

-- The publishers' own errors by rule and year.
CREATE OR REPLACE VIEW failed_checks AS
SELECT rule, year, count(*) AS failed, count(DISTINCT report_id) AS reports
FROM checks WHERE outcome = 'fail' GROUP BY rule, year;

-- Reports found and missing by province and year.
CREATE OR REPLACE VIEW coverage_by_year AS
SELECT substr(division_code, 1, 2) AS province_code, year, count(*) FILTER (status = 'found') AS found, count(*) FILTER (status <> 'found') AS missing
FROM coverage GROUP BY ALL;
