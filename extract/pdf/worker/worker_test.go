package worker

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestMain(m *testing.M) {
	limits := Limits{Memory: 128 << 20, Job: time.Minute}
	switch Role() {
	case "test":
		if err := Serve(limits, func() (func(string) (string, error), error) { return work, nil }); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	case "broken":
		Serve(limits, func() (func(string) (string, error), error) { return nil, errors.New("no engine") })
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// sink keeps the compiler from leaving allocations out.
var sink [][]byte

func work(job string) (string, error) {
	switch job {
	case "error":
		return "", errors.New("bad document")
	case "panic":
		panic("no luck")
	case "loop":
		for {
			time.Sleep(time.Microsecond)
		}
	case "eat":
		for {
			b := make([]byte, 1<<20)
			for i := range b {
				b[i] = 1
			}
			sink = append(sink, b)
		}
	case "huge":
		sink = append(sink, make([]byte, 1<<40))
	case "print":
		fmt.Println("noise on standard output")
	case "exit":
		os.Exit(3)
	}
	return strings.ToUpper(job), nil
}

func TestDo(t *testing.T) {
	p := NewPool[string, string]("test", 2)
	defer p.Close()
	ctx := context.Background()
	for _, c := range []struct {
		job, want string
		err       error
		message   string
	}{
		{"good", "GOOD", nil, ""},
		{"error", "", nil, "bad document"},
		{"print", "PRINT", nil, ""},
		{"panic", "", nil, "no luck"},
		{"loop", "", ErrTime, ""},
		{"eat", "", ErrCrashed, "memory"},
		{"huge", "", ErrCrashed, "memory"},
		{"exit", "", ErrCrashed, ""},
		{"good", "GOOD", nil, ""},
	} {
		if c.job == "huge" && !limited {
			continue // only the system can refuse one allocation beyond the limit
		}
		limit := 20 * time.Second
		if c.job == "loop" {
			limit = 300 * time.Millisecond
		}
		got, err := p.Do(ctx, c.job, limit)
		if got != c.want || c.err != nil && !errors.Is(err, c.err) || c.err == nil && c.message == "" && err != nil ||
			c.message != "" && (err == nil || !strings.Contains(err.Error(), c.message)) {
			t.Errorf("%s: %q, %v", c.job, got, err)
		}
	}
}

func TestManyAtOnce(t *testing.T) {
	p := NewPool[string, string]("test", 2)
	defer p.Close()
	var wait sync.WaitGroup
	for i := range 40 {
		wait.Go(func() {
			job := fmt.Sprintf("job %d", i)
			if i%10 == 9 {
				job = "exit"
			}
			got, err := p.Do(context.Background(), job, 20*time.Second)
			if i%10 != 9 && (err != nil || got != strings.ToUpper(job)) {
				t.Errorf("%s: %q, %v", job, got, err)
			}
		})
	}
	wait.Wait()
}

func TestStart(t *testing.T) {
	if _, err := NewPool[string, string]("broken", 1).Do(context.Background(), "x", time.Second); !errors.Is(err, ErrStart) || !strings.Contains(err.Error(), "no engine") {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	p := NewPool[string, string]("test", 1)
	defer p.Close()
	time.AfterFunc(200*time.Millisecond, cancel)
	if _, err := p.Do(ctx, "loop", time.Minute); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
