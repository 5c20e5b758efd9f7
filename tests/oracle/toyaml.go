package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"sigs.k8s.io/yaml"
)

// runToYAML reads one JSON object whose members are Kubernetes objects and writes them, in the same
// order, as a stream of YAML documents in the block style that Kubernetes' tools print.
func runToYAML(arguments []string, out *bufio.Writer) error {
	flag.NewFlagSet("to-yaml", flag.ExitOnError).Parse(arguments)
	decoder := json.NewDecoder(bufio.NewReaderSize(os.Stdin, 1<<20))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return fmt.Errorf("to-yaml: standard input is not a JSON object: %v", err)
	}
	for decoder.More() {
		if _, err := decoder.Token(); err != nil { // the member's name
			return err
		}
		var object json.RawMessage
		if err := decoder.Decode(&object); err != nil {
			return err
		}
		document, err := yaml.JSONToYAML(object)
		if err != nil {
			return err
		}
		out.WriteString("---\n")
		out.Write(document)
	}
	return nil
}
