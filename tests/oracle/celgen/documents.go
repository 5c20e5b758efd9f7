package celgen

import (
	"embed"
	"encoding/json"
	"sort"
	"strings"

	kjson "sigs.k8s.io/json"

	"kastell/oracle/value"
)

//go:embed documents/*.json
var documentFiles embed.FS

// documentNames are the documents that object, oldObject and params may be.
var documentNames = []string{"values", "pod", "deployment"}

func readDocument(name string) any {
	data, err := documentFiles.ReadFile("documents/" + name + ".json")
	if err != nil {
		panic(err) // embedded
	}
	var content any
	if err := kjson.UnmarshalCaseSensitivePreserveInts(data, &content); err != nil {
		panic(err)
	}
	return content
}

// chooseDocuments decides what the variables of this line hold.
func (g *generator) chooseDocuments() {
	g.documents = map[string]string{
		"object":    documentNames[g.rng.IntN(3)],
		"oldObject": documentNames[g.rng.IntN(3)],
		"params":    documentNames[g.rng.IntN(3)],
	}
}

// variables gives the documents that the expression mentions, damaged now and then; some are left out.
func (g *generator) variables(expression string) map[string]json.RawMessage {
	vars := map[string]json.RawMessage{}
	for _, name := range []string{"object", "oldObject", "params"} {
		if strings.Contains(expression, name) && !g.chance(4) {
			content := readDocument(g.documents[name])
			for g.chance(35) {
				g.damage(content, 0)
			}
			vars[name] = value.Plain(content)
		}
	}
	for _, name := range []string{"request", "namespaceObject"} {
		if strings.Contains(expression, name) && !g.chance(8) {
			content := readDocument(name)
			for g.chance(40) {
				g.thin(content)
			}
			vars[name] = value.Plain(content)
		}
	}
	return vars
}

// damage changes one place of a document: a field goes missing, becomes null or another type.
func (g *generator) damage(node any, depth int) {
	switch node := node.(type) {
	case map[string]any:
		if key, ok := g.anyKey(node); ok {
			if depth < 6 && g.chance(75) && isContainer(node[key]) {
				g.damage(node[key], depth+1)
			} else if g.chance(50) {
				delete(node, key)
			} else {
				node[key] = g.otherValue()
			}
		}
	case []any:
		if len(node) > 0 {
			at := g.rng.IntN(len(node))
			if isContainer(node[at]) && g.chance(70) {
				g.damage(node[at], depth+1)
			} else {
				node[at] = g.otherValue()
			}
		}
	}
}

// thin removes fields only: a typed variable cannot hold another type.
func (g *generator) thin(node any) {
	object, ok := node.(map[string]any)
	if !ok {
		return
	}
	if key, ok := g.anyKey(object); ok {
		if _, inner := object[key].(map[string]any); inner && g.chance(60) {
			g.thin(object[key])
		} else {
			delete(object, key)
		}
	}
}

func (g *generator) anyKey(object map[string]any) (string, bool) {
	keys := make([]string, 0, len(object))
	for key := range object {
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return "", false
	}
	sort.Strings(keys)
	return keys[g.rng.IntN(len(keys))], true
}

func isContainer(v any) bool {
	switch v.(type) {
	case map[string]any, []any:
		return true
	}
	return false
}

func (g *generator) otherValue() any {
	choices := []any{nil, true, int64(5), int64(0), 1.5, "other", "", []any{}, map[string]any{}, []any{int64(1), "x"}, map[string]any{"a": int64(1)}}
	return choices[g.rng.IntN(len(choices))]
}
