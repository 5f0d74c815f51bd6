package web

import (
	"html/template"
	"net/url"
	"strings"
)

// Feedback is the address at which a reader reports an error, with what the page is about filled in; empty where the
// site's keeper gave none.
func (r *request) Feedback(report, title, what string) template.URL {
	to := r.server.opt.Feedback
	if to == "" {
		return ""
	}
	subject := strings.TrimSuffix(r.Plain(title)+" · "+what, " · ")
	body := subject + "\n" + r.T("release") + " " + r.tag + "\n" + r.URL.Path + "\n"
	if report != "" {
		body += "report_id " + report + "\n"
	}
	key := "title"
	if strings.HasPrefix(to, "mailto:") {
		key = "subject"
	}
	join := "?"
	if strings.Contains(to, "?") {
		join = "&"
	}
	return template.URL(to + join + strings.ReplaceAll(url.Values{key: {subject}, "body": {body}}.Encode(), "+", "%20")) // mail clients take no plus for a space
}
