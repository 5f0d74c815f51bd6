package crawl

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// hostKey is the host that a delay belongs to: the name without www., so that the twins of a site share one; a loopback
// server of the tests is told from the next by its port.
func hostKey(u *url.URL) string {
	name := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if port := u.Port(); port != "" && isLoopbackHost(u.Hostname()) {
		return name + ":" + port
	}
	return name
}

func isLoopbackHost(name string) bool {
	if strings.EqualFold(name, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && ip.IsLoopback()
}

// related reports whether two hosts belong to one site: one name below the other's registrable domain.
func related(a, b *url.URL) bool {
	if hostKey(a) == hostKey(b) || a.Hostname() == b.Hostname() {
		return true
	}
	for _, u := range []*url.URL{a, b} {
		if _, err := netip.ParseAddr(u.Hostname()); err == nil {
			return false // the suffix of a number is no domain
		}
	}
	x, errX := publicsuffix.EffectiveTLDPlusOne(a.Hostname())
	y, errY := publicsuffix.EffectiveTLDPlusOne(b.Hostname())
	return errX == nil && errY == nil && x == y
}

// official reports whether a host is one of the Chinese government's.
func official(u *url.URL) bool { return strings.HasSuffix(strings.ToLower(u.Hostname()), ".gov.cn") }
