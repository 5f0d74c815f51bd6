// Package worker runs jobs on hostile input in child processes of the running binary, with hard limits on memory and
// time.
//
// A child is started when first needed, serves one job after another over its standard input and output (gob), and is
// killed and replaced when a job outlives its limit, uses too much memory or crashes. A child ends by itself when its
// parent does.
package worker

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// Variable is the environment variable that turns a process into a child; its value names the role.
const Variable = "GONGKAI_WORKER"

// startLimit bounds the time from fork to ready. PDFium compiles for some seconds when its cache is empty and the
// machine is busy.
const startLimit = 120 * time.Second

// Errors of Do, beside those of the job itself.
var (
	ErrTime    = errors.New("the time limit for one document was reached")
	ErrCrashed = errors.New("the reading process died on this document")
	ErrStart   = errors.New("a reading process could not be started")
)

// Pool is a set of like children. Its methods may be called from many goroutines.
type Pool[Job, Result any] struct {
	role   string
	slots  chan struct{} // one token per child that may exist
	mu     sync.Mutex
	idle   []*child
	closed bool
}

// NewPool returns a pool of at most size children in the given role. Nothing is started yet.
func NewPool[Job, Result any](role string, size int) *Pool[Job, Result] {
	return &Pool[Job, Result]{role: role, slots: make(chan struct{}, size)}
}

type child struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	enc    *gob.Encoder
	dec    *gob.Decoder
	stderr *tail
}

// answer is what a child sends back for one job.
type answer[Result any] struct {
	Result Result
	Err    string
	Last   bool // the child ends after this one
}

// Do runs one job in a child. It fails with ErrTime or ErrCrashed when the job did, and with ctx's error when ctx ends
// first.
func (p *Pool[Job, Result]) Do(ctx context.Context, job Job, limit time.Duration) (Result, error) {
	var none Result
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return none, ctx.Err()
	}
	c, err := p.take()
	if err != nil {
		return none, fmt.Errorf("%w: %w", ErrStart, err)
	}
	type outcome struct {
		a   answer[Result]
		err error
	}
	done := make(chan outcome, 1)
	go func() {
		var o outcome
		if o.err = c.enc.Encode(&job); o.err == nil {
			o.err = c.dec.Decode(&o.a)
		}
		done <- o
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case o := <-done:
		if o.err != nil {
			c.kill()
			return none, fmt.Errorf("%w%s", ErrCrashed, c.stderr.reason())
		}
		if o.a.Last {
			c.kill()
		} else {
			p.put(c)
		}
		if o.a.Err != "" {
			return o.a.Result, errors.New(o.a.Err)
		}
		return o.a.Result, nil
	case <-timer.C:
		c.kill()
		<-done
		return none, ErrTime
	case <-ctx.Done():
		c.kill()
		<-done
		return none, ctx.Err()
	}
}

func (p *Pool[Job, Result]) take() (*child, error) {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, errors.New("the pool is closed")
	}
	if n := len(p.idle); n > 0 {
		c := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return c, nil
	}
	p.mu.Unlock()
	return start(p.role)
}

func (p *Pool[Job, Result]) put(c *child) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		c.kill()
		return
	}
	p.idle = append(p.idle, c)
}

// Close ends the idle children; those at work end after their job. A closed pool takes no further job.
func (p *Pool[Job, Result]) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	for _, c := range p.idle {
		c.kill()
	}
	p.idle = nil
}

func start(role string) (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("finding the running program: %w", err)
	}
	c := &child{cmd: exec.Command(self), stderr: &tail{}}
	c.cmd.Env = append(os.Environ(), Variable+"="+role)
	c.cmd.Stderr = c.stderr
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.cmd.Start(); err != nil {
		return nil, err
	}
	c.enc, c.dec = gob.NewEncoder(c.in), gob.NewDecoder(out)
	timer := time.AfterFunc(startLimit, func() { c.cmd.Process.Kill() })
	defer timer.Stop()
	var ready string
	if err := c.dec.Decode(&ready); err != nil {
		c.kill()
		return nil, fmt.Errorf("the %s process did not start%s", role, c.stderr.reason())
	}
	if ready != "" {
		c.kill()
		return nil, fmt.Errorf("the %s process did not start: %s", role, ready)
	}
	return c, nil
}

func (c *child) kill() {
	c.in.Close()
	c.cmd.Process.Kill()
	c.cmd.Wait()
}

// tail keeps the start of what a dying child wrote: Go prints the reason of a fatal error first.
type tail struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if room := 2048 - t.buf.Len(); room > 0 {
		t.buf.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

func (t *tail) reason() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	line, _, _ := strings.Cut(strings.TrimSpace(t.buf.String()), "\n")
	if line == "" {
		return ""
	}
	return ": " + line
}
