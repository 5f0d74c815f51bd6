package worker

import (
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// Limits of a child.
type Limits struct {
	Memory int64         // bytes of writable memory; beyond it the child ends
	Job    time.Duration // after this a child ends itself, in case nobody is left to kill it
}

// Role returns the role that this process was started for, or "" for an ordinary process.
func Role() string { return os.Getenv(Variable) }

// Serve turns the process into a child and returns when the parent closes the pipe. prepare runs once; its error is
// reported to the parent. A job that panics answers with an error and ends the child, because its state may be damaged.
func Serve[Job, Result any](limits Limits, prepare func() (func(Job) (Result, error), error)) error {
	in, out := os.Stdin, os.Stdout
	os.Stdout = os.Stderr // nothing that a library prints may reach the pipe
	os.Unsetenv(Variable)
	limitMemory(limits.Memory)
	debug.SetMemoryLimit(limits.Memory * 3 / 4)
	debug.SetGCPercent(400) // what a child keeps is small beside its engine, which lies outside of the heap
	go watch(limits.Memory)
	enc, dec := gob.NewEncoder(out), gob.NewDecoder(in)
	handle, err := prepare()
	if err != nil {
		return enc.Encode(err.Error())
	}
	if err := enc.Encode(""); err != nil {
		return fmt.Errorf("telling the parent that the child is ready: %w", err)
	}
	for {
		var job Job
		if err := dec.Decode(&job); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return fmt.Errorf("receiving a job: %w", err)
		}
		timer := time.AfterFunc(limits.Job, func() { os.Exit(1) })
		a := run(handle, job)
		timer.Stop()
		if err := enc.Encode(&a); err != nil {
			return fmt.Errorf("sending a result: %w", err)
		}
		if a.Last {
			return nil
		}
	}
}

func run[Job, Result any](handle func(Job) (Result, error), job Job) (a answer[Result]) {
	defer func() {
		if r := recover(); r != nil {
			a = answer[Result]{Err: fmt.Sprintf("the reader panicked: %v", r), Last: true}
		}
	}()
	result, err := handle(job)
	a.Result = result
	if err != nil {
		a.Err = err.Error()
	}
	return a
}

// watch ends the process when the Go runtime holds more than limit. It is the only memory limit where the system has
// none (macOS, Windows), and it is checked twenty times a second, so a fast allocation may overshoot it there.
func watch(limit int64) {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	for {
		time.Sleep(50 * time.Millisecond)
		metrics.Read(sample)
		if held := sample[0].Value.Uint64() - sample[1].Value.Uint64(); held > uint64(limit) {
			fmt.Fprintf(os.Stderr, "out of memory: %d MB held, the limit is %d MB\n", held>>20, limit>>20)
			os.Exit(1)
		}
	}
}
