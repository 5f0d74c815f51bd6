#!/bin/sh
# Crawls the same loopback sites with gongkai and with Scrapy, one after the other, without a delay: SITES sites of REPORTS reports each.
# Needs Python with venv. Usage: crawl/bench/compare.sh [SITES [REPORTS]]
set -eu
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q install scrapy
go build -o "$work/bench" ./crawl/bench
"$work/bench" serve "${1:-12}" "${2:-200}" >"$work/sites" &
server=$!
sleep 1
"$work/bench" crawl <"$work/sites"
"$work/venv/bin/python" crawl/bench/spider.py "$work/sites" "$work/out.jsonl"
