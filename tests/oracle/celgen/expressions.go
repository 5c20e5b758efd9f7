package celgen

import (
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
)

// expr writes an expression of the wanted type, at most depth calls deep.
func (g *generator) expr(wanted *celType, depth int) text {
	g.nodes--
	if g.illTyped && g.chance(8) {
		return g.wrong(wanted, depth)
	}
	if g.misTyped && g.chance(8) {
		return call("dyn", g.literal(g.otherType(wanted)))
	}
	if depth <= 0 || g.nodes <= 0 {
		return g.leaf(wanted)
	}
	switch roll := g.rng.IntN(100); {
	case roll < 20:
		return g.leaf(wanted)
	case roll < 40:
		if made, ok := g.macro(wanted, depth); ok {
			return made
		}
	case roll < 46 && wanted.Kind() == types.ListKind:
		return g.listLiteral(wanted.Parameters()[0], depth-1)
	case roll < 46 && wanted.Kind() == types.MapKind:
		return g.mapLiteral(wanted, depth-1)
	}
	return g.anyCall(wanted, depth)
}

func (g *generator) anyCall(wanted *celType, depth int) text {
	groups := g.table.producers(wanted)
	if len(groups) == 0 {
		return g.leaf(wanted)
	}
	group := groups[g.rng.IntN(len(groups))]
	chosen := group[g.rng.IntN(len(group))]
	bound := bindings{}
	unify(chosen.result, wanted, bound)
	return g.call(chosen, bound, depth)
}

// leaf is a variable in scope, a path into a document or a literal.
func (g *generator) leaf(wanted *celType) text {
	if variable, ok := g.variable(wanted); ok && g.chance(60) {
		return variable
	}
	if isDyn(wanted) {
		if g.chance(70) {
			return g.anyPath()
		}
		return g.leaf(g.anyType(1))
	}
	if path, ok := g.path(wanted); ok && g.chance(30) {
		return path
	}
	return g.literal(wanted)
}

// call writes one call of the overload; bound may fix some of its type parameters.
func (g *generator) call(o overload, bound bindings, depth int) text {
	return g.callWith(o, bound, depth, -1, text{})
}

// callWith is call with one argument given.
func (g *generator) callWith(o overload, bound bindings, depth, place int, given text) text {
	if o.id == "string_format" && place < 0 {
		return g.formatCall(depth)
	}
	if o.id == "select_optional_field" {
		return g.optionalSelect(place, given)
	}
	arguments := make([]text, len(o.arguments))
	free := func() *celType { return g.freeType() }
	for i, declared := range o.arguments {
		if i == place {
			arguments[i] = given
			continue
		}
		arguments[i] = g.argument(o.id, i, substitute(declared, bound, free), depth-1)
	}
	return g.write(o, arguments)
}

// argument draws a text or a number from the overload's domain if it has one, mostly.
func (g *generator) argument(id string, place int, wanted *celType, depth int) text {
	domain := domainOf(id, place)
	switch domain {
	case "tiny": // lists.range allocates what it is told to
		return number(g.pick("0", "1", "2", "5", "-1", "8"))
	case "small":
		if g.chance(85) {
			return number(g.pick("0", "0", "1", "1", "2", "3", "-1", "5", "100", "9223372036854775807"))
		}
	case "seconds":
		if g.chance(85) {
			return number(g.pick("0", "1704067200", "-1", "253402300799", "253402300800", "-62135596800", "-62135596801", "9223372036854775807"))
		}
	case "":
		return g.expr(wanted, depth)
	default:
		if g.chance(80) {
			return primary(g.quote(g.fromCorpus(domain, 25)))
		}
	}
	return g.expr(wanted, depth)
}

// write spells the call as an operator, a member or a function.
func (g *generator) write(o overload, arguments []text) text {
	forget := g.chance(2)
	operand := func(i int) string { return arguments[i].operand(forget) }
	switch o.function {
	case operators.Conditional:
		return compound(operand(0) + " ? " + operand(1) + " : " + operand(2))
	case operators.Index:
		return primary(operand(0) + "[" + arguments[1].code + "]")
	case operators.OptIndex:
		return primary(operand(0) + "[?" + arguments[1].code + "]")
	case operators.LogicalNot:
		return compound("!" + operand(0))
	case operators.Negate:
		return compound("-" + operand(0))
	}
	if symbol, ok := operators.FindReverseBinaryOperator(o.function); ok && len(arguments) == 2 {
		return compound(operand(0) + " " + symbol + " " + operand(1))
	}
	if o.member {
		return call(operand(0)+"."+o.function, arguments[1:]...)
	}
	return call(o.function, arguments...)
}

// formatCall takes a format text made for its arguments, with now and then a verb too many.
func (g *generator) formatCall(depth int) text {
	var format strings.Builder
	var arguments []string
	for range g.rng.IntN(4) {
		verb := formatVerbs[g.rng.IntN(len(formatVerbs))]
		kinds := strings.Fields(verb.kinds)
		argument := g.expr(g.typeNamed(kinds[g.rng.IntN(len(kinds))]), min(depth-1, 1))
		if g.chance(90) {
			argument = call("dyn", argument)
		}
		format.WriteString(g.pick("", "a", " ", "%%", "é=") + verb.verb)
		arguments = append(arguments, argument.code)
	}
	if g.chance(8) {
		format.WriteString(g.pick("%s", "%d", "%", "%z", "%.f", "%5d", "%.1s", "%.20f"))
	}
	return primary(g.quote(format.String()) + ".format([" + strings.Join(arguments, ", ") + "])")
}

func (g *generator) typeNamed(name string) *celType {
	switch name {
	case "list":
		return types.NewListType(g.freeType())
	case "map":
		return types.NewMapType(g.keyType(), g.freeType())
	case "null_type":
		return cel.NullType
	case "type":
		return types.NewTypeTypeWithParam(cel.IntType)
	}
	for _, t := range simpleTypes {
		if t.TypeName() == name {
			return t
		}
	}
	return cel.DynType
}

// freeType stands for a type parameter that nothing fixes: small types, so that calls stay small.
func (g *generator) freeType() *celType {
	if g.chance(15) {
		return g.anyType(1)
	}
	return g.pickType(cel.IntType, cel.StringType, cel.BoolType, cel.DoubleType, cel.IntType, cel.StringType, cel.DynType)
}

func (g *generator) otherType(than *celType) *celType {
	for range 8 {
		if t := g.anyType(1); !same(t, than) && !isDyn(t) {
			return t
		}
	}
	return cel.NullType
}

// wrong writes an expression of another type than the one wanted.
func (g *generator) wrong(wanted *celType, depth int) text {
	g.illTyped = false // one is enough
	return g.expr(g.otherType(wanted), min(depth, 1))
}

// typed keeps dyn out of what is written until the function it returns is called, since the elements
// of a literal must be of one type. Now and then it lets it in.
func (g *generator) typed(element *celType) func() {
	if isDyn(element) || g.chance(7) {
		return func() {}
	}
	g.static++
	return func() { g.static-- }
}
