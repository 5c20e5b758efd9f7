package celgen

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
)

func (g *generator) pick(choices ...string) string { return choices[g.rng.IntN(len(choices))] }

func (g *generator) chance(percent int) bool { return g.rng.IntN(100) < percent }

// literal writes a constant of the type, or a constructor call on one.
func (g *generator) literal(t *celType) text {
	if g.chance(1) {
		if made, ok := g.messageLiteral(t); ok {
			return made
		}
	}
	switch t.Kind() {
	case types.BoolKind:
		return primary(g.pick("true", "false"))
	case types.IntKind:
		return number(g.integer())
	case types.UintKind:
		return primary(g.pick("0u", "1u", "2u", "3u", "7U", "42u", "0xffu", "18446744073709551615u", "9223372036854775808u"))
	case types.DoubleKind:
		return number(g.double())
	case types.StringKind:
		return primary(g.quote(g.fromCorpus("text", 0)))
	case types.BytesKind:
		return primary(g.pick("b''", "b'abc'", "b'é'", "b'\\xff\\x00'", "b\"a\\303\\277\"", "bytes('abd')", "b'''x'y'''", "br'\\n'"))
	case types.NullTypeKind:
		return primary("null")
	case types.DurationKind:
		return g.constructor("duration", "duration")
	case types.TimestampKind:
		return g.constructor("timestamp", "timestamp")
	case types.ListKind:
		return g.listLiteral(t.Parameters()[0], 0)
	case types.MapKind:
		return g.mapLiteral(t, 0)
	case types.TypeKind:
		return primary(g.typeName())
	case types.DynKind:
		return call("dyn", g.literal(simpleTypes[g.rng.IntN(len(simpleTypes))]))
	}
	return g.otherLiteral(t)
}

func (g *generator) otherLiteral(t *celType) text {
	switch t.TypeName() {
	case "kubernetes.URL":
		return g.constructor("url", "url")
	case "kubernetes.Quantity":
		return g.constructor("quantity", "quantity")
	case "net.IP":
		return g.constructor("ip", "ip")
	case "net.CIDR":
		return g.constructor("cidr", "cidr")
	case "kubernetes.Semver":
		return g.constructor("semver", "semver")
	case "kubernetes.NamedFormat":
		return primary("format." + g.fromCorpus("format name", 0) + "()")
	case "optional_type":
		if g.chance(25) {
			return primary("optional.none()")
		}
		return call(g.pick("optional.of", "optional.of", "optional.ofNonZeroValue"), g.literal(t.Parameters()[0]))
	}
	if made, ok := g.patchLiteral(t.TypeName()); ok {
		return made
	}
	return call("dyn", g.literal(cel.StringType))
}

// constructor calls a function on a text that it mostly accepts.
func (g *generator) constructor(function, corpus string) text {
	return call(function, primary(g.quote(g.fromCorpus(corpus, 6))))
}

func (g *generator) fromCorpus(name string, percentBad int) string {
	values := corpora[name].good
	if len(corpora[name].bad) > 0 && g.chance(percentBad) {
		values = corpora[name].bad
	}
	return values[g.rng.IntN(len(values))]
}

func (g *generator) integer() string {
	if g.chance(70) {
		return strconv.Itoa(g.rng.IntN(12) - 2)
	}
	return g.pick("9223372036854775807", "-9223372036854775808", "0x10", "-0x1F", "1000000", "2147483648", "-1", "4294967296", "1704067200", "253402300799", "253402300800", "9007199254740993")
}

func (g *generator) double() string {
	return g.pick("0.0", "-0.0", "1.0", "-1.5", "2.5", "0.1", "3.0", "1e3", "1e100", "1.7976931348623157e308", "5e-324", "9.3e18", "-9.3e18", "1e-7", "100000000.0",
		"9223372036854775807.0", "9007199254740993.0", ".5", "double('NaN')", "double('Infinity')", "double('-Infinity')", "1.0e-10", "123456789.125")
}

// typeName is an identifier that denotes a type.
func (g *generator) typeName() string {
	return g.pick("bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type", "google.protobuf.Timestamp", "google.protobuf.Duration",
		"optional_type", "net.IP", "net.CIDR", "kubernetes.Quantity", "kubernetes.URL", "kubernetes.Semver", "kubernetes.NamedFormat", "kubernetes.UserInfo", "dyn")
}

// quote writes a string literal in one of CEL's forms.
func (g *generator) quote(s string) string {
	plain := !strings.ContainsAny(s, "\\'\"\n\r") && utf8.ValidString(s) && !strings.Contains(s, "\u0000")
	switch g.rng.IntN(12) {
	case 0:
		if plain {
			return "r'" + s + "'"
		}
	case 1:
		if plain {
			return "'''" + s + "'''"
		}
	case 2:
		if plain {
			return `"""` + s + `"""`
		}
	case 3, 4:
		return `"` + escape(s, '"', g.chance(50)) + `"`
	}
	return "'" + escape(s, '\'', g.chance(20)) + "'"
}

func escape(s string, quote rune, ascii bool) string {
	var out strings.Builder
	for _, r := range s {
		switch {
		case r == quote || r == '\\':
			out.WriteRune('\\')
			out.WriteRune(r)
		case r == '\n':
			out.WriteString(`\n`)
		case r == '\r':
			out.WriteString(`\r`)
		case r < 0x20 || r == 0x7f:
			fmt.Fprintf(&out, `\x%02x`, r)
		case ascii && r > 0xffff:
			fmt.Fprintf(&out, `\U%08X`, r)
		case ascii && r > 0x7f:
			fmt.Fprintf(&out, `\u%04x`, r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

func (g *generator) listLiteral(element *celType, depth int) text {
	defer g.typed(element)()
	items := make([]string, g.rng.IntN(4))
	for i := range items {
		items[i] = g.expr(element, depth).String()
		if g.minor >= optionalsMinor && g.chance(3) {
			items[i] = "?" + g.expr(types.NewOptionalType(element), depth).String()
		}
	}
	return primary("[" + strings.Join(items, ", ") + "]")
}

// mapLiteral has one entry at most: cel-go iterates larger maps in an order of chance.
func (g *generator) mapLiteral(t *celType, depth int) text {
	entries := make([]string, min(1, g.rng.IntN(5)))
	if g.chance(7) {
		entries = make([]string, 2)
	}
	key, value := t.Parameters()[0], t.Parameters()[1]
	defer g.typed(value)()
	for i := range entries {
		entries[i] = g.expr(key, 0).String() + ": " + g.expr(value, depth).String()
		if g.minor >= optionalsMinor && g.chance(4) {
			entries[i] = "?" + g.expr(key, 0).String() + ": " + g.expr(types.NewOptionalType(value), depth).String()
		}
	}
	return primary("{" + strings.Join(entries, ", ") + "}")
}
