// Prints kube-proxy's flags in the form of ../main.go. A program of its own: kube-proxy takes over every flag of Go's
// package flag that is registered in its program, so in one with other components it would seem to have theirs.
package main

import (
	"encoding/json"
	"os"

	"github.com/spf13/pflag"
	_ "k8s.io/component-base/logs/json/register" // as the components' own main packages: it adds flags
	proxy "k8s.io/kubernetes/cmd/kube-proxy/app"
)

func main() {
	out := json.NewEncoder(os.Stdout)
	proxy.NewProxyCommand().Flags().VisitAll(func(f *pflag.Flag) {
		out.Encode(map[string]any{"component": "kube-proxy", "name": f.Name, "type": f.Value.Type(), "default": f.DefValue})
	})
}
