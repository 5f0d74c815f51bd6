-- What dashboards ask of the dataset, each one statement. queries.py runs them in DuckDB and prints the time of each.
-- $county and $town are division codes that the dataset holds; the place of the dataset is the working folder.

-- country: requests received, year by year
SELECT year, count(*) AS reports, sum(requests_received) AS received FROM 'panel.parquet' GROUP BY year ORDER BY year;

-- provinces: requests and median of documents in force in 2023
SELECT province, sum(requests_received) AS received, median(normative_documents_in_force) AS in_force FROM 'panel.parquet' WHERE year = 2023 GROUP BY province ORDER BY received DESC;

-- ranking: the twenty townships with the most requests in 2023
SELECT issuer_id, issuer_name, county, requests_received FROM 'panel.parquet' WHERE year = 2023 ORDER BY requests_received DESC NULLS LAST, issuer_id LIMIT 20;

-- rates: grant rate by province, rates of few cases left out
SELECT province, sum(grant_rate_numerator) / sum(grant_rate_denominator) AS grant_rate, count(*) AS reports FROM 'panel.parquet' WHERE NOT small_sample AND grant_rate IS NOT NULL GROUP BY province ORDER BY grant_rate;

-- county: every township of one county, year by year
SELECT issuer_id, issuer_name, year, requests_received, requests_resolved, licensing_decisions FROM 'panel.parquet' WHERE issuer_id BETWEEN $county AND $county || '~' ORDER BY issuer_id, year;

-- town: all series of one township
SELECT series, year, value, comparability FROM 'series.parquet' WHERE issuer_id = $town ORDER BY series, year;

-- report: every cell of one township's report on 2023
SELECT indicator, applicant, value, state, raw FROM 'facts/year=2023/*.parquet' WHERE issuer_id = $town ORDER BY table_no, row_no, column_no;

-- quality: reports by grade and year
SELECT year, quality, count(*) AS reports FROM 'reports.parquet' GROUP BY year, quality ORDER BY year, quality;

-- checks: rules that fail in one county
SELECT issuer_id, year, rule, expression, lhs, rhs FROM 'checks/*/*.parquet' WHERE issuer_id BETWEEN $county AND $county || '~' AND outcome = 'fail' ORDER BY issuer_id, year, rule;

-- coverage: what was found, by year
SELECT year, status, count(*) AS issuers FROM 'coverage.parquet' GROUP BY year, status ORDER BY year, status;

-- cells: applicants of the requests of 2023 in the whole country
SELECT applicant, sum(value) AS requests FROM 'facts/year=2023/*.parquet' WHERE indicator = 'requests.received' GROUP BY applicant ORDER BY requests DESC;
