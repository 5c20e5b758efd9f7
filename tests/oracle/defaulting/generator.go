package main

import (
	"fmt"
	"math/rand"
	"reflect"
	"strings"
)

// Objects of a Go type, as JSON values: sound ones, with odd members among them (zero values, nulls, fields that do not
// exist, quantities written in many ways).
type generator struct {
	random *rand.Rand
	left   int // values that may still be made, so that objects stay small
}

func newGenerator(random *rand.Rand) *generator {
	return &generator{random: random, left: 20 + random.Intn(120)}
}

// Texts of fields that defaults depend upon.
var texts = map[string][]string{
	"image":                   {"nginx", "nginx:latest", "nginx:1.27", "registry.example:5000/a/b", "registry.example:5000/a/b:latest", "a@sha256:0123456789012345678901234567890123456789012345678901234567890123", "a:latest@sha256:0123456789012345678901234567890123456789012345678901234567890123", "not an image", "", "docker.io/library/x:Latest", "UPPER/x"},
	"reference":               {"nginx", "nginx:latest", "nginx:1.27", "a@sha256:0123456789012345678901234567890123456789012345678901234567890123"},
	"sessionAffinity":         {"None", "ClientIP", "Other"},
	"type":                    {"RollingUpdate", "OnDelete", "Recreate", "NodePort", "LoadBalancer", "ClusterIP", "ExternalName", "Container", "Pod", "Opaque", "Limited", "Exempt"},
	"allocationMode":          {"ExactCount", "All", ""},
	"restartPolicy":           {"Always", "Never", "OnFailure"},
	"kind":                    {"User", "Group", "ServiceAccount", "Deployment", "Role"},
	"serviceAccount":          {"a", "b"},
	"serviceAccountName":      {"a", "b"},
	"completionMode":          {"NonIndexed", "Indexed"},
	"scope":                   {"Cluster", "Namespace", "*"},
	"parameterNotFoundAction": {"Allow", "Deny"},
	"name":                    {"a", "b", "web", "cpu"},
}

var quantities = []any{"1", "1000m", "1024Mi", "1Gi", "0.5", "100n", "1500u", "2.5Gi", "1e3", "1E", "0", "12", 3, 0, 1.5, "1Ki", "0.1m", "500m", "128974848", "1000Ki", "1.5k", ".5", "+1", "-1", "1e-3", "999999999999999999999", "1.0000000001", "0Mi", "0.0"}

func pick[T any](random *rand.Rand, from []T) T { return from[random.Intn(len(from))] }

func (g *generator) resource(typed any) map[string]any {
	object := g.structure(reflect.TypeOf(typed).Elem(), 0)
	if _, has := object["metadata"]; !has && g.random.Intn(4) > 0 {
		object["metadata"] = map[string]any{"name": "a"}
	}
	return object
}

type field struct {
	name string
	kind reflect.Type
}

func fields(of reflect.Type) []field {
	var found []field
	for i := 0; i < of.NumField(); i++ {
		one := of.Field(i)
		name, options, _ := strings.Cut(one.Tag.Get("json"), ",")
		if name == "-" || one.PkgPath != "" {
			continue
		}
		if name == "" && (one.Anonymous || strings.Contains(options, "inline")) {
			if one.Type.Kind() == reflect.Struct && one.Type.Name() != "TypeMeta" {
				found = append(found, fields(one.Type)...)
			}
			continue
		}
		found = append(found, field{name, one.Type})
	}
	return found
}

func (g *generator) structure(of reflect.Type, depth int) map[string]any {
	object := map[string]any{}
	all := fields(of)
	if len(all) == 0 {
		return object
	}
	wanted := 1 + g.random.Intn(6)
	if of.Name() == "Pod" || of.Name() == "PodTemplateSpec" || depth == 0 {
		wanted = len(all)
	}
	for _, one := range all {
		chosen := g.random.Intn(len(all)) < wanted
		if one.name == "spec" || one.name == "template" || one.name == "containers" {
			chosen = g.random.Intn(10) > 0
		}
		if one.name == "status" && depth == 0 {
			chosen = g.random.Intn(6) == 0
		}
		if one.name == "metadata" && depth == 0 {
			chosen = g.random.Intn(3) == 0
		}
		if !chosen || g.left <= 0 || depth > 14 {
			continue
		}
		switch g.random.Intn(24) {
		case 0:
			object[one.name] = nil
		case 1:
			if zero := zeroOf(one.kind); zero != nil {
				object[one.name] = zero
			}
		default:
			if value, made := g.value(one.name, one.kind, depth+1); made {
				object[one.name] = value
			}
		}
	}
	if g.random.Intn(30) == 0 {
		object["unknownField"] = map[string]any{"a": []any{1}}
	}
	return object
}

