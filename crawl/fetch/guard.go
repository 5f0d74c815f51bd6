package fetch

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"syscall"

	"golang.org/x/text/unicode/norm"
)

// ErrForbiddenAddress says that a name led to an address that a crawler of public sites has no business with.
var ErrForbiddenAddress = errors.New("the address is not a public one")

// closed are ranges that netip's own predicates do not cover: RFC 6890, and translations of IPv4 that lead nowhere in
// public.
var closed = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"), // carrier-grade NAT; Alibaba Cloud's metadata service lives there
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("::/96"),           // IPv4-compatible, RFC 4291: deprecated, and ::1
	netip.MustParsePrefix("::ffff:0:0:0/96"), // IPv4-translated, RFC 7915
	netip.MustParsePrefix("64:ff9b:1::/48"),  // local translation, RFC 8215
	netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("fec0::/10"),
}

// carriers are translations and tunnels that hold an IPv4 address: what they hold decides.
var carriers = []struct {
	netip.Prefix
	at    int  // the first of the four bytes
	other byte // what the bytes are written with: Teredo inverts the client's address
}{
	{netip.MustParsePrefix("64:ff9b::/96"), 12, 0}, // NAT64, RFC 6052
	{netip.MustParsePrefix("2002::/16"), 2, 0},     // 6to4, RFC 3056
	{netip.MustParsePrefix("2001::/32"), 4, 0},     // Teredo, RFC 4380: its server
	{netip.MustParsePrefix("2001::/32"), 12, 0xFF}, // and its client
}

// allowed reports whether a connection to addr may be opened: public unicast addresses, and loopback when it was asked
// for.
func allowed(addr netip.Addr, loopback bool) bool {
	addr = addr.Unmap().WithZone("")
	if addr.IsLoopback() {
		return loopback
	}
	if !addr.IsGlobalUnicast() || addr.IsPrivate() {
		return false
	}
	for _, p := range closed {
		if p.Contains(addr) {
			return false
		}
	}
	for _, c := range carriers {
		if c.Contains(addr) {
			b := addr.As16()
			held := [4]byte{b[c.at] ^ c.other, b[c.at+1] ^ c.other, b[c.at+2] ^ c.other, b[c.at+3] ^ c.other}
			if !allowed(netip.AddrFrom4(held), false) {
				return false
			}
		}
	}
	return true
}

// guard is a net.Dialer.Control: it sees the address that is really dialled, after DNS, for every connection and so for
// every redirect.
func guard(loopback bool) func(network, address string, _ syscall.RawConn) error {
	return func(_, address string, _ syscall.RawConn) error {
		ap, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("dial %s: %w", address, err)
		}
		if !allowed(ap.Addr(), loopback) {
			return fmt.Errorf("dial %s: %w", ap.Addr(), ErrForbiddenAddress)
		}
		return nil
	}
}

// checkHost refuses, before any look-up, a host that is a number in another form than four decimals or IPv6 (127.1,
// 0x7f000001, 2130706433, 0177.0.0.1, full width), as resolvers read it, or one of this machine. A number in its usual
// form is the guard's to judge.
func checkHost(u *url.URL, loopback bool) error {
	written := u.Hostname()
	if plain, err := url.PathUnescape(written); err == nil {
		written = plain
	}
	name := strings.ToLower(norm.NFKC.String(written))
	name = strings.NewReplacer("。", ".", "\u00ad", "", "\u200b", "", "\u2060", "", "\ufeff", "").Replace(name)
	name = strings.TrimSuffix(name, ".")
	if addr, err := netip.ParseAddr(name); err == nil {
		if name != strings.ToLower(u.Hostname()) || !allowed(addr, loopback) {
			return fmt.Errorf("host %s: %w", u.Hostname(), ErrForbiddenAddress)
		}
		return nil
	}
	last := name[strings.LastIndexByte(name, '.')+1:]
	local := name == "localhost" || strings.HasSuffix(name, ".localhost")
	if isNumber(last) || local && !loopback {
		return fmt.Errorf("host %s: %w", u.Hostname(), ErrForbiddenAddress)
	}
	return nil
}

// isNumber reports whether the last label of a host makes it a number, as the WHATWG URL standard and resolvers read
// it: digits, or 0x and hex digits.
func isNumber(label string) bool {
	if hex, ok := strings.CutPrefix(label, "0x"); ok {
		return strings.Trim(hex, "0123456789abcdef") == ""
	}
	return label != "" && strings.Trim(label, "0123456789") == ""
}
