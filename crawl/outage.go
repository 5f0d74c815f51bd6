package crawl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/gongkai-data/gongkai/store"
)

// outageEnds is how long database and object store may be away before the crawl gives up.
const outageEnds = 6 * time.Hour

// outagePause and longestOutagePause bound the pause between two tries.
const (
	outagePause        = time.Second
	longestOutagePause = 30 * time.Second
)

// isOutage reports whether an error says that the database or the object store cannot be reached now, or has no room
// for another connection: trying again later may do. Damage, a full disk, refused credentials are none.
func isOutage(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, store.ErrDamaged) {
		return false
	}
	var answer *pgconn.PgError
	if errors.As(err, &answer) {
		// connection exceptions, a server that shuts down or starts, too many connections
		return strings.HasPrefix(answer.Code, "08") || strings.HasPrefix(answer.Code, "57P") || answer.Code == "53300"
	}
	var connecting *pgconn.ConnectError
	return errors.As(err, &connecting) || pgconn.SafeToRetry(err) || store.IsOutage(err) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

// outage is since when what the crawl is kept in does not answer.
type outage struct {
	since time.Time
	tries int
}

// wait takes the error of a try. It returns nil after a pause where another try is due, else the error. A nil error
// ends the outage.
func (o *outage) wait(ctx context.Context, now func() time.Time, tell func(string), err error) error {
	if err == nil {
		*o = outage{}
		return nil
	}
	if !isOutage(err) || ctx.Err() != nil {
		return err
	}
	if o.tries == 0 {
		o.since = now()
	}
	away := now().Sub(o.since)
	if away > outageEnds {
		return fmt.Errorf("no answer for %s: %v", away.Round(time.Minute), err) // not wrapped: it is no outage to wait for any more
	}
	pause := min(outagePause<<min(o.tries, 10), longestOutagePause)
	o.tries++
	tell(fmt.Sprintf("the database or the object store, away for %s: %v", away.Round(time.Second), err))
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(pause):
		return nil
	}
}

// persist does what must be done, again and again while database or object store are away.
func (w *worker) persist(ctx context.Context, do func() error) error {
	var away outage
	for {
		err := do()
		if err == nil {
			return nil
		}
		if err := away.wait(ctx, w.opt.Clock.Now, func(why string) { w.note("waiting for %s", why) }, err); err != nil {
			return err
		}
	}
}