func zeroOf(of reflect.Type) any {
	if of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	switch special(of) {
	case "Quantity":
		return "0"
	case "":
	default:
		return nil
	}
	switch of.Kind() {
	case reflect.Bool:
		return false
	case reflect.String:
		return ""
	case reflect.Int32, reflect.Int64, reflect.Int, reflect.Uint32, reflect.Float64:
		return 0
	case reflect.Slice:
		if of.Elem().Kind() == reflect.Uint8 {
			return ""
		}
		return []any{}
	case reflect.Map, reflect.Struct:
		return map[string]any{}
	}
	return nil
}

func special(of reflect.Type) string {
	switch name := of.PkgPath() + "." + of.Name(); name {
	case "k8s.io/apimachinery/pkg/api/resource.Quantity":
		return "Quantity"
	case "k8s.io/apimachinery/pkg/util/intstr.IntOrString":
		return "IntOrString"
	case "k8s.io/apimachinery/pkg/apis/meta/v1.Time":
		return "Time"
	case "k8s.io/apimachinery/pkg/apis/meta/v1.MicroTime":
		return "MicroTime"
	case "k8s.io/apimachinery/pkg/runtime.RawExtension", "k8s.io/apimachinery/pkg/apis/meta/v1.FieldsV1":
		return "Raw"
	case "k8s.io/apimachinery/pkg/apis/meta/v1.Duration":
		return "Duration"
	}
	return ""
}

func (g *generator) special(kind string) (any, bool) {
	switch kind {
	case "Quantity":
		return pick(g.random, quantities), true
	case "IntOrString":
		return pick(g.random, []any{0, "", 80, "http", "25%", "0", 1}), true
	case "Time":
		return pick(g.random, []any{"2026-01-02T03:04:05Z", "2026-01-02T03:04:05+02:00", "2026-01-02T03:04:05.678Z"}), true
	case "MicroTime":
		return pick(g.random, []any{"2026-01-02T03:04:05.000000Z", "2026-01-02T03:04:05.678901+02:00", "2026-01-02T03:04:05.1Z"}), true
	case "Raw":
		return pick(g.random, []any{map[string]any{"a": 1, "b": []any{nil, "x"}}, map[string]any{}}), true
	}
	return nil, false
}

func (g *generator) value(name string, of reflect.Type, depth int) (any, bool) {
	g.left--
	if of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	if kind := special(of); kind != "" {
		return g.special(kind)
	}
	if strings.HasPrefix(of.Name(), "JSON") {
		return nil, false
	}
	switch of.Kind() {
	case reflect.Bool:
		return g.random.Intn(2) == 0, true
	case reflect.String:
		return g.text(name), true
	case reflect.Int32, reflect.Int64, reflect.Int, reflect.Uint32:
		return pick(g.random, []any{1, 2, 10, 80, 0, -1, 420}), true
	case reflect.Float64:
		return pick(g.random, []any{1.5, 2}), true
	case reflect.Struct:
		return g.structure(of, depth), true
	case reflect.Slice:
		if of.Elem().Kind() == reflect.Uint8 {
			return pick(g.random, []any{"YQ==", "aGVsbG8="}), true
		}
		return g.list(name, of.Elem(), depth)
	case reflect.Map:
		return g.mapping(name, of.Elem(), depth)
	}
	return nil, false
}

func (g *generator) list(name string, of reflect.Type, depth int) (any, bool) {
	items := []any{}
	for count := g.random.Intn(3); count >= 0; count-- {
		if item, made := g.value(name, of, depth+1); made {
			items = append(items, item)
		}
	}
	return items, true
}

func (g *generator) mapping(name string, of reflect.Type, depth int) (any, bool) {
	members := map[string]any{}
	keys := []string{"a", "app", "cpu", "memory", "hugepages-2Mi", "example.com/gpu"}
	for count := g.random.Intn(3); count > 0; count-- {
		if value, made := g.value(name, of, depth+1); made {
			members[pick(g.random, keys)] = value
		}
	}
	return members, true
}

func (g *generator) text(name string) string {
	if known, has := texts[name]; has && g.random.Intn(8) > 0 {
		return pick(g.random, known)
	}
	return fmt.Sprintf("%s-%d", name, g.random.Intn(3))
}
