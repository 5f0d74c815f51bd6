package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// catchUp lists the captures that the index lacks and notes what cannot be read. Where we write, it also cuts off what
// a process that died left of a capture that it had not finished, after moving it to a file of its own, and picks the
// file to write on to.
func (a *Archive) catchUp(ctx context.Context) error {
	names, sizes, err := a.fileNames(ctx)
	if err != nil {
		return err
	}
	indexed, err := a.index.files(ctx)
	if err != nil {
		return err
	}
	damaged, err := a.index.losses(ctx, "")
	if err != nil {
		return err
	}
	for _, l := range damaged { // one that has another length now was mended by somebody, or damaged again
		if size, there := sizes[l.File]; there && size != indexed[l.File].to {
			delete(indexed, l.File)
		}
	}
	for name, state := range a.noted { // a file that neither the index nor the folder has
		if _, known := indexed[name]; !known && state.captures > 0 {
			if _, there := sizes[name]; !there {
				indexed[name] = state
			}
		}
	}
	for name, state := range indexed {
		if _, there := sizes[name]; !there && state.to != goneTo {
			if err := missing(ctx, a.index, name, state); err != nil {
				return err
			}
		}
	}
	a.reuse = ""
	for _, name := range names {
		state, known := indexed[name]
		whole := state.to == sizes[name]
		if !known || !whole {
			if whole, err = a.catchUpFile(ctx, name, indexed, sizes[name]); err != nil {
				return err
			}
		}
		if a.opt.ReadOnly {
			continue
		}
		if a.reuse, err = a.reusable(ctx, name, whole); err != nil {
			return err
		}
		if _, local := a.files.(folder); local {
			continue
		}
		if err := a.files.seal(ctx, name); err != nil { // left behind by a process that died before it uploaded
			return fmt.Errorf("storing the WARC file %s: %w", name, err)
		}
	}
	return nil
}

// reusable returns the name if the file may be gone on with, which one with damage never is, and else an empty one.
func (a *Archive) reusable(ctx context.Context, name string, whole bool) (string, error) {
	local, ok := a.files.(folder)
	if !ok || !whole {
		return "", nil
	}
	info, err := os.Stat(filepath.Join(string(local), name))
	if err != nil || info.Size() == 0 || info.Size() >= a.opt.MaxFile {
		return "", nil
	}
	lost, err := a.index.losses(ctx, name)
	if err != nil || len(lost) > 0 {
		return "", err
	}
	return name, nil
}

