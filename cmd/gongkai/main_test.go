package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract/pdf"
)

// TestMain lets the test binary serve as the child process of the second PDF reader, and as the whole program for tests
// that kill it.
func TestMain(m *testing.M) {
	pdf.ChildMain()
	if os.Getenv("GONGKAI_TEST_AS_PROGRAM") == "1" {
		main()
	}
	code := m.Run()
	if sampleRun.dir != "" {
		_ = os.RemoveAll(sampleRun.dir)
	}
	os.Exit(code)
}

// gongkai runs one command line in a folder of its own and returns its exit code and what it printed.
func gongkai(t *testing.T, args ...string) (code int, out, errOut string) {
	t.Helper()
	var o, e bytes.Buffer
	code = execute(context.Background(), args, &o, &e)
	return code, o.String(), e.String()
}

// lines decodes JSON lines.
func lines(t *testing.T, text string) []map[string]any {
	t.Helper()
	var out []map[string]any
	for line := range strings.Lines(text) {
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("no JSON object: %v: %q", err, line)
		}
		if m["message_type"] == nil {
			t.Errorf("no message_type in %q", line)
		}
		out = append(out, m)
	}
	return out
}

func write(t *testing.T, name string, body []byte) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, body, 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}
