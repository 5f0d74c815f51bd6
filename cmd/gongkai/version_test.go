package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"testing"
)

// TestStampedVersion: the linker sets a string variable that has no value in the program, and says nothing of any
// other.
func TestStampedVersion(t *testing.T) {
	config, err := os.ReadFile("../../.goreleaser.yaml")
	if err != nil {
		t.Fatal(err)
	}
	name := regexp.MustCompile(`-X main\.(\w+)=`).FindSubmatch(config)
	if name == nil {
		t.Fatal("the configuration of releases stamps no version")
	}
	file, err := parser.ParseFile(token.NewFileSet(), "version.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, s := range g.Specs {
			v, ok := s.(*ast.ValueSpec)
			if !ok || v.Names[0].Name != string(name[1]) {
				continue
			}
			if kind, ok := v.Type.(*ast.Ident); !ok || kind.Name != "string" || len(v.Values) > 0 {
				t.Errorf("main.%s is no string without a value", name[1])
			}
			return
		}
	}
	t.Errorf("there is no main.%s", name[1])
}
