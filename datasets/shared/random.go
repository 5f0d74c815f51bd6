package shared

import (
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
)

// SeedVariable names the seed of the random numbers of tests, to repeat a run.
const SeedVariable = "GONGKAI_TEST_SEED"

// Random is the source of a test's random numbers. Its seed is printed where the test fails or is verbose; SeedVariable
// repeats it.
func Random(t testing.TB) *rand.Rand {
	t.Helper()
	seed := rand.Uint64()
	if n, err := strconv.ParseUint(os.Getenv(SeedVariable), 10, 64); err == nil {
		seed = n
	}
	t.Logf("to repeat this run: %s=%d", SeedVariable, seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// Trials is how often a test tries what random numbers decide: many times in continuous integration (CI=true), few
// elsewhere, where tests are to be quick.
func Trials(few, many int) int {
	if os.Getenv("CI") == "true" {
		return many
	}
	return few
}
