package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/inputs"
	"github.com/spf13/cobra"
)

func (a *app) templateCommand() *cobra.Command {
	var names []string
	about := ""
	for _, f := range inputs.Files() {
		names = append(names, f.Name)
		about += fmt.Sprintf("  %-12s %s\n", f.Name, f.About)
	}
	known := false
	cmd := &cobra.Command{
		Use:   "template " + strings.Join(names, "|"),
		Short: "Print a file to fill in: seeds, corrections and their like, with what each column holds",
		Long: `Print a CSV file to fill in, with what each column holds and an example in lines that begin with #. Such lines may stay in the file;
the columns may stand in any order, and those that are not needed may be left out.

` + about + `
EXAMPLE
  gongkai template seeds > seeds.csv
  gongkai template seeds --known > seeds.csv     # with sites to begin with`,
		Args:      cobra.ExactArgs(1),
		ValidArgs: names,
		RunE: func(_ *cobra.Command, args []string) error {
			file, ok := inputs.Lookup(args[0])
			if !ok {
				return usageError{fmt.Errorf("there is no template %q; there are %s", args[0], strings.Join(names, ", "))}
			}
			if known && file.Name != inputs.Seeds {
				return usageError{errors.New("--known is for seeds")}
			}
			if known {
				_, err := fmt.Fprint(a.out, inputs.KnownSites())
				return err
			}
			if a.json {
				return a.emit(map[string]any{"message_type": "template", "name": file.Name, "about": file.About, "columns": file.Columns})
			}
			_, err := fmt.Fprint(a.out, file.Template())
			return err
		},
	}
	cmd.Flags().BoolVar(&known, "known", false, "with the sites that come with the program, for seeds")
	return cmd
}
