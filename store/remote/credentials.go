package remote

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/minio/minio-go/v7/pkg/credentials"
)

// credentials are looked for where Amazon's tools do: the environment, ~/.aws/credentials, ~/.aws/config, then what the
// machine or its container was given. A profile's credential_process is run.
func (a *address) credentials() (*credentials.Credentials, error) {
	if a.anonymous {
		return credentials.NewStatic("", "", "", credentials.SignatureAnonymous), nil
	}
	var sources []credentials.Provider
	if a.profile == "" {
		sources = append(sources, &credentials.EnvAWS{})
	}
	sources = append(sources, &credentials.FileAWSCredentials{Profile: a.profile}, configFile(a.profile))
	if a.profile == "" {
		sources = append(sources, &credentials.IAM{Client: &http.Client{Timeout: 5 * time.Second}})
	}
	found := credentials.New(&credentials.Chain{Providers: sources})
	v, err := found.GetWithContext(nil)
	if err != nil {
		return nil, fmt.Errorf("looking for credentials: %w", err)
	}
	if v.AccessKeyID == "" {
		return nil, fmt.Errorf("no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile of ~/.aws/credentials (profile=NAME), " +
			"or anonymous=true; for a profile of single sign-on or of a role write there credential_process = aws configure export-credentials --profile NAME --format process")
	}
	return found, nil
}

// configFile is the profile in the other file of Amazon's tools, where its section has another name.
func configFile(profile string) credentials.Provider {
	name := os.Getenv("AWS_CONFIG_FILE")
	if name == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			home = "."
		}
		name = filepath.Join(home, ".aws", "config")
	}
	section := "default"
	if profile != "" && profile != section {
		section = "profile " + profile
	}
	return &credentials.FileAWSCredentials{Filename: name, Profile: section}
}
