// Command oracle asks Kubernetes' own packages what Kastell should have answered.
//
// Every subcommand reads or writes JSON lines; README.md in this folder describes them.
package main

import (
	_ "time/tzdata" // zones must not depend on the machine

	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"
)

// A command reads standard input where it needs any, writes JSON lines to out and notes to standard error.
type command struct {
	usage string
	run   func(arguments []string, out *bufio.Writer) error
}

var commands = map[string]command{
	"eval":         {"expressions in, values out (Kubernetes' CEL environment)", runEval},
	"generate":     {"writes expressions for eval", runGenerate},
	"to-yaml":      {"a JSON object of Kubernetes objects in, a YAML stream out", runToYAML},
	"yaml":         {"YAML streams in, documents out (sigs.k8s.io/yaml)", runYAML},
	"psa-generate": {"writes Pods for psa", runPodGenerate},
	"psa":          {"Pods in, violated Pod Security checks out", runPodSecurity},
}

func usage() string {
	names := make([]string, 0, len(commands))
	for name := range commands {
		names = append(names, name)
	}
	sort.Strings(names)
	var text strings.Builder
	text.WriteString("usage: oracle COMMAND [FLAGS]\n")
	for _, name := range names {
		fmt.Fprintf(&text, "  %-14s %s\n", name, commands[name].usage)
	}
	return text.String()
}

func main() {
	if len(os.Args) < 2 || commands[os.Args[1]].run == nil {
		fmt.Fprint(os.Stderr, usage())
		os.Exit(2)
	}
	out := bufio.NewWriterSize(os.Stdout, 1<<16)
	err := commands[os.Args[1]].run(os.Args[2:], out)
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
}
