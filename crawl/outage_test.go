package crawl

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/crawl/sim"
	"github.com/jackc/pgx/v5/pgconn"
)

func TestOutages(t *testing.T) {
	for _, err := range []error{&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, syscall.ECONNRESET, &pgconn.PgError{Code: "57P01"}, &pgconn.PgError{Code: "53300"}} {
		if !isOutage(fmt.Errorf("doing: %w", err)) {
			t.Errorf("%v is no outage", err)
		}
	}
	for _, err := range []error{nil, context.Canceled, fs.ErrPermission, syscall.ENOSPC, &pgconn.PgError{Code: "42P01"}, errors.New("anything else")} {
		if isOutage(err) {
			t.Errorf("%v is an outage", err)
		}
	}
}

// proxy stands before a server and can be cut off from it.
type proxy struct {
	listener net.Listener
	to       string
	mu       sync.Mutex
	open     map[net.Conn]bool
	away     bool
}

func newProxy(t *testing.T, to string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{listener: l, to: to, open: map[net.Conn]bool{}}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go p.join(c)
		}
	}()
	return p
}

func (p *proxy) join(c net.Conn) {
	defer c.Close()
	p.mu.Lock()
	away := p.away
	p.mu.Unlock()
	if away {
		return
	}
	server, err := net.Dial("tcp", p.to)
	if err != nil {
		return
	}
	defer server.Close()
	p.mu.Lock()
	p.open[c], p.open[server] = true, true
	p.mu.Unlock()
	go func() { _, _ = server.(*net.TCPConn).ReadFrom(c); _ = server.Close() }()
	_, _ = c.(*net.TCPConn).ReadFrom(server)
}

// cut ends all connections, and refuses new ones until it is mended.
func (p *proxy) cut(away bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.away = away
	for c := range p.open {
		_ = c.Close()
	}
	clear(p.open)
}

// through leads an address over the proxy.
func (p *proxy) through(address string) string {
	return strings.Replace(address, p.to, p.listener.Addr().String(), 1)
}

// TestDatabaseAway takes the database away twice in the midst of a crawl: it waits, goes on, and finds what it finds
// without an outage.
func TestDatabaseAway(t *testing.T) {
	t.Parallel()
	location := testSchema(t)
	database := newProxy(t, hostOf(t, os.Getenv("GONGKAI_TEST_POSTGRES")))
	web := fewer(sim.New(), someSites...)
	defer web.Close()
	opt := simOptions(web, openArchive(t, t.TempDir()), t.TempDir())
	opt.Frontier, opt.Lease = database.through(location), 3*time.Second
	var once sync.Once
	var cuts sync.WaitGroup
	opt.Progress = func(e Event) {
		if e.Pages > 0 {
			once.Do(func() {
				cuts.Go(func() {
					for range 2 {
						database.cut(true)
						time.Sleep(4 * time.Second)
						database.cut(false)
						time.Sleep(time.Second)
					}
				})
			})
		}
	}
	if _, err := Run(context.Background(), opt); err != nil {
		t.Fatal(err)
	}
	cuts.Wait()
	score(t, web, found(t, location))
}

// hostOf is the host and port that an address names, or its endpoint.
func hostOf(t *testing.T, address string) string {
	t.Helper()
	at := strings.LastIndex(address, "127.0.0.1:")
	if at < 0 {
		t.Skipf("%s is not on this machine", address)
	}
	end := strings.IndexAny(address[at:], "/?&")
	if end < 0 {
		return address[at:]
	}
	return address[at : at+end]
}

// A process takes few connections, so that many share a database as it comes.
func TestFewConnections(t *testing.T) {
	location := testSchema(t)
	db, err := frontier.Open(context.Background(), location)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if n := db.Pool().Config().MaxConns; 32*n > 97 {
		t.Errorf("32 processes take %d connections", 32*n)
	}
}

// The hosts of a process that died are due when its lease ends, not later.
func TestDeadProcessKeepsItsHostsForTheLeaseOnly(t *testing.T) {
	ctx := context.Background()
	db, err := frontier.Open(ctx, t.TempDir()+"/frontier.sqlite")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	now := time.Now()
	run, err := db.StartRun(ctx, now, "{}")
	if err != nil {
		t.Fatal(err)
	}
	seed, task, err := firstTask(Seed{Site: "http://a.example.org/"})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.AddSeed(ctx, run.ID, seed, task); err != nil {
		t.Fatal(err)
	}
	if due, err := db.Due(ctx, run.ID, now, now.Add(time.Hour), 10); err != nil || len(due) != 1 {
		t.Fatalf("due: %v, %v", due, err)
	}
	if ok, err := db.Lease(ctx, task.Host, "the dead", now, now.Add(30*time.Second)); err != nil || !ok {
		t.Fatalf("leased: %v, %v", ok, err)
	}
	if due, err := db.Due(ctx, run.ID, now.Add(29*time.Second), now.Add(time.Hour), 10); err != nil || len(due) != 0 {
		t.Errorf("due while it is leased: %v, %v", due, err)
	}
	if due, err := db.Due(ctx, run.ID, now.Add(31*time.Second), now.Add(time.Hour), 10); err != nil || len(due) != 1 {
		t.Errorf("due behind the lease: %v, %v", due, err)
	}
}
