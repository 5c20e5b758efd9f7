// Package value writes values in the encoding of Kastell's batch interfaces: JSON where JSON can say
// it, and {"$kind": …} where it cannot. Every answer of the oracle uses it, so that an int and a
// double never look alike.
package value

import (
	"bytes"
	"encoding/json"
	"math"
	"sort"
	"strconv"
	"strings"
)

// Encoded is JSON text that is already in the encoding.
type Encoded = json.RawMessage

func text(s string) Encoded {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.Encode(s) // strings always encode
	return bytes.TrimRight(out.Bytes(), "\n")
}

// Tagged is {"$name": inner}.
func tagged(name string, inner Encoded) Encoded {
	return bytes.Join([][]byte{[]byte(`{"$` + name + `":`), inner, []byte("}")}, nil)
}

func taggedText(name, inner string) Encoded { return tagged(name, text(inner)) }

// double always has a point or an exponent; what JSON has no number for is tagged.
func double(d float64) Encoded {
	switch {
	case math.IsNaN(d):
		return taggedText("double", "NaN")
	case math.IsInf(d, 1):
		return taggedText("double", "Infinity")
	case math.IsInf(d, -1):
		return taggedText("double", "-Infinity")
	}
	number := strconv.FormatFloat(d, 'g', -1, 64)
	if !strings.ContainsAny(number, ".e") {
		number += ".0"
	}
	return Encoded(number)
}

func list(items []Encoded) Encoded {
	var out bytes.Buffer
	out.WriteByte('[')
	for i, item := range items {
		if i > 0 {
			out.WriteByte(',')
		}
		out.Write(item)
	}
	out.WriteByte(']')
	return out.Bytes()
}

type entry struct {
	key      Encoded
	isString bool
	value    Encoded
}

// mapping is a JSON object if every key is a string, else {"$map": [[key, value], …]}; so is a map
// that would read as a tagged value. Entries are sorted by the text of their keys.
func mapping(entries []entry) Encoded {
	sort.Slice(entries, func(i, j int) bool { return bytes.Compare(entries[i].key, entries[j].key) < 0 })
	plain := true
	for _, e := range entries {
		plain = plain && e.isString
	}
	if len(entries) == 1 && bytes.HasPrefix(entries[0].key, []byte(`"$`)) {
		plain = false
	}
	if !plain {
		pairs := make([]Encoded, len(entries))
		for i, e := range entries {
			pairs[i] = list([]Encoded{e.key, e.value})
		}
		return tagged("map", list(pairs))
	}
	var out bytes.Buffer
	out.WriteByte('{')
	for i, e := range entries {
		if i > 0 {
			out.WriteByte(',')
		}
		out.Write(e.key)
		out.WriteByte(':')
		out.Write(e.value)
	}
	out.WriteByte('}')
	return out.Bytes()
}

// Plain encodes what a JSON or YAML decoder makes: nil, bool, int64, float64, string, list, map.
func Plain(v any) Encoded {
	switch v := v.(type) {
	case nil:
		return Encoded("null")
	case bool:
		return Encoded(strconv.FormatBool(v))
	case int64:
		return Encoded(strconv.FormatInt(v, 10))
	case float64:
		return double(v)
	case string:
		return text(v)
	case []any:
		items := make([]Encoded, len(v))
		for i, item := range v {
			items[i] = Plain(item)
		}
		return list(items)
	case map[string]any:
		entries := make([]entry, 0, len(v))
		for key, value := range v {
			entries = append(entries, entry{text(key), true, Plain(value)})
		}
		return mapping(entries)
	}
	panic("not a decoded document")
}
