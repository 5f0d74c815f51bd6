package fetch

import (
	"errors"
	"fmt"
	"net/netip"
	"syscall"
)

// ErrForbiddenAddress says that a name led to an address that a crawler of public sites has no business with.
var ErrForbiddenAddress = errors.New("the address is not a public one")

// closed are ranges that netip's own predicates do not cover: RFC 6890 and the translations that can carry an IPv4 address inside.
var closed = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"), // carrier-grade NAT; Alibaba Cloud's metadata service lives there
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("64:ff9b::/96"),
	netip.MustParsePrefix("64:ff9b:1::/48"),
	netip.MustParsePrefix("2001::/32"),
	netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("2002::/16"),
	netip.MustParsePrefix("fec0::/10"),
}

// allowed reports whether a connection to addr may be opened: public unicast addresses, and loopback when it was asked for.
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
	return true
}

// guard is a net.Dialer.Control: it sees the address that is really dialled, after DNS, for every connection and so for every redirect.
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
