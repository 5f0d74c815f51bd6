// Package office has LibreOffice convert documents in formats that are rare and that it knows well into formats that
// are read here: RTF and OpenDocument texts into DOCX, binary and OpenDocument workbooks into XLSX.
package office

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/semaphore"
)

// program is LibreOffice's.
const program = "soffice"

// ErrMissing is returned where LibreOffice is not installed.
var ErrMissing = errors.New("LibreOffice is not installed; install it (soffice) to read this format")

// Limits of one conversion. A report takes 2 to 4 s of processor time and 220 MB; a machine at work may need many times
// that.
const (
	timeout    = 3 * time.Minute
	maxMemory  = 3 << 30 // address space, of which a tenth is used
	maxSeconds = 20      // of processor time
	maxOutput  = 64 << 20
)

// turns bounds how many run at a time: each holds some 200 MB.
var turns = semaphore.NewWeighted(2)

// Convert converts a document from a format (the ending of its name: rtf, odt, xls, ods) into another (docx, xlsx). The
// program runs in a folder and with a profile of its own that go with it, without network where the system can take it
// away, and with limits on time and memory.
func Convert(ctx context.Context, body []byte, from, to string) (converted []byte, err error) {
	path, err := exec.LookPath(program)
	if err != nil {
		return nil, ErrMissing
	}
	if err := turns.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer turns.Release(1)
	dir, err := os.MkdirTemp("", "gongkai-office-")
	if err != nil {
		return nil, fmt.Errorf("making a folder for LibreOffice: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	in := filepath.Join(dir, "document."+from)
	if err := os.WriteFile(in, body, 0o600); err != nil {
		return nil, fmt.Errorf("handing the document to LibreOffice: %w", err)
	}
	out := filepath.Join(dir, "out")
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	said, err := run(ctx, path, dir, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")), "--headless", "--norestore", "--convert-to", to, "--outdir", out, in)
	if err != nil {
		return nil, fmt.Errorf("LibreOffice did not convert it: %w%s", err, said)
	}
	file := filepath.Join(out, "document."+to)
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return nil, errors.New("LibreOffice cannot open it")
	case info.Size() > maxOutput:
		return nil, fmt.Errorf("LibreOffice made %d MB of it, more than the limit of %d", info.Size()>>20, maxOutput>>20)
	}
	converted, err = os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading what LibreOffice made: %w", err)
	}
	return converted, nil
}

// run runs the program, without network if the system lets it, and ends all that it started.
func run(ctx context.Context, path, dir string, args ...string) (said string, err error) {
	for _, alone := range []bool{true, false} {
		var output bytes.Buffer
		cmd := exec.CommandContext(ctx, path, args...)
		cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &output, &output
		cmd.Env = append(os.Environ(), "HOME="+dir, "TMPDIR="+dir)
		cmd.WaitDelay = time.Second
		if !confine(cmd, alone) && alone {
			continue
		}
		if err := cmd.Start(); err != nil {
			if alone {
				continue // no network of its own to be had
			}
			return "", err
		}
		limit(cmd.Process.Pid)
		err = cmd.Wait()
		if said = strings.TrimSpace(output.String()); said != "" {
			said = ": " + strings.ReplaceAll(said[:min(len(said), 300)], dir, "")
		}
		if ctx.Err() != nil {
			err = fmt.Errorf("it took longer than %v", timeout)
		}
		return said, err
	}
	return "", errors.ErrUnsupported
}
