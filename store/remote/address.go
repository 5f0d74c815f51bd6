package remote

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/minio/minio-go/v7/pkg/encrypt"
)

// address is what an s3:// address and the environment say of a bucket.
type address struct {
	bucket    string
	endpoint  string // host and port
	secure    bool   // over TLS
	region    string // empty: asked of the store
	pathStyle bool   // the bucket stands in the path, not before the host
	profile   string // of the files in ~/.aws
	anonymous bool
	fast      bool // Amazon's transfer acceleration
	dualStack bool
	encrypt   encrypt.ServerSide
}

// parse reads s3://NAME and its parameters:
//
//	region                  else AWS_REGION, AWS_DEFAULT_REGION
//	endpoint                a server that is not Amazon's; else AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL
//	use_path_style          true for most such servers (also s3ForcePathStyle, hostname_immutable)
//	disable_https           for an endpoint without a scheme
//	profile                 of ~/.aws/credentials and ~/.aws/config; else AWS_PROFILE
//	anonymous               no credentials
//	accelerate, dualstack   of Amazon's
//	ssetype, kmskeyid       encryption by the store: AES256, aws:kms
//
// Another parameter is an error, so that none is passed over.
func parse(u *url.URL) (*address, error) {
	a := &address{bucket: u.Host, region: firstOf("AWS_REGION", "AWS_DEFAULT_REGION"), profile: os.Getenv("AWS_PROFILE"), secure: true}
	if a.bucket == "" || strings.Trim(u.Path, "/") != "" {
		return nil, errors.New("an address is s3://NAME?region=…, without a path")
	}
	endpoint, cipher, key, plain := firstOf("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"), "", "", false
	texts := map[string]*string{"region": &a.region, "endpoint": &endpoint, "profile": &a.profile, "ssetype": &cipher, "kmskeyid": &key}
	flags := map[string]*bool{"use_path_style": &a.pathStyle, "s3ForcePathStyle": &a.pathStyle, "hostname_immutable": &a.pathStyle,
		"disable_https": &plain, "anonymous": &a.anonymous, "accelerate": &a.fast, "dualstack": &a.dualStack}
	for name, values := range u.Query() {
		value := values[len(values)-1]
		if text := texts[name]; text != nil {
			*text = value
		} else if flag := flags[name]; flag != nil {
			on, err := strconv.ParseBool(value)
			if err != nil {
				return nil, fmt.Errorf("parameter %s is true or false, not %q", name, value)
			}
			*flag = *flag || on
		} else {
			return nil, fmt.Errorf("parameter %s of the address is not known", name)
		}
	}
	return a, errors.Join(a.at(endpoint, plain), a.encryptWith(cipher, key))
}

func firstOf(names ...string) string {
	for _, name := range names {
		if v := os.Getenv(name); v != "" {
			return v
		}
	}
	return ""
}

// at takes the address of the server, a URL or a host.
func (a *address) at(endpoint string, plain bool) error {
	a.secure = !plain
	if endpoint == "" {
		a.endpoint = "s3.amazonaws.com"
		return nil
	}
	if !strings.Contains(endpoint, "://") {
		a.endpoint = endpoint
		return nil
	}
	u, err := url.Parse(endpoint)
	if err != nil {
		return fmt.Errorf("endpoint: %w", err)
	}
	if u.Host == "" || strings.Trim(u.Path, "/") != "" || u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("endpoint %s is no http:// or https:// address of a server", endpoint)
	}
	a.endpoint, a.secure = u.Host, u.Scheme == "https"
	return nil
}

func (a *address) encryptWith(cipher, key string) (err error) {
	switch cipher {
	case "":
		if key != "" {
			return errors.New("kmskeyid needs ssetype=aws:kms")
		}
	case "AES256":
		a.encrypt = encrypt.NewSSE()
	case "aws:kms":
		a.encrypt, err = encrypt.NewSSEKMS(key, nil)
	default:
		err = fmt.Errorf("ssetype is AES256 or aws:kms, not %s", cipher)
	}
	return err
}
