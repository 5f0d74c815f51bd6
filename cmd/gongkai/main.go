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
	"strings"
	"syscall"

	"github.com/gongkai-data/gongkai/extract/pdf"
)

func main() {
	log.SetOutput(io.Discard) // net/http complains there of odd servers, amid lines that programs read; errors are returned, not logged
	pdf.ChildMain()           // the PDF readers run as a child process of this binary; returns at once in every other case
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

	exitInterrupted = 130 // by Ctrl-C, as shells count it: 128 and the number of the signal
)

// usageError marks an error of the command line.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// errTold is a failure whose lines are printed already.
var errTold = errors.New("failed")

// partialError says that the work was done but some documents could not be read.
type partialError struct {
	unread int
	lost   int // captures of the archive, beside them
}

func (e partialError) Error() string {
	var what []string
	if e.unread > 0 || e.lost == 0 {
		what = append(what, counted(e.unread, "document"))
	}
	if e.lost > 0 {
		what = append(what, counted(e.lost, "capture")+" of the archive")
	}
	return "done, but " + strings.Join(what, " and ") + " could not be read"
}

func counted(n int, what string) string {
	return fmt.Sprintf("%d %s", n, agreeing(n, what, what+"s"))
}

// agreeing is the word that stands beside one or beside several.
func agreeing(n int, one, several string) string {
	if n == 1 {
		return one
	}
	return several
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
	case errors.As(err, new(interruptedError)):
		return exitInterrupted
	}
	return exitFailed
}
