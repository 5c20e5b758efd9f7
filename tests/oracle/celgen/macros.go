package celgen

import (
	"fmt"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
)

// scoped is a variable that a macro binds. Over a document's list it is dyn to the checker, though
// the generator knows what it will hold.
type scoped struct {
	name  string
	of    *celType
	isDyn bool
}

var variableNames = []string{"x", "y", "z", "c", "k", "v", "i", "e", "object", "acc"}

func (g *generator) variable(wanted *celType) (text, bool) {
	var fitting []string
	for _, variable := range g.scope {
		if (same(variable.of, wanted) || isDyn(wanted)) && !(variable.isDyn && g.static > 0) {
			fitting = append(fitting, variable.name)
		}
	}
	if len(fitting) == 0 {
		return text{}, false
	}
	return primary(fitting[g.rng.IntN(len(fitting))]), true
}

// within runs body with variables bound; it picks their names, seldom one that shadows.
func (g *generator) within(body func(names []string), variables ...*celType) {
	before := len(g.scope)
	first := g.rng.IntN(8)
	names := make([]string, len(variables))
	for i, of := range variables {
		names[i] = variableNames[(first+i)%8]
		if g.chance(2) {
			names[i] = variableNames[8+i%2]
		}
		g.scope = append(g.scope, scoped{names[i], of, g.static == 0})
	}
	body(names)
	g.scope = g.scope[:before]
}

// collection is something to iterate: a list, or a map of one entry mostly.
type collection struct {
	code       string
	key, value *celType // of a list, the index and the element
	isMap      bool
}

// single is the type of the variable in macros of one variable.
func (c collection) single() *celType {
	if c.isMap {
		return c.key
	}
	return c.value
}

func (g *generator) collection(depth int) collection {
	if g.chance(25) {
		t := types.NewMapType(g.keyType(), g.freeType())
		return collection{g.mapLiteral(t, depth-1).code, t.Parameters()[0], t.Parameters()[1], true}
	}
	element := g.freeType()
	return collection{g.expr(types.NewListType(element), depth-1).operand(false), cel.IntType, element, false}
}

// A macro writer gives false if it has nothing of the wanted type.
type macroWriter func(g *generator, wanted *celType, depth int) (text, bool)

type macro struct {
	name  string
	minor uint
	write macroWriter
}

// macros lists every macro by name and number of arguments. A function, since writers call each other.
func macros() []macro {
	return []macro{
		{"has", 0, (*generator).hasMacro},
		{"all", 0, predicate("all", 1)}, {"exists", 0, predicate("exists", 1)}, {"exists_one", 0, predicate("exists_one", 1)},
		{"all/3", twoVariablesMinor, predicate("all", 2)}, {"exists/3", twoVariablesMinor, predicate("exists", 2)},
		{"existsOne/3", twoVariablesMinor, predicate("existsOne", 2)}, {"exists_one/3", twoVariablesMinor, predicate("exists_one", 2)},
		{"map", 0, (*generator).mapMacro}, {"map/3", 0, (*generator).filteredMapMacro}, {"filter", 0, (*generator).filterMacro},
		{"transformList", twoVariablesMinor, transform("transformList", false)}, {"transformList/4", twoVariablesMinor, transform("transformList", true)},
		{"transformMap", twoVariablesMinor, transform("transformMap", false)}, {"transformMap/4", twoVariablesMinor, transform("transformMap", true)},
		{"transformMapEntry", twoVariablesMinor, transform("transformMapEntry", false)}, {"transformMapEntry/4", twoVariablesMinor, transform("transformMapEntry", true)},
		{"optMap", optionalsMinor, (*generator).optionalMap}, {"optFlatMap", optionalsMinor, (*generator).optionalFlatMap},
		{"sortBy", 34, (*generator).sortBy},
	}
}

// macro tries a few macros for the wanted type.
func (g *generator) macro(wanted *celType, depth int) (text, bool) {
	for range 6 {
		choice := g.macros[g.rng.IntN(len(g.macros))]
		if made, ok := choice.write(g, wanted, depth); ok {
			return made, true
		}
	}
	return text{}, false
}

func (g *generator) hasMacro(wanted *celType, _ int) (text, bool) {
	if wanted.Kind() != types.BoolKind {
		return text{}, false
	}
	return call("has", primary(g.selection())), true
}

