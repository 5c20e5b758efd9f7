package celgen

import (
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
)

// place is one value of a document: how to get there and what is there.
type place struct {
	steps []any // string or int
	of    *celType
}

// placesOf lists every value of every document once.
var placesOf = func() map[string][]place {
	all := map[string][]place{}
	for _, name := range documentNames {
		walk(readDocument(name), nil, func(p place) { all[name] = append(all[name], p) })
	}
	return all
}()

func walk(node any, steps []any, visit func(place)) {
	if len(steps) > 0 {
		visit(place{append([]any(nil), steps...), typeOf(node)})
	}
	switch node := node.(type) {
	case map[string]any:
		for _, key := range sortedKeys(node) {
			walk(node[key], append(steps, key), visit)
		}
	case []any:
		for i, item := range node {
			walk(item, append(steps, i), visit)
		}
	}
}

// typeOf is the type a document's value has at run time, with common element types.
func typeOf(node any) *celType {
	switch node := node.(type) {
	case nil:
		return cel.NullType
	case bool:
		return cel.BoolType
	case int64:
		return cel.IntType
	case float64:
		return cel.DoubleType
	case string:
		return cel.StringType
	case []any:
		return types.NewListType(commonType(node))
	case map[string]any:
		values := make([]any, 0, len(node))
		for _, key := range sortedKeys(node) {
			values = append(values, node[key])
		}
		return types.NewMapType(cel.StringType, commonType(values))
	}
	return cel.DynType
}

func commonType(items []any) *celType {
	if len(items) == 0 {
		return cel.DynType
	}
	first := typeOf(items[0])
	for _, item := range items[1:] {
		if !same(first, typeOf(item)) {
			return cel.DynType
		}
	}
	return first
}

