package main

import (
	"context"
	"fmt"

	"github.com/gongkai-data/gongkai/extract/ocr"
	"github.com/gongkai-data/gongkai/extract/scan"
	"github.com/spf13/cobra"
)

func (a *app) ocrCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "ocr",
		Short: "Install what scans are read with, and try it",
		Long: `Scans and pictures of tables are read by two recognition models that ONNX Runtime runs. Library and models are no part of this
program: install puts them into the user's cache folder (or the one that ` + ocr.FolderVariable + ` names). Where they are, scans are read; --no-ocr leaves
it out. Without them a scan is told and not read.

A number stands only where both models read it alike and no sum of the form contradicts it; all else is unreadable, and told.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	from := ""
	install := &cobra.Command{
		Use:   "install",
		Short: "Get library and models by the user's own pip, 70 MB",
		Long: `Get library and models by the user's own pip (python3 -m pip download) out of the wheels onnxruntime 1.32.0, rapidocr-onnxruntime 1.4.4 and
rapidocr 3.10.0, and compare them with their known digests. On a machine without network, --from names a folder that holds the wheels.

EXAMPLES
  gongkai ocr install
  gongkai ocr install --from ~/wheels` + exitHelp,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			folder, err := ocr.Install(cmd.Context(), from)
			if err != nil {
				return err
			}
			return a.tellOCR("installed into "+folder, folder)
		},
	}
	install.Flags().StringVar(&from, "from", "", "folder with the wheels, instead of pip")
	check := &cobra.Command{
		Use:   "check",
		Short: "Compare the installed files with their digests and read a sample",
		Long:  "Compare the installed files with their digests and read a sample: a small table whose numbers are known." + exitHelp,
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.checkOCR(cmd.Context()) },
	}
	c.AddCommand(install, check)
	return c
}

func (a *app) checkOCR(ctx context.Context) error {
	defer scan.Close()
	if err := ocr.Verify(); err != nil {
		return err
	}
	if err := scan.Check(ctx); err != nil {
		return fmt.Errorf("trying a sample: %w", err)
	}
	folder, err := ocr.Folder()
	if err != nil {
		return err
	}
	return a.tellOCR("library and models work: the sample was read right", folder)
}

func (a *app) tellOCR(what, folder string) error {
	if a.json {
		return a.emit(map[string]string{"message_type": "ocr", "folder": folder, "message": what})
	}
	_, err := fmt.Fprintln(a.out, what)
	return err
}
