package remote

import (
	"errors"
	"net"
	"net/http"

	"github.com/minio/minio-go/v7"
)

// IsOutage reports whether an error says that the store cannot be reached now, or has too much to do.
func IsOutage(err error) bool {
	var answer minio.ErrorResponse
	if errors.As(err, &answer) {
		return answer.StatusCode >= http.StatusInternalServerError || answer.StatusCode == http.StatusTooManyRequests
	}
	var network *net.OpError
	var name *net.DNSError
	return errors.As(err, &network) || errors.As(err, &name)
}
