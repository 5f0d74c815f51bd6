package fit

import (
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize/number"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// Why a number that was recognised in a picture is not given.
const (
	sumFails  = "a sum of the form does not hold with this number, which was recognised in a picture"
	sumIsOpen = "another number of this sum was not recognised, so nothing confirms this one, which was"
	// recognisedText is the doubt of numbers in running text, which each model read once.
	recognisedText = "the number was recognised in a picture, in text without rules around it"
)

// weighty is how many numbers that are not zero make a sum tell something of their digits: in 1 = 1 both may be a 7.
const weighty = 3

// confirmation is what the sums of the form say of a number.
type confirmation struct {
	holds, fails, weighty, open int
}

// confirms reports whether sums stand for a number whose recognition is not sure.
func (e confirmation) confirms() bool { return e.fails == 0 && (e.weighty > 0 || e.holds > 1) }

// doubtRecognised doubts numbers that were recognised in a picture and that a sum contradicts or, where they are part
// of one sum only, that this sum cannot confirm because another number of it was not read. It also settles those whose
// recognition is not sure.
func (f *fitter) doubtRecognised() {
	if !slices.ContainsFunc(f.found, func(n found) bool { return n.item.Cell.Recognised }) {
		return
	}
	f.chooseReadings()
	said := f.trySums()
	for i := range f.found {
		n := &f.found[i]
		if !n.item.Cell.Recognised || n.doubt != "" || n.value.State != number.Reported {
			continue
		}
		e := said[rule.Key(n.Cell)]
		switch {
		case e.fails > 0:
			n.doubt = sumFails
		case e.open > 0 && e.holds == 0 && e.open == 1:
			n.doubt, n.alone = sumIsOpen, true
		case n.item.Cell.Doubt != "" && !e.confirms():
			n.doubt, n.alone = n.item.Cell.Doubt, true
		default:
			continue
		}
		f.problemText(extract.UnreadNumber, n.item, n.Cell, "%s: %s", n.Cell, n.doubt)
	}
}

// trySums tries the sums of the form on what was found.
func (f *fitter) trySums() map[rule.Key]confirmation {
	table := f.numbers()
	unread := map[rule.Key]bool{}
	for _, n := range f.found {
		unread[rule.Key(n.Cell)] = n.value.State == number.Unreadable || n.doubt != ""
	}
	out := map[rule.Key]confirmation{}
	for _, c := range rule.Report(table, f.sums) {
		present, open := 0, false
		for _, k := range c.Cells {
			if v := table[k]; v == v && v != 0 {
				present++
			}
			open = open || unread[k]
		}
		for _, k := range c.Cells {
			e := out[k]
			switch {
			case c.Outcome == rule.Fail:
				e.fails++
			case c.Outcome == rule.Pass && !open:
				e.holds++
				if present >= weighty {
					e.weighty++
				}
			case open:
				e.open++
			}
			out[k] = e
		}
	}
	return out
}

// chooseReadings reads the numbers that the recognitions of a picture read differently, where the sums of the form
// leave one of the readings only.
func (f *fitter) chooseReadings() {
	var open []*found
	for i := range f.found {
		if n := &f.found[i]; n.item.Cell.Readings != "" && n.doubt == "" && n.value.State == number.Unreadable {
			open = append(open, n)
		}
	}
	for chosen := true; chosen && len(open) > 0; {
		chosen = false
		open = slices.DeleteFunc(open, func(n *found) bool {
			chosen = f.chooseReading(n) || chosen
			return n.value.State == number.Reported
		})
	}
}

// chooseReading reports whether one of the readings of a number was taken: the only one with which every sum that it is
// part of, and whose other numbers are read, holds. One of these must tell something of its digits.
func (f *fitter) chooseReading(n *found) bool {
	item, value := n.item, n.value
	key := rule.Key(n.Cell)
	var fitting []string
	for _, text := range strings.Split(item.Cell.Readings, "\n") {
		if n.value = number.Parse(text); n.value.State != number.Reported || n.value.Code != "" {
			continue
		}
		if e := f.trySums()[key]; e.fails == 0 && e.weighty > 0 {
			fitting = append(fitting, text)
		}
	}
	n.value = value
	if len(fitting) != 1 {
		return false
	}
	read := *item
	read.Text, read.Number = fitting[0], number.Parse(fitting[0])
	n.item, n.value = &read, read.Number
	return true
}
