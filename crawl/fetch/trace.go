package fetch

import (
	"context"
	"net"
	"net/http/httptrace"
)

// traceRemote notes the IP address of the connection that a request went over.
func traceRemote(ctx context.Context, remote *string) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) {
		if host, _, err := net.SplitHostPort(info.Conn.RemoteAddr().String()); err == nil {
			*remote = host
		}
	}})
}
