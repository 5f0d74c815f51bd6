package review

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// Decisions of a person on an Item.
const (
	Accepted  = "accepted"  // what was published, and how it was read, stands
	Corrected = "corrected" // a correction was written
	Skipped   = "skipped"   // left for another time
)

// Decision is what a person decided on an item, one line of the log.
type Decision struct {
	Kind, What, ReportID, Cells, Detail string // of the item: a doubt that is worded anew is another doubt
	Decision                            string
	Reason, Who, When                   string
}

var logHeader = []string{"kind", "what", "report_id", "cells", "detail", "decision", "reason", "who", "when"}

func (d Decision) record() []string {
	return []string{d.Kind, d.What, d.ReportID, d.Cells, d.Detail, d.Decision, d.Reason, d.Who, d.When}
}

// Decide makes the decision on an item.
func (i Item) Decide(decision, reason, who, when string) Decision {
	return Decision{i.Kind, i.What, i.ReportID, strings.Join(i.Cells, ";"), i.Detail, decision, reason, who, when}
}

// Log is the file of decisions, to which lines are only added: who stops at any moment keeps what was decided.
type Log struct {
	file    *os.File
	decided map[[5]string]string
}

// OpenLog opens the log, which it begins where there is none. A last line that was not finished is an error that says
// so.
func OpenLog(name string) (*Log, error) {
	fail := func(err error) (*Log, error) { return nil, fmt.Errorf("the log of decisions %s: %w", name, err) }
	l := &Log{decided: map[[5]string]string{}}
	f, err := os.Open(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return fail(err)
	default:
		err := l.read(f)
		if err = errors.Join(err, f.Close()); err != nil {
			return fail(err)
		}
	}
	if l.file, err = os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666); err != nil {
		return fail(err)
	}
	if info, err := l.file.Stat(); err != nil || info.Size() == 0 {
		if err = errors.Join(err, l.write(logHeader)); err != nil {
			return fail(errors.Join(err, l.file.Close()))
		}
	}
	return l, nil
}

func (l *Log) read(r io.Reader) error {
	c := csv.NewReader(r)
	header, err := c.Read()
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		return err
	}
	if !slices.Equal(header, logHeader) {
		return fmt.Errorf("its columns are %s, not %s", strings.Join(header, ","), strings.Join(logHeader, ","))
	}
	for {
		r, err := c.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		l.decided[[5]string(r[:5])] = r[5]
	}
}

// Decided is the last decision on an item; empty where there is none.
func (l *Log) Decided(i Item) string {
	return l.decided[[5]string(i.Decide("", "", "", "").record()[:5])]
}

// Add writes a decision, which is on the disk when it returns.
func (l *Log) Add(d Decision) error {
	if err := l.write(d.record()); err != nil {
		return fmt.Errorf("writing a decision: %w", err)
	}
	l.decided[[5]string(d.record()[:5])] = d.Decision
	return nil
}

// write adds a line in one call, so that a stop never leaves half of one.
func (l *Log) write(record []string) error {
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write(record) // to memory
	w.Flush()
	_, err := l.file.WriteString(b.String())
	return errors.Join(err, l.file.Sync())
}

// Close closes the file.
func (l *Log) Close() error { return l.file.Close() }
