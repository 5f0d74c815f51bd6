package remote

import (
	"net/url"
	"testing"
)

func TestAddress(t *testing.T) {
	for _, name := range []string{"AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"} {
		t.Setenv(name, "")
	}
	for text, want := range map[string]address{
		"s3://b?region=eu-central-1": {bucket: "b", endpoint: "s3.amazonaws.com", secure: true, region: "eu-central-1"},
		"s3://b?endpoint=http://127.0.0.1:7070&use_path_style=true&region=us-east-1": {bucket: "b", endpoint: "127.0.0.1:7070", region: "us-east-1", pathStyle: true},
		"s3://b?endpoint=oss.example.org&s3ForcePathStyle=true":                      {bucket: "b", endpoint: "oss.example.org", secure: true, pathStyle: true},
		"s3://b?endpoint=oss.example.org&disable_https=true":                         {bucket: "b", endpoint: "oss.example.org"},
		"s3://b?profile=crawl&accelerate=true&dualstack=true":                        {bucket: "b", endpoint: "s3.amazonaws.com", secure: true, profile: "crawl", fast: true, dualStack: true},
		"s3://b?anonymous=true": {bucket: "b", endpoint: "s3.amazonaws.com", secure: true, anonymous: true},
	} {
		u, err := url.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := parse(u); err != nil || *got != want {
			t.Errorf("%s is %+v, %v, want %+v", text, got, err, want)
		}
	}
	for _, text := range []string{"s3://", "s3://b/path", "s3://b?regoin=x", "s3://b?use_path_style=perhaps", "s3://b?endpoint=ftp://x", "s3://b?ssetype=rot13", "s3://b?kmskeyid=x"} {
		u, err := url.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parse(u); err == nil {
			t.Errorf("%s is taken", text)
		}
	}
}

func TestEnvironmentNamesTheServer(t *testing.T) {
	t.Setenv("AWS_ENDPOINT_URL", "http://store.example.org:9000")
	t.Setenv("AWS_REGION", "cn-north-1")
	a, err := parse(&url.URL{Scheme: "s3", Host: "b"})
	if err != nil || a.endpoint != "store.example.org:9000" || a.secure || a.region != "cn-north-1" {
		t.Errorf("%+v, %v", a, err)
	}
}

// Without credentials nothing is asked as nobody.
func TestNoCredentials(t *testing.T) {
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY", "AWS_SECRET_KEY"} {
		t.Setenv(name, "")
	}
	t.Setenv("HOME", t.TempDir())
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", "")
	t.Setenv("AWS_CONFIG_FILE", "")
	if _, err := Open("s3://b?region=us-east-1&profile=absent"); err == nil {
		t.Error("a bucket is opened without credentials")
	}
	if _, err := Open("s3://b?region=us-east-1&anonymous=true"); err != nil {
		t.Errorf("anonymously: %v", err)
	}
}
