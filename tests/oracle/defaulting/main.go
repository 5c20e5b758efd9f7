// Says what an API server's own decoder makes of objects: their Go form, their defaults, and back through the internal
// type, as admission sees them. Built by build.py against one version of k8s.io/kubernetes.
//
//	defaulting answer < {"id", "object"}…       {"id", "object"} or {"id", "error"} for each line
//	defaulting generate SEED COUNT [KIND…]      {"id", "object"} for each generated object
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"sort"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
)

type line struct {
	ID     string          `json:"id"`
	Object json.RawMessage `json:"object,omitempty"`
	Error  string          `json:"error,omitempty"`
}

// The form in which admission policies see the object.
func formed(object []byte) ([]byte, error) {
	internal, kind, err := legacyscheme.Codecs.UniversalDecoder().Decode(object, nil, nil)
	if err != nil {
		return nil, err
	}
	external, err := legacyscheme.Scheme.ConvertToVersion(internal, kind.GroupVersion())
	if err != nil {
		return nil, err
	}
	fields, err := runtime.DefaultUnstructuredConverter.ToUnstructured(external)
	if err != nil {
		return nil, err
	}
	fields["apiVersion"], fields["kind"] = kind.GroupVersion().String(), kind.Kind
	return json.Marshal(fields)
}

func answer() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<26)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		var asked, told line
		if err := json.Unmarshal(in.Bytes(), &asked); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		told.ID = asked.ID
		object, err := formed(asked.Object)
		if err != nil {
			told.Error = err.Error()
		} else {
			told.Object = object
		}
		write(out, told)
	}
}

func write(out *bufio.Writer, told line) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(told); err != nil {
		panic(err)
	}
	out.Write(text.Bytes())
}

func served(kind schema.GroupVersionKind) bool {
	if kind.Version == runtime.APIVersionInternal || strings.HasSuffix(kind.Kind, "List") || strings.HasSuffix(kind.Kind, "Options") {
		return false
	}
	switch kind.Kind {
	case "WatchEvent", "Status", "APIGroup", "APIVersions", "SerializedReference", "RangeAllocation", "NodeProxyOptions":
		return false
	}
	switch kind.Group {
	case "extensions", "imagepolicy.k8s.io", "apidiscovery.k8s.io", "abac.authorization.kubernetes.io", "componentconfig":
		return false
	}
	return !strings.HasPrefix(kind.Version, "v1beta") || (kind.Group != "apps" && kind.Group != "batch")
}

func generate(arguments []string) {
	seed, _ := strconv.ParseInt(arguments[0], 10, 64)
	count, _ := strconv.Atoi(arguments[1])
	wanted := map[string]bool{}
	for _, kind := range arguments[2:] {
		wanted[kind] = true
	}
	var kinds []schema.GroupVersionKind
	for kind := range legacyscheme.Scheme.AllKnownTypes() {
		if served(kind) && (len(wanted) == 0 || wanted[kind.Kind]) {
			kinds = append(kinds, kind)
		}
	}
	sort.Slice(kinds, func(a, b int) bool { return kinds[a].String() < kinds[b].String() })
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for number := 0; number < count; number++ {
		random := rand.New(rand.NewSource(seed*1_000_003 + int64(number)))
		kind := kinds[number%len(kinds)]
		typed, err := legacyscheme.Scheme.New(kind)
		if err != nil {
			panic(err)
		}
		object := newGenerator(random).resource(typed)
		object["apiVersion"], object["kind"] = kind.GroupVersion().String(), kind.Kind
		text, err := json.Marshal(object)
		if err != nil {
			panic(err)
		}
		write(out, line{ID: fmt.Sprintf("%d-%d", seed, number), Object: text})
	}
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "answer" {
		answer()
	} else if len(os.Args) > 3 && os.Args[1] == "generate" {
		generate(os.Args[2:])
	} else {
		fmt.Fprintln(os.Stderr, "usage: defaulting answer | generate SEED COUNT [KIND…]")
		os.Exit(2)
	}
}
