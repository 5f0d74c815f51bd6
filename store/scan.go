package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/store/warc"
)

// Loss is one or more captures of the archive that cannot be read, or cannot be told from what is left of them.
type Loss struct {
	File     string `json:"file"`
	Offset   int64  `json:"offset"`   // where what cannot be read begins
	Captures int    `json:"captures"` // how many are lost there
	URL      string `json:"url"`      // of the one, empty where it is not known
	Detail   string `json:"detail"`

	id     string // of the first record of a capture whose metadata record is lost
	to     int64  // of captures that damage took whole: where the next that could be read begins
	before int    // the number of that one, 0 where it bears none
	whole  int    // how many were taken
	guess  bool   // that it is one is assumed: nothing is left that could be counted
}

// span is a piece of a WARC file in bytes.
type span struct{ from, to int64 }

// scanned is what a scan found beside whole captures.
type scanned struct {
	name    string
	listed  int64          // captures yielded
	damaged map[int64]bool // offsets of those whose document is damaged
	losses  []Loss
	holes   []span // pieces in which no record can be read
	torn    bool   // the file ends within a record, and nothing else is wrong with it
	end     int64  // offset after the last whole capture
	to      int64  // offset up to which the file was read
}

// scanner reads the captures of a WARC file. Behind damage it resumes with the next record that can be read.
type scanner struct {
	name  string
	yield func(entry) error
	out   scanned
	open  []begun // captures begun since the last whole one whose metadata record is still to come; of several all but one are damaged, or no captures
	last  int     // the number of the capture before, counting those told as lost
	gap   int64   // where the damage since the last capture begins, -1 for none
	ours  bool    // the file is of this program's making
}

// begun is a capture of which the first record was read.
type begun struct {
	id, url string
	at      int64
	damage  error // of its first record
}

// noMetadata says why a capture is lost whose document may be whole.
const noMetadata = "its metadata record cannot be read"

// scan yields the captures of a WARC file from an offset on, which must stand between captures, with so many captures
// before it, and tells of what it could not read. A capture whose document is damaged but whose metadata record is not
// is yielded and told. The error is for the disk, the network and yield.
func (a *Archive) scan(ctx context.Context, name string, from, captures int64, yield func(entry) error) (scanned, error) {
	s := &scanner{name: name, yield: yield, gap: -1, last: int(captures), ours: captures > 0}
	s.out = scanned{name: name, damaged: map[int64]bool{}, end: from, to: from}
	for next := from; ; {
		f, err := a.files.open(ctx, name, next)
		if err != nil {
			return s.out, fmt.Errorf("reading %s: %w", name, err)
		}
		damage, at, err := s.records(ctx, f, next)
		if err = errors.Join(err, f.Close()); err != nil {
			return s.out, fmt.Errorf("reading %s: %w", name, err)
		}
		if damage == nil {
			s.out.to = at
			s.finish(io.ErrUnexpectedEOF)
			return s.out, nil
		}
		if next, err = a.findRecord(ctx, name, at+1); err != nil && err != io.EOF {
			return s.out, fmt.Errorf("reading %s: %w", name, err)
		}
		s.out.holes = append(s.out.holes, span{at, next})
		if s.gap < 0 {
			s.gap = at
		}
		if err == io.EOF {
			s.out.to = next
			s.finish(damage)
			return s.out, nil
		}
	}
}

// findRecord returns where the next record begins at or after an offset; with io.EOF it returns the size of the file.
func (a *Archive) findRecord(ctx context.Context, name string, from int64) (int64, error) {
	f, err := a.files.open(ctx, name, from)
	if err != nil {
		return from, err
	}
	at, err := warc.Find(f, from)
	if e := f.Close(); e != nil {
		return at, e
	}
	return at, err
}

// records reads records up to the end of the file or to the first that is damaged, and returns the damage and the
// offset.
func (s *scanner) records(ctx context.Context, f io.Reader, base int64) (damaged error, at int64, err error) {
	r := warc.NewReader(f, base)
	for {
		record, err := r.Next()
		if err == nil {
			err = ctx.Err()
		}
		var after int64
		if err == nil {
			after, err = s.record(r, record)
		}
		if err == nil && len(s.open) == 0 && s.gap < 0 {
			s.out.end = after
		}
		switch {
		case err == nil:
		case err == io.EOF:
			return nil, r.Offset(), nil
		case isDamage(err):
			return err, r.Offset(), nil
		default:
			return nil, r.Offset(), err
		}
	}
}

// isDamage reports whether an error about a record is the file's own, not of the disk, the network or the caller.
func isDamage(err error) bool {
	return !errors.Is(err, warc.ErrRead) && (errors.Is(err, warc.ErrMalformed) || errors.Is(err, io.ErrUnexpectedEOF))
}

