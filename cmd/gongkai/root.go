package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/extract/scan"
	"github.com/gongkai-data/gongkai/store"
	"github.com/spf13/cobra"
)

// app is what every command shares: where it prints and how.
type app struct {
	in       io.Reader // what a person answers
	out, err io.Writer
	json     bool // one JSON object a line, each with message_type
}

// execute runs one command line and returns its exit code.
func execute(ctx context.Context, args []string, out, errOut io.Writer) int {
	return (&app{in: os.Stdin, out: out, err: errOut}).execute(ctx, args)
}

func (a *app) execute(ctx context.Context, args []string) int {
	root := a.root()
	root.SetArgs(args)
	root.SetOut(a.out)
	root.SetErr(a.err)
	cmd, err := root.ExecuteContextC(ctx)
	if err != nil && ctx.Err() != nil && errors.Is(err, context.Canceled) {
		err = interruptedError{cmd.Name()}
	}
	return a.end(err)
}

// end prints one line for the error that a command ended with, if any, and returns the exit code.
func (a *app) end(err error) int {
	code := exitCode(err)
	if err != nil && !errors.Is(err, errTold) {
		if store.IsDiskFull(err) {
			err = fmt.Errorf("the disk is full: %w", err)
		}
		a.report(err, code)
	}
	return code
}

// report prints one clear line for an error.
func (a *app) report(err error, code int) {
	if a.json {
		b, _ := json.Marshal(map[string]any{"message_type": "exit_error", "code": code, "message": err.Error()})
		fmt.Fprintf(a.err, "%s\n", b)
		return
	}
	fmt.Fprintf(a.err, "gongkai: %s\n", strings.ReplaceAll(err.Error(), "\n", " "))
}

// emit prints one JSON object on a line of its own.
func (a *app) emit(v any) error {
	e := json.NewEncoder(a.out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("printing a result: %w", err)
	}
	return nil
}

const (
	exitHelp = `
EXIT STATUS
  0  done
  1  failed
  2  wrong usage`
	exitHelpUnread = exitHelp + `
  3  done, but some documents could not be read`
	exitHelpInterrupted = `
  130  interrupted (Ctrl-C)`
)

// groups of the commands in the help.
const (
	groupRead  = "read"
	groupLook  = "look"
	groupTrust = "trust"
)

func init() { cobra.EnableCommandSorting = false } // the help lists commands in the order of the work

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "gongkai",
		Short: "Annual open-government reports of China's towns, counties and departments as one comparable dataset",
		Long: `gongkai (公开, "made public") reads the annual open-government reports (政府信息公开工作年度报告) that every Chinese
township, county, city and department must publish, and writes one comparable dataset in Parquet.

Every number is kept as published, with its place in the source; arithmetic rules flag it; nothing is ever "fixed".

FIRST STEPS
  gongkai run                              the whole way on the bundled sample site, into ./dataset
  gongkai serve                            the dataset in a browser: search, compare, every number with its source
  gongkai compare 霏陂镇 荇溪镇            places beside each other, in the terminal, as CSV, Excel or chart
  gongkai extract report.pdf               one report of your own as JSON, as published
  gongkai import FOLDER && gongkai build   your own files into ./archive, then into ./dataset
` + exitHelpUnread + exitHelpInterrupted,
		Version:       release,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args: func(cmd *cobra.Command, args []string) error {
			if err := cobra.NoArgs(cmd, args); err != nil {
				return usageError{fmt.Errorf("%w; see gongkai --help", err)}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.PersistentFlags().BoolVar(&a.json, "json", false, "print one JSON object a line, each with message_type")
	noOCR := false
	root.PersistentFlags().BoolVar(&noOCR, "no-ocr", false, "do not read scans and pictures of tables, also where \"gongkai ocr install\" was run")
	root.PersistentPreRun = func(*cobra.Command, []string) {
		if noOCR {
			scan.Disable()
		}
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddGroup(&cobra.Group{ID: groupRead, Title: "From reports to a dataset:"}, &cobra.Group{ID: groupLook, Title: "Look at the dataset:"}, &cobra.Group{ID: groupTrust, Title: "Check it:"})
	in := func(group string, commands ...*cobra.Command) {
		for _, c := range commands {
			c.GroupID = group
		}
		root.AddCommand(commands...)
	}
	in(groupRead, a.runCommand(), a.extractCommand(), a.importCommand(), a.crawlCommand(), a.workerCommand(), a.probeCommand(), a.buildCommand(), a.templateCommand())
	in(groupLook, a.serveCommand(), a.searchCommand(), a.compareCommand(), a.coverageCommand(), a.exportCommand(), a.siteCommand())
	in(groupTrust, a.explainCommand(), a.reviewCommand(), a.auditCommand(), a.releaseCommand(), a.diffCommand(), a.verifyCommand(), a.ocrCommand(), a.manualCommand(), a.versionCommand())
	readsDocuments := []string{"run", "extract", "import", "build"}
	for _, c := range root.Commands() {
		check := c.Args
		c.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return usageError{fmt.Errorf("%w; see gongkai %s --help", err, cmd.Name())}
			}
			return nil
		}
		if slices.Contains(readsDocuments, c.Name()) {
			c.Long += "\n" + exitHelpUnread
		} else {
			c.Long += "\n" + exitHelp
		}
		if _, long := keptBy[c.Name()]; long {
			c.Long += exitHelpInterrupted
		}
	}
	return root
}
