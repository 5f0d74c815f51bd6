package main

import "fmt"

// interruptedError says that a person stopped a command before it was done.
type interruptedError struct{ command string }

// keptBy tells, for each command that may run long, what a stop leaves and how to go on.
var keptBy = map[string]string{
	"run":     "what was fetched and read is kept; the same command resumes",
	"crawl":   "what was fetched is kept in the archive, and the frontier knows what is left; the same command resumes",
	"import":  "the files stored so far are in the archive; the same command stores the others",
	"build":   "what was read is kept, and the dataset is as it was before; the same command resumes",
	"export":  "the files written so far may be incomplete; run the command again",
	"review":  "the decisions taken are kept in the log; the same command goes on behind them",
	"release": "no release was made; run the command again",
	"audit":   "the judgements given are kept in the file of the audit; the same command goes on behind them",
	"site":    "the folder may hold a part of the site; run the command again",
}

func (e interruptedError) Error() string {
	kept, ok := keptBy[e.command]
	if !ok {
		kept = "nothing was changed"
	}
	return fmt.Sprintf("%s was interrupted: %s", e.command, kept)
}
