// Package store is what lasts: the archive of captures (WARC files with an index) and the dataset (Parquet files).
// It does not know what a report means.
//
// # Archive
//
// Captures are kept as WARC/1.1, one gzip member per record. The records of one capture stand side by side: the
// response (or revisit, or for an import resource) record, the request, and a metadata record with the capture's row; a
// try that had no response is a metadata record alone. The metadata record comes last, so a capture is whole when it is
// there. The index (index.sqlite) is made from the WARC files, and is caught up with them, or made anew when it is
// gone, whenever the archive is opened.
//
// Durability: a capture that a Write method returned survives the end of the process at any moment, kill -9 included.
// Against a loss of power, files are flushed to the disk at least every second, when a file is full, and at Close. When
// an archive is opened, what a dead process left of a capture that it had not finished (the index ends before it) is
// moved into a file of its own beside it (.torn) and the file is cut back to its last whole capture, so nothing is ever
// appended behind a torn record.
//
// Damage: everything else that cannot be read stays where it is and is told. A scan goes on at the next gzip member
// that begins a record; captures bear their number and place, so that those between are counted, and the rows of the
// index, which bear digests, say whose they were. Nothing is appended to a damaged file. segments.tsv holds the length
// and the number of captures of each file, for when the index is lost too. Losses are kept in the index and listed by
// Examine; Verify reads everything and finds what nobody has met yet.
package store
