package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// segmentsFile lists the WARC files with their lengths and captures beside the index, one a line: name, bytes,
// captures, check. When the index is lost it is what is left to tell that a file was longer, or that there was one. Who
// deletes it together with the index accepts the archive as it is.
const segmentsFile = "segments.tsv"

func segmentLine(name string, f fileState) string {
	f.digest = 0
	return fmt.Sprintf("%s\t%d\t%d\t%016x\n", name, f.to, f.captures, uint64(f.seal(name)))
}

// readSegments reads the list of a folder. Lines that are not as they were written are passed over.
func readSegments(dir string) (map[string]fileState, error) {
	list := map[string]fileState{}
	f, err := os.Open(filepath.Join(dir, segmentsFile))
	if errors.Is(err, os.ErrNotExist) {
		return list, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	for in.Scan() {
		fields := strings.Split(in.Text(), "\t")
		if len(fields) != 4 {
			continue
		}
		to, err := strconv.ParseInt(fields[1], 10, 64)
		captures, e := strconv.ParseInt(fields[2], 10, 64)
		state := fileState{to: to, captures: captures}
		if err == nil && e == nil && segmentLine(fields[0], state) == in.Text()+"\n" && checkName(fields[0]) == nil {
			list[fields[0]] = state
		}
	}
	return list, in.Err()
}

// noteSegments writes the list anew from the index. No number in it falls: what was counted once is missed if it is not
// there.
func (a *Archive) noteSegments(ctx context.Context) error {
	indexed, err := a.index.files(ctx)
	if err != nil {
		return err
	}
	for name, f := range indexed {
		if f.captures >= a.noted[name].captures && f.to != goneTo {
			a.noted[name] = f
		}
	}
	names := make([]string, 0, len(a.noted))
	for name := range a.noted {
		names = append(names, name)
	}
	slices.Sort(names)
	var b strings.Builder
	for _, name := range names {
		b.WriteString(segmentLine(name, a.noted[name]))
	}
	return folderObjects(a.dir).Put(ctx, segmentsFile, []byte(b.String()))
}
