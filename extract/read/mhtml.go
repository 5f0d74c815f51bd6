package read

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
)

// webArchive returns the first HTML part of a page saved as MHTML (RFC 2557), decoded, and its content type. cut says
// why the part is not whole, if it is not.
func webArchive(body []byte, limit int64) (page []byte, contentType, cut string, err error) {
	m, err := mail.ReadMessage(bytes.NewReader(bytes.TrimLeft(body, "\r\n \xef\xbb\xbf")))
	if err != nil {
		return nil, "", "", fmt.Errorf("the web archive is damaged: %w", err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || params["boundary"] == "" {
		return nil, "", "", errors.New("the web archive names no boundary between its parts")
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if err != nil {
			return nil, "", "", errors.New("the web archive holds no page")
		}
		contentType = p.Header.Get("Content-Type")
		if !strings.HasPrefix(strings.ToLower(contentType), "text/html") {
			continue
		}
		var r io.Reader = p
		switch strings.ToLower(p.Header.Get("Content-Transfer-Encoding")) {
		case "quoted-printable":
			r = quotedprintable.NewReader(p)
		case "base64":
			r = base64.NewDecoder(base64.StdEncoding, p)
		}
		page, err = io.ReadAll(io.LimitReader(r, limit))
		switch {
		case err != nil && len(page) == 0:
			return nil, "", "", fmt.Errorf("the page in the web archive is damaged: %w", err)
		case err != nil:
			cut = "the page in the web archive ends early"
		}
		return page, contentType, cut, nil
	}
}
