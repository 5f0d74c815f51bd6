package fetch

import (
	"context"
	"errors"
	"net"
	"net/http/httptrace"
)

// errBroken ends a request whose connection broke before the answer. The transport would send it again at once, on a
// new connection: a request that no delay was kept for.
var errBroken = errors.New("the connection broke before the answer")

// once notes the IP address of the connection that a request goes over, and cancels the request when it is about to be
// sent a second time.
func once(ctx context.Context, cancel context.CancelCauseFunc, remote *string) context.Context {
	attempts := 0
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) {
			if attempts++; attempts > 1 {
				cancel(errBroken)
			}
		},
		GotConn: func(info httptrace.GotConnInfo) {
			if host, _, err := net.SplitHostPort(info.Conn.RemoteAddr().String()); err == nil {
				*remote = host
			}
		},
	})
}
