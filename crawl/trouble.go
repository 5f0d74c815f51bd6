package crawl

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/gongkai-data/gongkai/crawl/fetch"
	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/crawl/list"
	"github.com/gongkai-data/gongkai/crawl/robots"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// failuresToCool is how many requests in a row may go without an answer before a host is left alone.
const failuresToCool = 6

// refusalsToCool is how many answers of 403 in a row mean that the host refuses the crawler and not a page.
const refusalsToCool = 3

// broken deals with a request that got no whole answer: another try, or the end of it.
func (v *visitor) broken(ctx context.Context, u *url.URL, id string, failure *fetch.Error, next time.Time) (*answer, error) {
	v.w.note("%v", failure)
	if failure.Outcome == schema.OutcomeTooLarge || errors.Is(failure, fetch.ErrForbiddenAddress) {
		return v.failed(ctx, u, id, failure.Outcome, failure.Err.Error(), next)
	}
	v.host.Failures++
	if err := v.w.db.SetFailures(ctx, v.host.Name, v.host.Failures); err != nil {
		return nil, err
	}
	detail := failure.Err.Error()
	if v.host.Failures >= failuresToCool {
		if err := v.cool(ctx, time.Hour, frontier.Reason{Outcome: failure.Outcome, Detail: detail}); err != nil {
			return nil, err
		}
		return v.failed(ctx, u, id, failure.Outcome, detail, time.Time{})
	}
	attempts := maxAttempts
	if failure.Outcome == schema.OutcomeTimeout {
		attempts = 2 // each try takes the whole limit
	}
	if v.task.Attempts+1 >= attempts || failure.Outcome == schema.OutcomeTLSError {
		failures := v.host.Failures
		a, err := v.failed(ctx, u, id, failure.Outcome, detail, next)
		if err == nil { // recording an answer forgets the failures in a row; this was none
			err = v.w.db.SetFailures(ctx, v.host.Name, failures)
		}
		return a, err
	}
	c := v.capture(u, v.w.opt.Clock.Now())
	c.Outcome = failure.Outcome
	if _, err := v.w.opt.Archive.WriteFailure(ctx, c, detail); err != nil {
		return nil, err
	}
	if err := v.w.db.SetNext(ctx, v.host.Name, next); err != nil {
		return nil, err
	}
	return nil, &retry{v.w.opt.Clock.Now().Add(v.w.opt.Backoff << v.task.Attempts), failure.Outcome + ": " + detail}
}

// passing returns how long to wait when an answer is one that another try may better, else 0.
func (v *visitor) passing(a *answer, header http.Header) time.Duration {
	after, asked := retryAfter(header.Get("Retry-After"), v.w.opt.Clock.Now())
	switch a.Status {
	case http.StatusForbidden: // a refusal, unless it names the time to come back
		if !asked || a.Outcome == schema.OutcomeChallenge {
			return 0
		}
	case http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		if a.Outcome == schema.OutcomeChallenge {
			return 0
		}
	default:
		return 0
	}
	wait := v.w.opt.Backoff << v.task.Attempts
	if asked {
		wait = min(max(after, wait), longestPause)
	}
	return wait
}

// longestPause is the longest that a site may ask for.
const longestPause = 24 * time.Hour

// shortPause is a pause that is waited out as if it were the host's delay; for a longer one the host is left alone.
const shortPause = 5 * time.Minute

// pause puts the host off as it asks for, and lets its pace fall for the rest of the run: it was asked too fast.
func (v *visitor) pause(ctx context.Context, wait time.Duration) error {
	slower := max(2*v.pace(), minSlower)
	if err := v.w.db.SetDelay(ctx, v.host.Name, slower); err != nil {
		return err
	}
	v.host.Delay = slower
	if wait > shortPause {
		return v.cool(ctx, wait, frontier.Reason{Outcome: frontier.NotTried, Detail: "the site asks for a pause of " + wait.Round(time.Second).String()})
	}
	v.host.NextAt = v.w.opt.Clock.Now().Add(wait)
	return v.w.db.SetNext(ctx, v.host.Name, v.host.NextAt)
}

// minSlower is the pace of a host that was asked without any delay and has protested.
const minSlower = 100 * time.Millisecond

