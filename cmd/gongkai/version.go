package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/spf13/cobra"
)

// release is the version of the software; a release build may set it with -ldflags -X.
var release = "0.1.0"

// software names this build as the manifest and the WARC files record it.
func software() string { return "gongkai/" + release }

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of the software and of the dataset schema",
		Long:  "Print the version of the software and of the dataset schema.",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			revision := ""
			if info, ok := debug.ReadBuildInfo(); ok {
				for _, s := range info.Settings {
					if s.Key == "vcs.revision" {
						revision = s.Value
					}
				}
			}
			if a.json {
				return a.emit(map[string]string{"message_type": "version", "version": release, "schema_version": schema.Version, "revision": revision,
					"go": runtime.Version(), "os": runtime.GOOS, "arch": runtime.GOARCH})
			}
			_, err := fmt.Fprintf(a.out, "gongkai %s, schema %s, %s %s/%s\n", release, schema.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
