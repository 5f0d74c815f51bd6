//go:build !race

package issuer

const step = 1