func predicate(name string, variables int) macroWriter {
	return func(g *generator, wanted *celType, depth int) (text, bool) {
		if wanted.Kind() != types.BoolKind {
			return text{}, false
		}
		over := g.collection(depth)
		bound := []*celType{over.key, over.value}
		if variables == 1 {
			bound = []*celType{over.single()}
		}
		return g.comprehension(over, name, bound, func() []text { return []text{g.expr(cel.BoolType, depth-1)} }), true
	}
}

// comprehension writes over.name(variables, arguments); arguments are made with the variables in scope.
func (g *generator) comprehension(over collection, name string, bound []*celType, arguments func() []text) text {
	var code string
	g.within(func(names []string) {
		var parts []string
		for _, argument := range arguments() {
			parts = append(parts, argument.code)
		}
		code = fmt.Sprintf("%s.%s(%s, %s)", over.code, name, strings.Join(names, ", "), strings.Join(parts, ", "))
	}, bound...)
	return primary(code)
}

func (g *generator) mapMacro(wanted *celType, depth int) (text, bool) {
	return g.mapped(wanted, depth, false)
}

func (g *generator) filteredMapMacro(wanted *celType, depth int) (text, bool) {
	return g.mapped(wanted, depth, true)
}

func (g *generator) mapped(wanted *celType, depth int, filtered bool) (text, bool) {
	if wanted.Kind() != types.ListKind {
		return text{}, false
	}
	over := g.collection(depth)
	return g.comprehension(over, "map", []*celType{over.single()}, func() []text {
		return g.filtered(filtered, depth, g.expr(wanted.Parameters()[0], depth-1))
	}), true
}

// filtered puts a condition before the arguments if asked.
func (g *generator) filtered(yes bool, depth int, arguments ...text) []text {
	if !yes {
		return arguments
	}
	return append([]text{g.expr(cel.BoolType, depth-1)}, arguments...)
}

func (g *generator) filterMacro(wanted *celType, depth int) (text, bool) {
	if wanted.Kind() != types.ListKind {
		return text{}, false
	}
	element := wanted.Parameters()[0]
	over := collection{g.expr(wanted, depth-1).operand(false), cel.IntType, element, false}
	return g.comprehension(over, "filter", []*celType{element}, func() []text { return []text{g.expr(cel.BoolType, depth-1)} }), true
}

func transform(name string, filtered bool) macroWriter {
	return func(g *generator, wanted *celType, depth int) (text, bool) {
		kind := types.MapKind
		if name == "transformList" {
			kind = types.ListKind
		}
		if wanted.Kind() != kind {
			return text{}, false
		}
		over := g.collection(depth)
		return g.comprehension(over, name, []*celType{over.key, over.value}, func() []text {
			return g.filtered(filtered, depth, g.transformed(name, wanted, depth))
		}), true
	}
}

func (g *generator) transformed(name string, wanted *celType, depth int) text {
	if name == "transformMapEntry" {
		return g.mapLiteral(wanted, depth-1)
	}
	return g.expr(wanted.Parameters()[len(wanted.Parameters())-1], depth-1)
}

func (g *generator) optionalMap(wanted *celType, depth int) (text, bool) {
	if !isOptional(wanted) {
		return text{}, false
	}
	return g.optionalBody("optMap", wanted.Parameters()[0], depth), true
}

func (g *generator) optionalFlatMap(wanted *celType, depth int) (text, bool) {
	if !isOptional(wanted) {
		return text{}, false
	}
	return g.optionalBody("optFlatMap", wanted, depth), true
}

func (g *generator) optionalBody(name string, body *celType, depth int) text {
	inside := g.freeType()
	over := collection{code: g.expr(types.NewOptionalType(inside), depth-1).operand(false)}
	return g.comprehension(over, name, []*celType{inside}, func() []text { return []text{g.expr(body, depth-1)} })
}

func (g *generator) sortBy(wanted *celType, depth int) (text, bool) {
	if wanted.Kind() != types.ListKind {
		return text{}, false
	}
	over := collection{code: g.expr(wanted, depth-1).operand(false)}
	key := simpleTypes[g.rng.IntN(len(simpleTypes))]
	return g.comprehension(over, "sortBy", []*celType{wanted.Parameters()[0]}, func() []text {
		return []text{g.expr(key, min(depth-1, 1))}
	}), true
}
