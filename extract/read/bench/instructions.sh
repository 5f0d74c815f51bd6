#!/bin/sh
# Counts the instructions that a page costs from its bytes to facts, and those of goquery's bare parse of the same bytes: a
# measure that a busy machine does not blur. Two runs of different length are subtracted, so that start-up does not count.
# Needs valgrind. Usage: extract/read/bench/instructions.sh [PAGE…], pages of extract/read/testdata/corpus.
set -eu
cd "$(dirname "$0")/.."
command -v valgrind >/dev/null || { echo "valgrind is missing" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go test -c -o "$work/test" .
count() { # BENCHMARK RUNS
	GOGC=off GOMAXPROCS=1 valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null "$work/test" \
		-test.run '^$' -test.bench "$1" -test.benchtime "${2}x" 2>&1 >/dev/null | sed -n 's/.*I *refs: *//p' | tr -d ,
}
each() { echo $((($(count "$1" 25) - $(count "$1" 5)) / 20)); }
[ $# -gt 0 ] || set -- clean-4.html word-1.html shell-trs-0.html
for page; do
	read=$(each "^BenchmarkHTML\$/^$page\$")
	parse=$(each "^BenchmarkParse\$/^$page\$")
	echo "$page: $((read / 1000)) thousand instructions, the parse $((parse / 1000)), $((read * 10 / parse)) tenths of it"
done
