package main

import (
	"bufio"
	"flag"
	"os"
	"strings"

	"kastell/oracle/celgen"
	"kastell/oracle/lines"
	"kastell/oracle/podgen"
)

func runGenerate(arguments []string, out *bufio.Writer) error {
	flags := flag.NewFlagSet("generate", flag.ExitOnError)
	seed := flags.Uint64("seed", 1, "lines depend on it and on their number only")
	count := flags.Uint64("count", 1000, "number of lines")
	first := flags.Uint64("first", 0, "number of the first line")
	versions := flags.String("kubernetes", "", "target versions, comma-separated, that lines take in turn; none: the newest, unnamed")
	coverage := flags.Int("coverage", -1, "evaluate the lines too; print what they reach and this many kinds of errors to standard error")
	flags.Parse(arguments)

	var generators []*celgen.Generator
	var watches []*celgen.Coverage
	for _, version := range strings.Split(*versions, ",") {
		generator, err := celgen.New(version)
		if err != nil {
			return err
		}
		watch, err := celgen.NewCoverage(generator)
		if err != nil {
			return err
		}
		generators, watches = append(generators, generator), append(watches, watch)
	}
	for i := range *count {
		turn, number := i%uint64(len(generators)), *first+i/uint64(len(generators))
		line := generators[turn].Line(*seed, number)
		if err := lines.Write(out, line); err != nil {
			return err
		}
		if *coverage >= 0 {
			watches[turn].Add(line)
		}
	}
	if *coverage >= 0 {
		for _, watch := range watches {
			watch.Report(os.Stderr, *coverage)
		}
	}
	return nil
}

func runPodGenerate(arguments []string, out *bufio.Writer) error {
	flags := flag.NewFlagSet("psa-generate", flag.ExitOnError)
	seed := flags.Uint64("seed", 1, "lines depend on it and on their number only")
	count := flags.Uint64("count", 1000, "number of Pods")
	first := flags.Uint64("first", 0, "number of the first Pod")
	flags.Parse(arguments)
	for number := *first; number < *first+*count; number++ {
		if err := lines.Write(out, podgen.New(*seed, number)); err != nil {
			return err
		}
	}
	return nil
}
