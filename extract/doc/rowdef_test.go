package doc

import (
	"slices"
	"strings"
	"testing"
)

// def is TDefTableOperand of three cells at 0, 100, 200 and 300.
var def = tableSprm{sprmTDefTable, append([]byte{3, 0, 0, 100, 0, 200, 0, 44, 1}, make([]byte, 60)...)}

// across is def with marks of merges across.
func across(marks ...byte) tableSprm {
	o := slices.Clone(def.operand)
	for i, m := range marks {
		o[9+20*i] = m
	}
	return tableSprm{sprmTDefTable, o}
}

func TestRowDefs(t *testing.T) {
	for _, c := range []struct {
		name   string
		sprms  []tableSprm
		edges  []int
		beside []int // cells merged with the one on their left
		below  []int // cells that continue the one above
		fails  string
	}{
		{name: "plain", sprms: []tableSprm{def, {0x9407, []byte{1, 0}}}, edges: []int{0, 100, 200, 300}},
		{name: "no widths", sprms: []tableSprm{{0x9407, []byte{1, 0}}}, fails: "where its cells lie"},
		{name: "merged across", sprms: []tableSprm{def, {sprmTMerge, []byte{1, 3}}}, edges: []int{0, 100, 200, 300}, beside: []int{2}},
		{name: "merged across, the first marked 2", sprms: []tableSprm{across(0, 2, 1)}, edges: []int{0, 100, 200, 300}, beside: []int{2}},
		{name: "merged across, the first marked 1", sprms: []tableSprm{across(0, 1, 2)}, edges: []int{0, 100, 200, 300}, beside: []int{2}},
		{name: "two merges, the first marked 3", sprms: []tableSprm{across(3, 1, 3)}, edges: []int{0, 100, 200, 300}, beside: []int{1}},
		{name: "split again", sprms: []tableSprm{def, {sprmTMerge, []byte{0, 3}}, {sprmTSplit, []byte{0, 3}}}, edges: []int{0, 100, 200, 300}},
		{name: "merged down", sprms: []tableSprm{def, {sprmTVertMerge, []byte{1, 1}}}, edges: []int{0, 100, 200, 300}, below: []int{1}},
		{name: "merge begins", sprms: []tableSprm{def, {sprmTVertMerge, []byte{1, 3}}}, edges: []int{0, 100, 200, 300}},
		{name: "inserted", sprms: []tableSprm{def, {sprmTInsert, []byte{1, 2, 50, 0}}}, edges: []int{0, 100, 150, 200, 300, 400}},
		{name: "deleted", sprms: []tableSprm{def, {sprmTDelete, []byte{1, 2}}}, edges: []int{0, 100, 200}},
		{name: "widened", sprms: []tableSprm{def, {sprmTDxaCol, []byte{0, 2, 150, 0}}}, edges: []int{0, 150, 300, 400}},
		{name: "not understood", sprms: []tableSprm{def, {0xD6FF, []byte{0}}}, fails: "0xd6ff"},
		{name: "cells that are not there", sprms: []tableSprm{def, {sprmTDelete, []byte{2, 9}}}, fails: "does not have"},
		{name: "vertical merge of none", sprms: []tableSprm{def, {sprmTVertMerge, []byte{7, 1}}}, fails: "does not have"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := rowDefs(c.sprms)
			if c.fails != "" {
				if err == nil || !strings.Contains(err.Error(), c.fails) {
					t.Fatalf("error %v, want one of %s", err, c.fails)
				}
				return
			}
			if err != nil || !slices.Equal(d.edges, c.edges) {
				t.Fatalf("edges %v, error %v", d.edges, err)
			}
			for i, cell := range d.cells {
				if cell.beside != slices.Contains(c.beside, i) || cell.below != slices.Contains(c.below, i) {
					t.Errorf("cell %d: %+v", i, cell)
				}
			}
		})
	}
}

func TestLattice(t *testing.T) {
	rows := []row{{defs: rowDef{edges: []int{0, 1000, 2000}, cells: make([]cellDef, 2)}}, {defs: rowDef{edges: []int{7, 990, 1500, 2005}, cells: make([]cellDef, 3)}}}
	l := newLattice(rows)
	if len(l) != 4 || l.column(1000) != 1 || l.column(990) != 1 || l.column(2005) != 3 {
		t.Errorf("lines %v", l)
	}
	rows[1].defs.edges = []int{0, 980, 1000, 2000} // a cell of one point is a column of its own
	if l = newLattice(rows); len(l) != 4 {
		t.Errorf("lines %v", l)
	}
}
