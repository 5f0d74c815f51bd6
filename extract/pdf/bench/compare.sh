#!/bin/sh
# Reads the same PDFs with gongkai (both readers, bytes to facts), with pdftotext -layout and with pdfplumber's extract_tables,
# in turn, and prints the processor time of each (median of RUNS) and how they compare.
# Needs pdftotext (poppler-utils) and Python with venv. Usage: extract/pdf/bench/compare.sh [FOLDER [RUNS]]
set -eu
cd "$(dirname "$0")/../../.."
command -v pdftotext >/dev/null || { echo "pdftotext is missing: install poppler-utils" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q --disable-pip-version-check install pdfplumber
CGO_ENABLED=0 go build -o "$work/gongkai" ./cmd/gongkai
"$work/venv/bin/python" extract/pdf/bench/compare.py "$work/gongkai" "${1:-extract/read/testdata/corpus}" "${2:-5}"
