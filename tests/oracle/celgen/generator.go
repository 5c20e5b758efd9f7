// Package celgen writes expressions to compare two CEL engines with.
//
// It reads the functions of the environment itself, so every overload of a version gets its turn: line
// i is built around overload or macro i of the list, modulo its length, with arguments made for the
// declared types, and is then put into other calls. A fifth of the lines is ill-typed or spoiled.
// A line depends on the seed and its number only.
package celgen

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/util/version"

	"kastell/oracle/celeval"
)

// Generator writes lines for one Kubernetes version.
type Generator struct {
	version string // "" stands for the newest, and lines do not name it
	minor   uint
	table   *table // what validations may call
	patches *table // what patches may call
	macros  []macro
	foci    []focus
}

// A focus is what a line is built around: an overload, a macro or something else that is written.
type focus struct {
	name     string // in the id of a line, for reports
	overload *overload
	macro    macroWriter
	write    func(g *generator, depth int) (text, *celType)
	isPatch  bool // only patches have it
}

// New reads the environment of the version.
func New(name string) (*Generator, error) {
	made := &Generator{version: name}
	if name == "" {
		name = celeval.NewestVersion
	}
	environment, err := celeval.Environment(name)
	if err != nil {
		return nil, err
	}
	made.minor = version.MustParseGeneric(name).Minor()
	mutation, err := celeval.MutationEnvironment(name)
	if err != nil {
		return nil, err
	}
	made.table, made.patches = readTable(environment), readTable(mutation)
	for i := range made.patches.overloads {
		o := &made.patches.overloads[i]
		made.foci = append(made.foci, focus{name: o.id, overload: o, isPatch: !made.table.has(o.id)})
	}
	made.foci = append(made.foci, structureFoci()...)
	for _, macro := range macros() {
		if macro.minor <= made.minor {
			made.macros = append(made.macros, macro)
			made.foci = append(made.foci, focus{name: macro.name, macro: macro.write})
		}
	}
	return made, nil
}

// generator is the state of one line.
type generator struct {
	*Generator
	rng       *rand.Rand
	table     *table
	isPatch   bool
	nodes     int // left before only leaves are written
	illTyped  bool
	misTyped  bool
	static    int // above 0: no dyn where another type is wanted
	scope     []scoped
	documents map[string]string
}

// Line writes line number of the seed.
func (s *Generator) Line(seed, number uint64) celeval.Question {
	on := s.foci[number%uint64(len(s.foci))]
	g := &generator{Generator: s, rng: rand.New(rand.NewPCG(seed, number)), table: s.table, nodes: 14}
	if on.isPatch || g.chance(6) {
		g.table, g.isPatch = s.patches, true
	}
	g.chooseDocuments()
	expression := g.line(on)
	return celeval.Question{
		ID:         json.RawMessage(strconv.Quote(fmt.Sprintf("%d-%d %s", seed, number, on.name))),
		Expr:       expression,
		Vars:       g.variables(expression),
		Kubernetes: s.version,
		Mutation:   g.isPatch && !g.chance(3), // else they are not there
	}
}

func (g *generator) line(on focus) string {
	if g.chance(3) {
		return oddities[g.rng.IntN(len(oddities))]
	}
	g.illTyped = g.chance(18)
	g.misTyped = !g.illTyped && g.chance(12)
	spoil := g.illTyped && g.chance(40)
	if spoil {
		g.illTyped = false
	}
	code, of := g.focused(on)
	for g.chance(30) {
		code, of = g.wrapped(code, of)
	}
	if spoil || g.illTyped {
		return g.spoil(code.code)
	}
	return g.respace(code.code)
}

func (g *generator) focused(on focus) (text, *celType) {
	depth := 1 + g.rng.IntN(3)
	if on.write != nil {
		return on.write(g, depth)
	}
	if on.macro == nil {
		bound := bindings{}
		result := substitute(on.overload.result, bound, g.freeType)
		return g.call(*on.overload, bound, depth), result
	}
	for _, wanted := range g.macroResults() {
		if made, ok := on.macro(g, wanted, depth); ok {
			return made, wanted
		}
	}
	panic("a macro gives none of the kinds of result")
}

// macroResults has one type of every kind that a macro can give.
func (g *generator) macroResults() []*celType {
	element := g.freeType()
	return []*celType{boolType, listOf(element), mapOf(g.keyType(), element), optionalOf(element)}
}

// wrapped puts the expression into a call that takes its type.
func (g *generator) wrapped(code text, of *celType) (text, *celType) {
	consumers := g.table.consumers(of)
	if len(consumers) == 0 {
		return code, of
	}
	chosen := consumers[g.rng.IntN(len(consumers))]
	if domainOf(chosen.id, chosen.place) == "tiny" {
		return code, of
	}
	bound := bindings{}
	unify(chosen.arguments[chosen.place], of, bound)
	made := g.callWith(chosen.overload, bound, 2, chosen.place, code)
	return made, substitute(chosen.result, bound, g.freeType)
}

// respace adds line breaks and spaces now and then, for the sake of positions.
func (g *generator) respace(code string) string {
	if g.chance(4) && !strings.ContainsAny(code, "'\"`") {
		return strings.ReplaceAll(code, " ", g.pick("\n", "  ", "\t", " // c\n"))
	}
	return code
}
