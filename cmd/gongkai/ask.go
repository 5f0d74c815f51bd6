package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// errNoMore says that the person has left: the end of the input, or q.
var errNoMore = errors.New("no more answers")

// asker asks a person at a terminal, or a file of answers.
type asker struct {
	out   io.Writer
	lines chan string // closed at the end of the input
}

func (a *app) asker(ctx context.Context) *asker {
	q := &asker{a.out, make(chan string)}
	go func() { // a read from a terminal cannot be stopped: it ends with the process
		defer close(q.lines)
		for s := bufio.NewScanner(a.in); s.Scan(); {
			select {
			case q.lines <- strings.TrimSpace(s.Text()):
			case <-ctx.Done():
				return
			}
		}
	}()
	return q
}

// ask prints a question and returns the answer, otherwise where it is empty. Ctrl-C ends the wait.
func (q *asker) ask(ctx context.Context, question, otherwise string) (string, error) {
	if otherwise != "" {
		question += " [" + otherwise + "]"
	}
	fmt.Fprint(q.out, question+": ")
	select {
	case <-ctx.Done():
		fmt.Fprintln(q.out)
		return "", ctx.Err()
	case line, more := <-q.lines:
		switch {
		case !more:
			fmt.Fprintln(q.out)
			return "", errNoMore
		case line == "":
			return otherwise, nil
		}
		return line, nil
	}
}

// choose asks until one of the choices is named by its first letters; q leaves.
func (q *asker) choose(ctx context.Context, question string, choices ...string) (string, error) {
	for {
		answer, err := q.ask(ctx, question+" ("+strings.Join(choices, ", ")+", quit)", "")
		if err != nil {
			return "", err
		}
		answer = strings.ToLower(answer)
		if answer != "" && strings.HasPrefix("quit", answer) {
			return "", errNoMore
		}
		for _, c := range choices {
			if answer != "" && strings.HasPrefix(c, answer) {
				return c, nil
			}
		}
	}
}
