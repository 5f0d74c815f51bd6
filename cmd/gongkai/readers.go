package main

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/compare"
	"github.com/gongkai-data/gongkai/datasets/web"
	"github.com/spf13/cobra"
)

// brought is what the keeper of a site brings to its pages.
type brought struct {
	denominators string // file
	feedback     string // address
}

func (b *brought) addFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&b.feedback, "feedback", "", "address to which readers report errors: mailto:NAME@HOST, or an https address that takes title= and body=")
}

// take checks what was brought and gives it to the pages.
func (b brought) take(opt *web.Options) error {
	if b.feedback != "" {
		u, err := url.Parse(b.feedback)
		if err != nil || u.Scheme == "mailto" && !strings.Contains(u.Opaque, "@") || u.Scheme != "mailto" && (u.Scheme != "https" || u.Host == "") {
			return usageError{fmt.Errorf("--feedback is a mailto: or https: address, not %q", b.feedback)}
		}
		opt.Feedback = b.feedback
	}
	if b.denominators == "" {
		return nil
	}
	var err error
	opt.Denominators, err = readInput("denominators", b.denominators, compare.ReadDenominators)
	return err
}
