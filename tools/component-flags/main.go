// Prints the flags of one of Kubernetes' components as JSON lines: component, name, type, default, whether a value may be
// left out, the configuration field that the flag sets and that field's default in a configuration file. Those of
// kube-proxy: proxy/main.go.
// How to run it: tools/component-flags/README.md.
package main

import (
	"context"
	"encoding/json"
	"os"
	"reflect"
	"strings"

	"github.com/spf13/pflag"
	_ "k8s.io/component-base/logs/json/register" // as the components' own main packages: it adds flags
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
	kubeletapp "k8s.io/kubernetes/cmd/kubelet/app"
	kubelet "k8s.io/kubernetes/cmd/kubelet/app/options"
	kubeletconfig "k8s.io/kubernetes/pkg/kubelet/apis/config"
	kubeletscheme "k8s.io/kubernetes/pkg/kubelet/apis/config/scheme"
	kubeletv1beta1 "k8s.io/kubelet/config/v1beta1"
)

type flag struct {
	Component    string `json:"component"`
	Name         string `json:"name"`
	Type         string `json:"type"`
	Default      string `json:"default"`
	NoValue      string `json:"noValue,omitempty"`
	Deprecated   string `json:"deprecated,omitempty"`
	Field        string `json:"field,omitempty"`
	FieldDefault any    `json:"fieldDefault,omitempty"`
}

func print(component string, flags *pflag.FlagSet, place func(*flag)) {
	out := json.NewEncoder(os.Stdout)
	flags.VisitAll(func(f *pflag.Flag) {
		one := flag{Component: component, Name: f.Name, Type: f.Value.Type(), Default: f.DefValue, NoValue: f.NoOptDefVal, Deprecated: f.Deprecated}
		if place != nil {
			place(&one)
		}
		out.Encode(one)
	})
}

// A value that differs from the default, by the flag's type.
func other(f *pflag.Flag) []string {
	return []string{"true", "false", "7", "7s", "a", "10.7.7.7", "10.7.0.0/16", "a=true", "a=b", "cpu=7", "7%",
		"10.7.7.7:7", "Webhook", "Node", "memory.available<7Mi", "memory.available=7m", "AllAlpha=true", "7-9", "json", "none",
		"0:memory=1Gi", "a=b:NoSchedule", "iptables"}
}

func difference(path string, a, b any) (string, any) {
	am, aok := a.(map[string]any)
	bm, bok := b.(map[string]any)
	if !aok || !bok {
		if reflect.DeepEqual(a, b) {
			return "", nil
		}
		return path, a
	}
	keys := map[string]bool{}
	for k := range am {
		keys[k] = true
	}
	for k := range bm {
		keys[k] = true
	}
	for k := range keys {
		if found, was := difference(path+"."+k, am[k], bm[k]); found != "" {
			return found, was
		}
	}
	return "", nil
}

func plain(v any) any {
	text, _ := json.Marshal(v)
	var out any
	json.Unmarshal(text, &out)
	return out
}

// The field of the kubelet's configuration file that a flag sets, and what a file that says nothing means.
func kubeletField(one *flag) {
	external := func(internal *kubeletconfig.KubeletConfiguration) any {
		out := kubeletv1beta1.KubeletConfiguration{}
		scheme, _, _ := kubeletscheme.NewSchemeAndCodecs()
		if err := scheme.Convert(internal, &out, nil); err != nil {
			panic(err)
		}
		return plain(out)
	}
	fresh := func() *kubeletconfig.KubeletConfiguration {
		config, err := kubelet.NewKubeletConfiguration()
		if err != nil {
			panic(err)
		}
		return config
	}
	before := external(fresh())
	probe := pflag.NewFlagSet("", pflag.ContinueOnError)
	kubelet.AddKubeletConfigFlags(probe, fresh())
	if probe.Lookup(one.Name) == nil {
		return
	}
	for _, value := range other(probe.Lookup(one.Name)) {
		changed := fresh()
		flags := pflag.NewFlagSet("", pflag.ContinueOnError)
		kubelet.AddKubeletConfigFlags(flags, changed)
		if flags.Set(one.Name, value) != nil {
			continue
		}
		field, _ := difference("", before, external(changed))
		if field == "" {
			continue
		}
		one.Field = strings.TrimPrefix(field, ".")
		scheme, _, _ := kubeletscheme.NewSchemeAndCodecs()
		file := kubeletv1beta1.KubeletConfiguration{}
		scheme.Default(&file)
		at := plain(file)
		for _, step := range strings.Split(one.Field, ".") {
			object, ok := at.(map[string]any)
			if !ok {
				at = nil
				break
			}
			at = object[step]
		}
		one.FieldDefault = at
		return
	}
}

func printKubelet() {
	_ = kubeletapp.NewKubeletCommand
	_ = context.Background
	flags := pflag.NewFlagSet("kubelet", pflag.ContinueOnError)
	kubelet.NewKubeletFlags().AddFlags(flags)
	config, err := kubelet.NewKubeletConfiguration()
	if err != nil {
		panic(err)
	}
	kubelet.AddKubeletConfigFlags(flags, config)
	kubelet.AddGlobalFlags(flags)
	print("kubelet", flags, kubeletField)
}

// One component, the argument: those of 1.34 take exception to another's feature gates in the same process.
func main() {
	switch component := os.Args[1]; component {
	case "kube-apiserver":
		print(component, apiserver.NewAPIServerCommand().Flags(), nil)
	case "kube-controller-manager":
		print(component, controllers.NewControllerManagerCommand().Flags(), nil)
	case "kube-scheduler":
		print(component, scheduler.NewSchedulerCommand().Flags(), nil)
	case "kubelet":
		printKubelet()
	}
}
