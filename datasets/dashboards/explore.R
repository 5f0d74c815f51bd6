# Requests over the years, one line a place, from the dataset in the folder given (default ./dataset). Needs no package beside duckdb, or reads the CSV
# files of `gongkai export --format csv` where duckdb is not installed:  Rscript explore.R FOLDER
folder <- commandArgs(trailingOnly = TRUE)
folder <- if (length(folder) > 0) folder[[1]] else "dataset"
if (requireNamespace("duckdb", quietly = TRUE)) {
  con <- DBI::dbConnect(duckdb::duckdb())
  panel <- DBI::dbGetQuery(con, sprintf("SELECT * FROM read_parquet('%s/panel.parquet')", gsub("'", "''", folder)))
  DBI::dbDisconnect(con, shutdown = TRUE)
} else {
  panel <- read.csv(file.path(folder, "panel.csv"), fileEncoding = "UTF-8-BOM", check.names = FALSE)
}
# a blank is NA, never zero: na.rm says so wherever a number is made
panel <- panel[!is.na(panel$year), ]
by_year <- aggregate(requests_received ~ year, data = panel, FUN = function(x) c(places = length(x), median = median(x)))
print(by_year)
rates <- subset(panel, !is.na(grant_rate) & grant_rate_denominator >= 30, c("issuer_name", "year", "grant_rate", "grant_rate_denominator"))
print(rates[order(-rates$grant_rate), ], row.names = FALSE)
svg("requests.svg", width = 8, height = 5)
with(panel, plot(year, requests_received, ylim = c(0, max(requests_received, na.rm = TRUE)), pch = 19, xlab = "year", ylab = "requests received"))
for (place in split(panel, panel$issuer_id)) lines(place$year, place$requests_received)
invisible(dev.off())
