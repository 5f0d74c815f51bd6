package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/spf13/cobra"
)

// stamped is the version that a release build sets with -ldflags "-X main.stamped=1.2.3". The linker sets only a
// variable that the program does not compute.
var stamped string

// release is the version of the software: the one stamped, else the tag that the build records, else that of the last
// release.
var release = cmp.Or(stamped, tagged(), "0.1.0")

var releaseTag = lazyregexp.New(`^v(\d+\.\d+\.\d+)$`)

// tagged returns the version of the module where the build records a plain tag, else "": a build between two tags
// records a commit, with which each would differ in the manifest.
func tagged() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		if m := releaseTag.FindStringSubmatch(info.Main.Version); m != nil {
			return m[1]
		}
	}
	return ""
}

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
