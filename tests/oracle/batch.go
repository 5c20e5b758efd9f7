package main

import (
	"bufio"
	"flag"
	"os"

	"kastell/oracle/celeval"
	"kastell/oracle/lines"
	"kastell/oracle/podsecurity"
	"kastell/oracle/yamldocs"
)

func runEval(arguments []string, out *bufio.Writer) error {
	flags := flag.NewFlagSet("eval", flag.ExitOnError)
	version := flags.String("kubernetes", celeval.NewestVersion, "version of lines that name none")
	flags.Parse(arguments)
	evaluator := celeval.New(*version)
	return lines.Each(os.Stdin, out, evaluator.Answer)
}

func runYAML(arguments []string, out *bufio.Writer) error {
	flag.NewFlagSet("yaml", flag.ExitOnError).Parse(arguments)
	return lines.Each(os.Stdin, out, yamldocs.Answer)
}

func runPodSecurity(arguments []string, out *bufio.Writer) error {
	flag.NewFlagSet("psa", flag.ExitOnError).Parse(arguments)
	evaluator, err := podsecurity.New()
	if err != nil {
		return err
	}
	return lines.Each(os.Stdin, out, evaluator.Answer)
}
