// Command gongkai turns annual open-government reports (政府信息公开工作年度报告) into one comparable dataset.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"syscall"

	"github.com/gongkai-data/gongkai/extract/pdf"
)

func main() {
	log.SetOutput(io.Discard) // net/http complains there of odd servers, amid lines that programs read; errors are returned, not logged
	pdf.ChildMain()           // the second PDF reader runs as a child process of this binary; returns at once in every other case
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := execute(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// Exit codes, a contract with scripts.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2
	exitPartial = 3 // done, but some documents could not be read
)

// usageError marks an error of the command line.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// partialError says that the work was done but some documents could not be read.
type partialError struct{ unread int }

func (e partialError) Error() string {
	if e.unread == 1 {
		return "done, but 1 document could not be read"
	}
	return fmt.Sprintf("done, but %d documents could not be read", e.unread)
}

// exitCode maps an error to the contract.
func exitCode(err error) int {
	var usage usageError
	var partial partialError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage):
		return exitUsage
	case errors.As(err, &partial):
		return exitPartial
	}
	return exitFailed
}
