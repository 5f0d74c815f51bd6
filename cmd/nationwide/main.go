// Command nationwide generates a dataset of the size of the country, from the real gazetteer and from stated
// distributions, through the same normalize and store packages as a build. It measures the build and gives queries
// something to run on. No figure in it was published by anybody. See README.md.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/signal"
)

func main() {
	var g generator
	flag.StringVar(&g.out, "out", "nationwide", "folder of the dataset")
	flag.Float64Var(&g.share, "share", 0.01, "share of the country's townships")
	flag.IntVar(&g.first, "first", 2015, "first year")
	flag.IntVar(&g.years, "years", 10, "number of years")
	flag.Uint64Var(&g.seed, "seed", 1, "seed of the random numbers")
	flag.IntVar(&g.memory, "memory", 512, "megabytes of rows held before they go to temporary files")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	result, err := g.run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "nationwide:", err)
		os.Exit(1)
	}
	e := json.NewEncoder(os.Stdout)
	e.SetIndent("", "  ")
	if err := e.Encode(result); err != nil {
		fmt.Fprintln(os.Stderr, "nationwide:", err)
		os.Exit(1)
	}
}