// retryAfter reads the header of that name (RFC 9110 section 10.2.3): seconds or a date.
func retryAfter(s string, now time.Time) (time.Duration, bool) {
	if n, err := strconv.Atoi(s); err == nil && n >= 0 && n < 1<<30 {
		return time.Duration(n) * time.Second, true
	}
	if t, err := http.ParseTime(s); err == nil {
		return max(0, t.Sub(now)), true
	}
	return 0, false
}

// heed leaves a host alone that challenges or refuses. It returns errLeave when the host is put aside.
func (v *visitor) heed(ctx context.Context, a *answer) error {
	refusal := a.Status == http.StatusForbidden || a.Status == http.StatusMisdirectedRequest || a.Status >= 520 && a.Status <= 530
	switch {
	case a.Outcome == schema.OutcomeChallenge:
		v.w.note("%s: challenge %s", v.host.Name, a.Detail)
		return v.cool(ctx, v.w.opt.CoolOff, frontier.Reason{Outcome: schema.OutcomeChallenge, Detail: a.Detail})
	case refusal:
		v.host.Failures++
		if v.host.Failures >= refusalsToCool {
			return v.cool(ctx, v.w.opt.CoolOff, frontier.Reason{Outcome: schema.OutcomeChallenge, Detail: fmt.Sprintf("status %d again and again", a.Status)})
		}
		return v.w.db.SetFailures(ctx, v.host.Name, v.host.Failures)
	}
	v.host.Failures = 0
	return nil
}

// cool leaves the host alone, this process and any other.
func (v *visitor) cool(ctx context.Context, d time.Duration, reason frontier.Reason) error {
	v.host.CoolUntil, v.host.Cool = v.w.opt.Clock.Now().Add(d), reason
	return v.w.db.Cool(ctx, v.host.Name, v.host.CoolUntil, reason)
}

// robotsAge is how long a robots.txt counts, as RFC 9309 section 2.4 allows.
const robotsAge = 24 * time.Hour

// rules returns the rules of an address's origin, asking for its robots.txt once a run.
// unanswered is what became of it when it could not be had: nothing else of the origin may be asked for then.
func (v *visitor) rules(ctx context.Context, u *url.URL) (rules robots.Rules, unanswered *answer, err error) {
	w := v.w
	origin := u.Scheme + "://" + u.Host
	key := strconv.FormatInt(v.run, 10) + " " + origin
	w.mu.Lock()
	known, ok := w.rules[key]
	w.mu.Unlock()
	if ok && w.opt.Clock.Now().Sub(known.at) < robotsAge {
		return known.Rules, known.unanswered, nil
	}
	a, err := v.robotsFile(ctx, origin+"/robots.txt")
	if err != nil {
		return rules, nil, err
	}
	switch {
	case a.Location != nil || a.Status >= 400 && a.Status < 500 && a.Outcome != schema.OutcomeChallenge:
		rules = robots.Parse(http.StatusNotFound, nil, w.opt.UserAgent) // there is none, or it lies where the standard does not follow
	case a.Body == nil || a.Status >= 500 || a.Outcome == schema.OutcomeChallenge:
		unanswered = a // RFC 9309 section 2.3.1.4: stay out
	default:
		rules = robots.Parse(a.Status, a.Body, w.opt.UserAgent)
	}
	if d := rules.Delay(); d > v.pace() {
		v.host.Delay = d
		if err := w.db.SetDelay(ctx, v.host.Name, d); err != nil {
			return rules, nil, err
		}
	}
	if d := rules.Delay(); d > 0 { // the pause that it asks for starts with itself
		if next := w.opt.Clock.Now().Add(v.delay(d)); next.After(v.host.NextAt) {
			v.host.NextAt = next
		}
	}
	w.mu.Lock()
	w.rules[key] = knownRules{rules, unanswered, w.opt.Clock.Now()}
	w.mu.Unlock()
	return rules, unanswered, nil
}

// robotsFile fetches a robots.txt, over at most five redirects on the host.
func (v *visitor) robotsFile(ctx context.Context, address string) (*answer, error) {
	j := func(*answer) (string, string) { return schema.OutcomeNotAReport, "robots.txt" }
	for hop := 0; ; hop++ {
		u, err := url.Parse(address)
		if err != nil {
			return nil, fmt.Errorf("robots.txt %s: %w", address, err)
		}
		r := list.Request{Method: http.MethodGet, URL: address}
		a, err := v.exchangeFreely(ctx, u, r, j)
		if err != nil || a.Location == nil || hop >= 5 || hostKey(a.Location) != hostKey(u) {
			return a, err
		}
		address = a.Location.String()
	}
}
