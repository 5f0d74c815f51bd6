package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/manual"
	"github.com/spf13/cobra"
)

func (a *app) manualCommand() *cobra.Command {
	language := ""
	var names []string
	if chapters, err := manual.Chapters("en"); err == nil {
		for _, c := range chapters {
			names = append(names, c.Name)
		}
	}
	cmd := &cobra.Command{
		Use:   "manual [CHAPTER]",
		Short: "Show the manual: the first hour, quality, releases, limits, formats, trouble, design",
		Long: `Show the manual, in English or Chinese: its chapters, or one of them. gongkai serve and gongkai site show the same under /manual.

CHAPTERS
  ` + strings.Join(names, "\n  ") + `

EXAMPLES
  gongkai manual first-hour
  gongkai manual quality --language zh | less`,
		Args:      cobra.MaximumNArgs(1),
		ValidArgs: names,
		RunE: func(_ *cobra.Command, args []string) error {
			if language == "" {
				language = terminalLanguage()
			}
			return a.manual(language, args)
		},
	}
	cmd.Flags().StringVar(&language, "language", "", "zh or en (default that of the terminal)")
	return cmd
}

func (a *app) manual(language string, args []string) error {
	chapters, err := manual.Chapters(language)
	if err != nil {
		return usageError{err}
	}
	if len(args) == 0 {
		for _, c := range chapters {
			if a.json {
				if err := a.emit(map[string]string{"message_type": "chapter", "name": c.Name, "title": c.Title}); err != nil {
					return err
				}
				continue
			}
			fmt.Fprintf(a.out, "%-12s %s\n", c.Name, c.Title)
		}
		return nil
	}
	c, ok := manual.Find(chapters, args[0])
	if !ok {
		var names []string
		for _, c := range chapters {
			names = append(names, c.Name)
		}
		return usageError{fmt.Errorf("there is no chapter %q; there are %s", args[0], strings.Join(names, ", "))}
	}
	if a.json {
		return a.emit(map[string]string{"message_type": "chapter", "name": c.Name, "title": c.Title, "text": c.Text})
	}
	_, err = io.WriteString(a.out, c.Text)
	return err
}