func sortedKeys(object map[string]any) []string {
	keys := make([]string, 0, len(object))
	for key := range object {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// Paths into the typed variables, with their declared types. Some read as another type at run time
// (times are text in JSON) or never exist (namespaceObject.metadata.UID): the real engine's own quirks.
var typedPaths = map[string][]string{
	"string": {"request.name", "request.namespace", "request.operation", "request.kind.kind", "request.kind.group", "request.resource.resource", "request.subResource",
		"request.requestKind.version", "request.requestSubResource", "request.userInfo.username", "request.userInfo.uid", "request.userInfo.groups[0]",
		"namespaceObject.metadata.name", "namespaceObject.metadata.UID", "namespaceObject.metadata.generateName", "namespaceObject.metadata.namespace",
		"namespaceObject.metadata.labels['env']", "namespaceObject.metadata.labels.env", "namespaceObject.status.phase", "namespaceObject.metadata.resourceVersion", "namespaceObject.status.conditions[0].type"},
	"bool":                            {"request.dryRun"},
	"int":                             {"namespaceObject.metadata.generation", "namespaceObject.metadata.deletionGracePeriodSeconds"},
	"google.protobuf.Timestamp":       {"namespaceObject.metadata.creationTimestamp", "namespaceObject.metadata.deletionTimestamp", "namespaceObject.status.conditions[0].lastTransitionTime"},
	"list(string)":                    {"request.userInfo.groups", "request.userInfo.extra['scopes']", "request.userInfo.extra.scopes", "namespaceObject.metadata.finalizers", "namespaceObject.spec.finalizers"},
	"map(string, string)":             {"namespaceObject.metadata.labels", "namespaceObject.metadata.annotations"},
	"map(string, list(string))":       {"request.userInfo.extra"},
	"optional_type(string)":           {"request.?namespace", "request.userInfo.?uid", "namespaceObject.metadata.?labels[?'env']", "namespaceObject.?metadata.labels.env", "request.?userInfo.?groups[?0]", "namespaceObject.metadata.labels[?'none']"},
	"optional_type(list(string))":     {"request.userInfo.?groups", "request.userInfo.extra[?'scopes']"},
	"dyn":                             {"request.options", "request.options.kind", "request.options.fieldManager", "dyn(request)", "dyn(namespaceObject)", "dyn(request).uid", "dyn(namespaceObject).metadata.uid"},
	"kubernetes.UserInfo":             {"request.userInfo"},
	"kubernetes.GroupVersionKind":     {"request.kind", "request.requestKind"},
	"kubernetes.GroupVersionResource": {"request.resource", "request.requestResource"},
	"kubernetes.NamespaceMetadata":    {"namespaceObject.metadata"},
}

// path finds a place of the wanted type in a document or a typed variable.
func (g *generator) path(wanted *celType) (text, bool) {
	if typed := typedPaths[wanted.String()]; len(typed) > 0 && g.chance(25) {
		return primary(typed[g.rng.IntN(len(typed))]), true
	}
	if g.static > 0 {
		return text{}, false
	}
	root := g.pick("object", "object", "object", "oldObject", "params")
	var fitting []place
	for _, p := range placesOf[g.documents[root]] {
		if same(p.of, wanted) || isOptional(wanted) && same(p.of, wanted.Parameters()[0]) {
			fitting = append(fitting, p)
		}
	}
	if len(fitting) == 0 {
		return text{}, false
	}
	chosen := fitting[g.rng.IntN(len(fitting))]
	return primary(g.walkTo(root, chosen.steps, isOptional(wanted))), true
}

func (g *generator) anyPath() text {
	if g.chance(15) {
		typed := typedPaths["dyn"]
		return primary(typed[g.rng.IntN(len(typed))])
	}
	root := g.pick("object", "object", "object", "oldObject", "params")
	all := placesOf[g.documents[root]]
	steps := all[g.rng.IntN(len(all))].steps
	if g.chance(10) {
		steps = append(append([]any(nil), steps...), g.pick("missing", "name", "x"))
	}
	return primary(g.walkTo(root, steps, g.minor >= optionalsMinor && g.chance(10)))
}

var identifier = regexp.MustCompile(`^[a-zA-Z_][a-zA-Z0-9_]*$`)

// Names that cannot follow a dot.
var unselectable = map[string]bool{"in": true, "true": true, "false": true, "null": true}

func (g *generator) walkTo(root string, steps []any, optional bool) string {
	code := root
	switch g.rng.IntN(20) {
	case 0:
		code = "." + root
	case 1:
		code = "dyn(" + root + ")"
	}
	firstOptional := -1
	if optional {
		firstOptional = g.rng.IntN(len(steps))
	}
	for i, step := range steps {
		code += g.step(step, i == firstOptional)
	}
	return code
}

func (g *generator) step(step any, optional bool) string {
	mark := ""
	if optional {
		mark = "?"
	}
	name, isName := step.(string)
	if !isName {
		return fmt.Sprintf("[%s%d]", mark, step)
	}
	switch {
	case identifier.MatchString(name) && !unselectable[name] && !g.chance(6):
		return "." + mark + name
	case name != "" && !strings.ContainsAny(name, " ") && g.chance(25) && g.minor >= 33:
		return "." + mark + "`" + name + "`"
	}
	return "[" + mark + strconv.Quote(name) + "]"
}

// selection is a path that ends with a field, as has() wants it; the field may be missing.
func (g *generator) selection() string {
	if g.chance(25) {
		return g.pick("request.subResource", "request.namespace", "request.userInfo.uid", "request.userInfo.extra", "request.dryRun", "request.options",
			"request.options.dryRun", "namespaceObject.metadata.labels", "namespaceObject.metadata.labels.env", "namespaceObject.metadata.labels.none", "namespaceObject.metadata.UID",
			"namespaceObject.status.conditions", "namespaceObject.spec.finalizers", "namespaceObject.metadata.deletionTimestamp", "request.requestKind", "request.kind.group")
	}
	root := g.pick("object", "object", "object", "oldObject", "params")
	all := placesOf[g.documents[root]]
	steps := append([]any(nil), all[g.rng.IntN(len(all))].steps...)
	last, isName := steps[len(steps)-1].(string)
	if !isName || !identifier.MatchString(last) || unselectable[last] || g.chance(15) {
		steps = append(steps, g.pick("missing", "name", "spec", "k", "labels"))
		last = steps[len(steps)-1].(string)
	}
	return g.walkTo(root, steps[:len(steps)-1], false) + "." + last
}

// optionalSelect writes operand.?field.
func (g *generator) optionalSelect(at int, given text) text {
	field := g.pick("spec", "metadata", "name", "a", "missing", "only", "labels", "app")
	if at == 0 {
		return primary(given.operand(false) + ".?" + field)
	}
	return primary(g.anyPath().operand(false) + ".?" + field)
}
