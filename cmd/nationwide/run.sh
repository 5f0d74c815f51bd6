#!/usr/bin/env bash
# Builds the whole country, checks it, and times the queries: cmd/nationwide/run.sh [SHARE] [FOLDER]. Needs about 20 GB of disk for a while, and Python's duckdb.
set -euo pipefail
cd "$(dirname "$0")/../.."
share="${1:-1}"
folder="${2:-$(mktemp -d)}"
mkdir -p "$folder"
go build -o "$folder/gongkai-nationwide" ./cmd/nationwide
"$folder/gongkai-nationwide" -share "$share" -out "$folder/dataset" | tee "$folder/measured.json"
go run ./cmd/gongkai verify --data "$folder/dataset"
python3 cmd/nationwide/queries.py "$folder/dataset" 100
