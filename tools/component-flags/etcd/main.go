// Prints etcd's flags in the form of ../main.go.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"go.etcd.io/etcd/server/v3/embed"
)

func main() {
	flags := flag.NewFlagSet("etcd", flag.ContinueOnError)
	embed.NewConfig().AddFlags(flags)
	flags.String("config-file", "", "")
	flags.String("discovery-fallback", "exit", "")
	flags.String("initial-cluster-state", "new", "")
	flags.String("v2-deprecation", "", "")
	flags.Bool("version", false, "")
	out := json.NewEncoder(os.Stdout)
	flags.VisitAll(func(f *flag.Flag) {
		out.Encode(map[string]any{"component": "etcd", "name": f.Name, "type": fmt.Sprintf("%T", f.Value), "default": f.DefValue})
	})
}
