package web

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
)

// Answers that are being sent are held in memory until their readers have taken them. Three things keep that bounded,
// whatever the readers do: an answer has a place in an outlet from before it is made until it is sent; a write that
// makes no progress for the patience of the server ends with its connection; and where others wait for a place, the
// reader that has stood still longest gives up its own, after a second.

const (
	pieceSize  = 32 << 10               // bytes that a reader must take within the server's patience
	impatience = time.Second            // how long a reader may stand still while others wait for its place
	lookAround = 100 * time.Millisecond // how often those who stand still are looked for while others wait
	sendBuffer = 128 << 10              // bytes of the system's buffer of a connection
)

// ConnContext sets a connection up for sending; it is the ConnContext of the http.Server. The system's buffer is
// bounded: else it grows to megabytes, and a slow reader takes so much at once that its steps lie farther apart than
// the patience of the server.
func ConnContext(ctx context.Context, c net.Conn) context.Context {
	if tcp, ok := c.(*net.TCPConn); ok {
		_ = tcp.SetWriteBuffer(sendBuffer) // the default of the system works too
	}
	return ctx
}

var errCut = errors.New("the reader stood still while others waited")

// paced sends an answer in pieces, each of which must be taken within the patience.
type paced struct {
	http.ResponseWriter
	control  *http.ResponseController
	patience time.Duration

	mu    sync.Mutex
	since time.Time // when the piece on its way was begun; zero where none is
	cut   bool
}

// pace begins an answer, which may take some time to make before its first piece. Call end when it is over.
func pace(w http.ResponseWriter, making, patience time.Duration) (p *paced, end func()) {
	p = &paced{ResponseWriter: w, control: http.NewResponseController(w), patience: patience}
	p.deadline(making + patience) // the one of the request before may have passed
	return p, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		if !p.cut {
			p.deadline(patience) // what the server holds back is sent after this
		}
	}
}

// deadline ends a write that is not over by then. A writer without deadlines (the one of a static site) needs none.
func (p *paced) deadline(in time.Duration) { _ = p.control.SetWriteDeadline(time.Now().Add(in)) }

// Unwrap gives the writer to http.ResponseController.
func (p *paced) Unwrap() http.ResponseWriter { return p.ResponseWriter }

// Write sends bytes piece by piece.
func (p *paced) Write(b []byte) (int, error) {
	n := 0
	for {
		piece := b[n:min(len(b), n+pieceSize)]
		if err := p.begin(); err != nil {
			return n, err
		}
		k, err := p.ResponseWriter.Write(piece)
		p.done()
		if n += k; err != nil || n >= len(b) {
			return n, err
		}
	}
}

func (p *paced) begin() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cut {
		return errCut
	}
	p.since = time.Now()
	p.deadline(p.patience)
	return nil
}

func (p *paced) done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.since = time.Time{}
}

// still is how long the reader has stood still.
func (p *paced) still(now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.since.IsZero() {
		return 0
	}
	return now.Sub(p.since)
}

// cutOff ends the write on its way and all further ones.
func (p *paced) cutOff() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cut = true
	p.deadline(-time.Second)
}

// outlet bounds the answers of one kind that are being made or sent at a time.
type outlet struct {
	free *semaphore.Weighted

	mu      sync.Mutex
	senders map[*paced]bool // those who hold a place; true where it was cut off
	waiting int
	pressed bool // makeRoom is at work
}

func newOutlet(places int64) *outlet {
	return &outlet{free: semaphore.NewWeighted(places), senders: map[*paced]bool{}}
}

// enter takes a place for an answer, first come, first served. Call leave when it is sent.
func (o *outlet) enter(ctx context.Context, w http.ResponseWriter) (leave func(), err error) {
	p, ok := w.(*paced)
	if !ok {
		return func() {}, nil
	}
	if !o.free.TryAcquire(1) {
		o.wait(1)
		err := o.free.Acquire(ctx, 1)
		o.wait(-1)
		if err != nil {
			return nil, err
		}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.senders[p] = false
	return func() {
		o.mu.Lock()
		delete(o.senders, p)
		o.mu.Unlock()
		o.free.Release(1)
	}, nil
}

// wait counts those who wait. While there are any, room is made for them.
func (o *outlet) wait(more int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.waiting += more; o.waiting > 0 && !o.pressed {
		o.pressed = true
		go o.makeRoom()
	}
}

// makeRoom cuts off those who stand still, the longest first and no more than wait, until nobody waits.
func (o *outlet) makeRoom() {
	t := time.NewTicker(lookAround)
	defer t.Stop()
	for now := range t.C {
		if !o.cutStill(now) {
			return
		}
	}
}

func (o *outlet) cutStill(now time.Time) (needed bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	room := o.waiting
	for _, cut := range o.senders {
		if cut {
			room-- // is on its way out
		}
	}
	for ; room > 0; room-- {
		var longest *paced
		still := impatience
		for p, cut := range o.senders {
			if s := p.still(now); !cut && s >= still {
				longest, still = p, s
			}
		}
		if longest == nil {
			break
		}
		longest.cutOff()
		o.senders[longest] = true
	}
	o.pressed = o.waiting > 0
	return o.pressed
}