// record takes one record and returns the offset after it.
func (s *scanner) record(r *warc.Reader, record *warc.Record) (int64, error) {
	switch record.Type() {
	case warc.Response, warc.Revisit, warc.Resource, warc.Conversion:
		if s.gap < 0 {
			s.open = s.open[:0] // without damage it was a record of another maker, which lists no captures
		}
		s.open = append(s.open, begun{id: record.ID(), url: record.Get("WARC-Target-URI"), at: r.Offset()})
		after, err := r.Finish()
		s.open[len(s.open)-1].damage = err
		return after, err
	case warc.Metadata, warc.Warcinfo:
		text, err := io.ReadAll(io.LimitReader(record.Block, maxHTTPHeader))
		if err != nil {
			return 0, err
		}
		after, err := r.Finish()
		if err != nil {
			return 0, err
		}
		if record.Type() == warc.Warcinfo {
			s.ours = s.ours || strings.HasPrefix(string(text), softwareField)
			return after, nil
		}
		e, ours, err := parseMetadata(string(text))
		if err != nil || !ours {
			return after, err
		}
		e.end, e.WarcFile, e.recordID = after, s.name, record.Get("WARC-Refers-To")
		return after, s.described(e, record.ID(), r.Offset())
	}
	return r.Finish()
}

// described takes the metadata record at an offset, which ends a capture.
func (s *scanner) described(e entry, id string, at int64) error {
	var damage error
	i := slices.IndexFunc(s.open, func(b begun) bool {
		return b.id == e.recordID || b.damage != nil && (b.at == e.start || b.url == targetURI(e.URL)) // the damage may be in its id
	})
	switch {
	case e.recordID == "": // a try without a response has no other record
		e.recordID, e.WarcOffset = id, at
	case i >= 0:
		e.WarcOffset, damage = s.open[i].at, s.open[i].damage
	case s.gap < 0:
		return nil // of another maker's record
	default:
		e.WarcOffset, damage = at, errors.New("its record, which should stand before this one, cannot be read")
		if e.start == s.gap {
			e.WarcOffset = s.gap
		}
	}
	if s.gap >= 0 && e.start != 0 && i >= 0 && e.start != e.WarcOffset && e.file != s.name {
		return nil // it stands within a damaged document, which is an archive itself
	}
	before := s.open
	s.open = nil
	for _, b := range before {
		if s.gap >= 0 && b.at < e.WarcOffset {
			s.lost(b, noMetadata)
		}
	}
	s.swallowed(e)
	if s.last++; e.number > 0 {
		s.last = e.number
	}
	s.gap = -1
	if damage != nil {
		s.lose(e.WarcOffset, 1, e.URL, "the document: "+damage.Error())
		s.out.damaged[e.WarcOffset] = true
	}
	s.out.listed++
	s.out.end, s.ours = e.end, true
	return s.yield(e)
}

// lost reports a capture whose metadata record did not come.
func (s *scanner) lost(b begun, why string) {
	if b.damage != nil {
		why = b.damage.Error()
	}
	s.lose(b.at, 1, b.url, why)
	s.out.losses[len(s.out.losses)-1].id = b.id
	s.last++
}

// swallowed says how many captures the damage before this one took whole. Where captures bear no number, damage that
// touched none that could be told is taken for one.
func (s *scanner) swallowed(e entry) {
	if s.gap < 0 {
		return
	}
	n := e.number - s.last - 1
	if e.number == 0 {
		n = 0
		if s.gap < e.WarcOffset && !s.told(s.gap) {
			n = 1
		}
	}
	if n > 0 {
		at := s.gap
		if at == e.WarcOffset {
			at++ // two losses are not told of one place
		}
		s.lose(at, n, "", "no record can be read there")
		l := &s.out.losses[len(s.out.losses)-1]
		l.to, l.before, l.whole, l.guess = e.WarcOffset, e.number, n, e.number == 0
		s.last += n
	}
}

// told reports whether a loss at or after an offset is told already.
func (s *scanner) told(offset int64) bool {
	n := len(s.out.losses)
	return n > 0 && s.out.losses[n-1].Offset >= offset
}

func (s *scanner) lose(at int64, n int, url, why string) {
	for slices.ContainsFunc(s.out.losses, func(l Loss) bool { return l.Offset == at }) {
		at++
	}
	s.out.losses = append(s.out.losses, Loss{File: s.name, Offset: at, Captures: n, URL: url, Detail: why})
}

// finish reports what stands open at the end of the file.
func (s *scanner) finish(cause error) {
	s.out.torn = len(s.out.losses) == 0 && errors.Is(cause, io.ErrUnexpectedEOF) &&
		(len(s.out.holes) == 1 && s.gap >= 0 || len(s.out.holes) == 0 && len(s.open) > 0)
	if len(s.open) > 0 && (s.ours || s.gap >= 0) {
		s.lost(s.open[0], "the file ends before its metadata record")
	} else if s.gap >= 0 {
		s.lose(s.gap, 1, "", "no record can be read from there to the end of the file: "+cause.Error())
		l := &s.out.losses[len(s.out.losses)-1]
		l.to, l.guess = s.out.to, true
	}
}
