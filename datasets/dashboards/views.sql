-- Views over a dataset for DuckDB. Run in the folder of the dataset: duckdb gongkai.duckdb < views.sql
-- A blank is not zero: value is null unless the report states a number. Rates on fewer than 30 cases and doubted numbers are marked. Only medians leave
-- out what is doubted or what the form's own sums contradict; what is unusual, or differs from the text or another year, stays in.

CREATE OR REPLACE VIEW reports AS SELECT * FROM read_parquet('reports.parquet');
CREATE OR REPLACE VIEW panel AS SELECT * FROM read_parquet('panel.parquet');
CREATE OR REPLACE VIEW series AS SELECT * FROM read_parquet('series.parquet');
CREATE OR REPLACE VIEW issuers AS SELECT * FROM read_parquet('issuers.parquet');
CREATE OR REPLACE VIEW coverage AS SELECT * FROM read_parquet('coverage.parquet');
CREATE OR REPLACE VIEW facts AS SELECT * FROM read_parquet('facts/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW checks AS SELECT * FROM read_parquet('checks/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW texts AS SELECT * FROM read_parquet('texts/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW reuse AS SELECT * FROM read_parquet('reuse/*/*.parquet', hive_partitioning = false);

-- One line per issuer and year: what was asked, how it ended, and whether the numbers may be trusted.
CREATE OR REPLACE VIEW requests_by_year AS
SELECT p.issuer_id, p.issuer_name, p.province, p.prefecture, p.county, p.year,
       p.requests_received, p.requests_resolved, p.grant_rate, p.grant_rate_denominator,
       coalesce(p.grant_rate_denominator < 30, false) AS few_cases,
       p.quality, p.complete, list_contains(p.flagged, 'requests_received') AS received_doubted, list_contains(p.flagged, 'grant_rate') AS rate_doubted,
       p.flagged, p.corrected, r.checks_failed, r.notes, r.url
FROM panel p JOIN reports r USING (report_id);

-- Requests over all forms, with what may be compared. Values of comparability 'break' must not be joined by a line.
CREATE OR REPLACE VIEW received_over_years AS
SELECT s.issuer_id, p.issuer_name, s.year, s.value, s.unit, s.comparability, s.quality, s.flagged, s.corrected_value
FROM series s JOIN panel p USING (report_id)
WHERE s.series = 'requests.received';

-- Median of the places of a county and year; none where fewer than five places state a number that is not doubted.
CREATE OR REPLACE VIEW county_medians AS
SELECT province, prefecture, county, year, count(requests_received) AS places, median(requests_received) AS median_received
FROM panel
WHERE issuer_kind = 'township' AND county IS NOT NULL AND NOT list_contains(flagged, 'requests_received')
GROUP BY ALL
HAVING count(requests_received) >= 5;

-- Failing checks by class, rule and year. Only class 'arithmetic' is an error of the publisher's: the others are worth a look.
CREATE OR REPLACE VIEW failed_checks AS
SELECT class, rule, year, count(*) AS failed, count(DISTINCT report_id) AS reports
FROM checks WHERE outcome = 'fail' GROUP BY class, rule, year;

-- Cells with which the form's own sums do not hold. facts.failed_checks names rules of every class.
CREATE OR REPLACE VIEW contradicted_cells AS
SELECT f.* FROM facts f
WHERE list_has_any(f.failed_checks, (SELECT coalesce(list(DISTINCT rule), []) FROM checks WHERE class = 'arithmetic'));

-- Reports found and missing by province and year.
CREATE OR REPLACE VIEW coverage_by_year AS
SELECT substr(division_code, 1, 2) AS province_code, year, count(*) FILTER (status = 'found') AS found, count(*) FILTER (status <> 'found') AS missing
FROM coverage GROUP BY ALL;

-- How often a word stands in the texts of a year, and in how many reports: SELECT * FROM words_by_year WHERE year = 2022 ORDER BY times DESC LIMIT 50.
-- Words are as the program cuts them; stop words are left out.
CREATE OR REPLACE VIEW words_by_year AS
SELECT year, word, count(*) AS times, count(DISTINCT report_id) AS reports
FROM (SELECT year, report_id, unnest(words) AS word FROM texts) GROUP BY year, word;

-- How long the sections are that speak: the median of their characters by section and year, for the latest version of each report.
CREATE OR REPLACE VIEW text_lengths AS
SELECT t.section, t.year, count(*) AS reports, median(t.characters) AS median_characters, median(len(t.words)) AS median_words
FROM texts t JOIN panel p USING (report_id) WHERE t.characters > 0 GROUP BY t.section, t.year;

-- Passages that hold a string, with their place in the source: SELECT * FROM passages('三审三校'). For many questions over the country gongkai search
-- is quicker, for it has an index.
CREATE OR REPLACE MACRO passages(what) AS TABLE
SELECT r.issuer_name, t.year, t.section, t.heading, substr(t.text, greatest(instr(t.text, what) - 30, 1), 60 + length(what)) AS passage, t.locator, r.url
FROM texts t JOIN reports r USING (report_id) WHERE contains(t.text, what) ORDER BY t.year DESC, r.issuer_name, t.seq;

-- Who shares text with whom, in one line a pair of reports: SELECT * FROM shared_texts WHERE relation = 'same_county' ORDER BY longest DESC.
-- In common does not mean copied: what a higher office supplied is in common too. The law, the form and what everybody writes are left out.
CREATE OR REPLACE VIEW shared_texts AS
SELECT u.report_id, r.issuer_name, u.year, u.other_report_id, o.issuer_name AS other_name, o.year AS other_year, u.relation, u.other_is_earlier,
       sum(u.shared_characters) AS shared, max(u.longest_characters) AS longest, arg_max(u.passage, u.longest_characters) AS passage
FROM reuse u JOIN reports r USING (report_id) JOIN reports o ON o.report_id = u.other_report_id GROUP BY ALL;

-- How much of the text is new beside the issuer's own earlier reports: the median of the places by year, none where fewer than five have an earlier report.
CREATE OR REPLACE VIEW new_text_by_year AS
SELECT year, issuer_kind, count(text_new_share) AS places, median(text_new_share) AS median_new_share
FROM panel GROUP BY year, issuer_kind HAVING count(text_new_share) >= 5;

-- The whole text of a report, in which reuse.start_offset counts characters from 0: SELECT substr(text, start_offset + 1, longest_characters).
CREATE OR REPLACE VIEW report_texts AS
SELECT report_id, string_agg(text, chr(10) ORDER BY seq) AS text FROM texts GROUP BY report_id;
