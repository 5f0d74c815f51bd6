package crawl

import (
	"context"
	"fmt"
	"go/build"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/crawl/sim"
	"github.com/gongkai-data/gongkai/store"
)

// objectServer is an S3 server of a test's own, which it can kill and start again.
type objectServer struct {
	program, folder, at string
	running             *exec.Cmd
}

func newObjectServer(t *testing.T) *objectServer {
	t.Helper()
	program, err := exec.LookPath("versitygw")
	if err != nil {
		program = filepath.Join(build.Default.GOPATH, "bin", "versitygw")
	}
	if _, err := os.Stat(program); err != nil {
		t.Skip("no S3 server is installed: go install github.com/versity/versitygw/cmd/versitygw@v1.8.0")
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &objectServer{program: program, folder: t.TempDir(), at: free.Addr().String()}
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(s.folder, "away"), 0o777); err != nil {
		t.Fatal(err)
	}
	s.start(t)
	t.Cleanup(s.stop)
	return s
}

// start returns when the server answers.
func (s *objectServer) start(t *testing.T) {
	t.Helper()
	s.running = exec.Command(s.program, "--port", s.at, "posix", s.folder)
	s.running.Env = append(os.Environ(), "ROOT_ACCESS_KEY=gongkai", "ROOT_SECRET_KEY=gongkai-secret")
	if err := s.running.Start(); err != nil {
		t.Error(err)
		return
	}
	for range 300 {
		if c, err := net.Dial("tcp", s.at); err == nil {
			_ = c.Close()
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Error("the S3 server does not answer")
}

// stop kills the server.
func (s *objectServer) stop() {
	_ = s.running.Process.Kill()
	_ = s.running.Wait()
}

// TestObjectStoreAway kills the object store twice in the midst of a crawl and starts it again: the crawl waits, goes
// on, finds what it finds without an outage, and every capture is in the bucket.
func TestObjectStoreAway(t *testing.T) {
	location := testSchema(t)
	server := newObjectServer(t)
	t.Setenv("AWS_ACCESS_KEY_ID", "gongkai")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "gongkai-secret")
	ctx := context.Background()
	bucket := fmt.Sprintf("s3://away?endpoint=http://%s&use_path_style=true&region=us-east-1", server.at)
	archive, err := store.Open(ctx, bucket, store.Options{Staging: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	web := fewer(sim.New(), someSites...)
	defer web.Close()
	opt := simOptions(web, archive, t.TempDir())
	opt.Frontier, opt.Lease = location, 3*time.Second
	var once sync.Once
	var kills sync.WaitGroup
	opt.Progress = func(e Event) {
		if e.Pages > 0 {
			once.Do(func() {
				kills.Go(func() {
					for range 2 {
						server.stop()
						time.Sleep(4 * time.Second)
						server.start(t)
						time.Sleep(time.Second)
					}
				})
			})
		}
	}
	_, err = Run(ctx, opt)
	kills.Wait()
	if err != nil {
		t.Fatal(err)
	}
	score(t, web, found(t, location))
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	inTheBucket(t, bucket, found(t, location))
}

// inTheBucket reads on another machine, whose staging folder is empty, each document that was found.
func inTheBucket[R any](t *testing.T, bucket string, reports map[string]R) {
	t.Helper()
	ctx := context.Background()
	archive, err := store.Open(ctx, bucket, store.Options{Staging: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	for address := range reports {
		c, ok, err := archive.LookupBody(ctx, address)
		if err != nil || !ok {
			t.Errorf("%s is not in the bucket: %v", address, err)
			continue
		}
		body, err := archive.Body(ctx, c)
		if err == nil {
			_, err = io.Copy(io.Discard, body)
			_ = body.Close()
		}
		if err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
}
