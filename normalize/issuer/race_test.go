//go:build race

package issuer

// step thins out the tests over the whole gazetteer: the race detector makes them twenty times slower.
const step = 20