// catchUpOthers lists the captures that other processes have stored in a shared bucket since it was opened.
func (a *Archive) catchUpOthers(ctx context.Context) error {
	if _, local := a.files.(folder); local || a.lock == nil {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	names, sizes, err := a.fileNames(ctx)
	if err != nil {
		return err
	}
	indexed, err := a.index.files(ctx)
	if err != nil {
		return err
	}
	for _, name := range names {
		if ours := a.segment != nil && a.segment.name == name; !ours && indexed[name].to < sizes[name] {
			if _, err := a.catchUpFile(ctx, name, indexed, sizes[name]); err != nil {
				return err
			}
		}
	}
	return nil
}

// catchUpFile brings the index up to the end of one file, and reports whether the file is whole.
//
// A file that the index knows up to a place within it has grown since: what stands behind is read. Its torn end is a
// capture that was being written when the process died, which was said to be stored to nobody. Every other file is read
// from its start.
func (a *Archive) catchUpFile(ctx context.Context, name string, indexed map[string]fileState, size int64) (whole bool, err error) {
	state, known := indexed[name]
	if !known || size < state.to || state.to == goneTo {
		found, err := a.rescan(ctx, a.index, name)
		return err == nil && len(found.losses) == 0, err
	}
	found, err := a.list(ctx, a.index, name, state, nil)
	if err != nil {
		return false, err
	}
	if !found.torn {
		return len(found.losses) == 0, a.index.lose(ctx, found.losses)
	}
	path := filepath.Join(a.dir, name)
	if _, elsewhere := os.Stat(path); a.opt.ReadOnly || elsewhere != nil {
		return false, nil // not ours to mend
	}
	return true, isolateTail(path, found.end)
}

// list scans a file from where the index ends and lists its captures. A torn end of the file is left unlisted. each may
// be nil.
func (a *Archive) list(ctx context.Context, x *index, name string, state fileState, each func(entry)) (scanned, error) {
	var batch []entry
	put := func(to int64) error {
		err := x.add(ctx, name, batch, to)
		batch = batch[:0]
		return err
	}
	found, err := a.scan(ctx, name, state.to, state.captures, func(e entry) error {
		if each != nil {
			each(e)
		}
		if batch = append(batch, e); len(batch) < 1000 {
			return nil
		}
		return put(e.end)
	})
	if err != nil {
		return found, err
	}
	to := found.to
	if found.torn {
		to = found.end
	}
	return found, put(to)
}

// rescan reads a file from its start and lists it anew in x. Of the rows that x had, those of captures that cannot be
// read any more stay, as losses that are known by their address.
func (a *Archive) rescan(ctx context.Context, x *index, name string) (scanned, error) {
	before, err := x.files(ctx)
	if err != nil {
		return scanned{}, err
	}
	witnesses, err := x.witnesses(ctx, name)
	if err != nil {
		return scanned{}, err
	}
	places := make(map[string]int64, len(witnesses))
	for at, e := range witnesses {
		places[e.recordID] = at
	}
	if err := x.forget(ctx, name); err != nil {
		return scanned{}, err
	}
	found, err := a.list(ctx, x, name, fileState{}, func(e entry) {
		delete(witnesses, e.WarcOffset)
		delete(witnesses, places[e.recordID]) // bytes that were lost or came in move what stands behind them
	})
	if err != nil {
		return found, err
	}
	// no row vouches for a torn end: it is a loss
	found.losses = testify(&found, witnesses, max(before[name].captures, a.noted[name].captures))
	kept := slices.SortedFunc(maps.Values(witnesses), func(a, b entry) int { return cmp.Compare(a.WarcOffset, b.WarcOffset) })
	return found, errors.Join(x.add(ctx, name, kept, found.to), x.lose(ctx, found.losses))
}

// testify joins what a scan lost with the rows that the index had of it, and drops from the rows those of captures that
// never were: they point into what the scan could read. captures is how many the index knew of, 0 where it does not
// say.
func testify(found *scanned, witnesses map[int64]entry, captures int64) []Loss {
	losses := found.losses
	for at, e := range witnesses {
		lost := at >= found.to || e.end > found.to
		for _, h := range found.holes {
			lost = lost || at < h.to && max(e.end, at+1) > h.from
		}
		if !lost {
			delete(witnesses, at)
			continue
		}
		losses = slices.DeleteFunc(losses, func(l Loss) bool { return l.Offset == at && l.Captures == 1 || l.id != "" && l.id == e.recordID })
		for i := range losses { // one of those that the damage took whole
			if l := &losses[i]; l.Captures > 0 && l.took(e) {
				l.Captures--
			}
		}
		why := "no record can be read there"
		if at >= found.to {
			why = "the file ends before it"
		}
		losses = append(losses, Loss{File: e.WarcFile, Offset: at, Captures: 1, URL: e.URL, Detail: why})
	}
	told := found.listed + int64(len(witnesses))
	rest := Loss{File: found.name, Offset: found.to, Detail: "the index counted more captures in the file than are left"}
	losses = slices.DeleteFunc(losses, func(l Loss) bool {
		if l.guess && captures > 0 { // it is known how many there were
			rest = l
			return true
		}
		if _, listed := witnesses[l.Offset]; !listed && !found.damaged[l.Offset] {
			told += int64(l.Captures)
		}
		return l.Captures == 0
	})
	if rest.Captures = int(captures - told); rest.Captures > 0 {
		losses = append(losses, rest)
	}
	slices.SortFunc(losses, func(a, b Loss) int { return cmp.Compare(a.Offset, b.Offset) })
	return losses
}

// took reports whether a capture is one of those that damage took whole.
func (l Loss) took(e entry) bool {
	if e.number > 0 && l.before > 0 {
		return e.number < l.before && e.number >= l.before-l.whole
	}
	return l.Offset <= e.WarcOffset && e.WarcOffset < l.to
}

// missing notes in x that a file is gone of which it lists captures. Its rows stay as losses.
func missing(ctx context.Context, x *index, name string, state fileState) error {
	witnesses, err := x.witnesses(ctx, name)
	if err != nil {
		return err
	}
	if state.captures == 0 && len(witnesses) == 0 {
		return x.forget(ctx, name)
	}
	const gone = "its WARC file is gone"
	var losses []Loss
	for at, e := range witnesses {
		losses = append(losses, Loss{File: name, Offset: at, Captures: 1, URL: e.URL, Detail: gone})
	}
	if n := state.captures - int64(len(witnesses)); n > 0 {
		losses = append(losses, Loss{File: name, Offset: max(state.to, 0), Captures: int(n), Detail: gone})
	}
	return errors.Join(x.lose(ctx, losses), x.add(ctx, name, nil, goneTo))
}

// goneTo stands in the index for the length of a file that is gone: should it come back, it is read from its start.
const goneTo = -1

// isolateTail moves what stands behind the last whole capture into a file of its own and cuts it off.
func isolateTail(path string, end int64) error {
	fail := func(err error) error { return fmt.Errorf("cutting the torn end off %s: %w", path, err) }
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fail(err)
	}
	defer f.Close()
	if _, err := f.Seek(end, io.SeekStart); err != nil {
		return fail(err)
	}
	torn, err := os.Create(fmt.Sprintf("%s.%d.torn", path, end))
	if err != nil {
		return fail(err)
	}
	_, err = io.Copy(torn, f)
	if err = errors.Join(err, torn.Sync(), torn.Close()); err != nil {
		return fail(err)
	}
	if err := errors.Join(f.Truncate(end), f.Sync(), syncFolder(filepath.Dir(path))); err != nil {
		return fail(err)
	}
	return nil
}
