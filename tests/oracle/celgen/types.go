package celgen

import (
	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	apiservercel "k8s.io/apiserver/pkg/cel"
)

// celType is a checked type, as the environment's own declarations use it.
type celType = types.Type

// simpleTypes have literals of their own and may stand for a free type parameter.
var simpleTypes = []*celType{
	cel.BoolType, cel.IntType, cel.UintType, cel.DoubleType, cel.StringType, cel.BytesType,
	cel.DurationType, cel.TimestampType,
}

// Types of Kubernetes' libraries, by the version that introduced their constructors.
var libraryTypes = []struct {
	minor uint
	of    *celType
}{
	{0, apiservercel.URLType}, {28, apiservercel.QuantityType}, {30, apiservercel.IPType},
	{30, apiservercel.CIDRType}, {31, apiservercel.FormatType}, {33, apiservercel.SemverType},
}

const optionalsMinor, twoVariablesMinor = 28, 32

func isOptional(t *celType) bool { return t.TypeName() == "optional_type" }
func isDyn(t *celType) bool      { return t.Kind() == types.DynKind }
func same(a, b *celType) bool    { return a.String() == b.String() }

// bindings are the values of an overload's type parameters.
type bindings map[string]*celType

// unify matches a declared type with a wanted one and records the parameters it fixes. A wanted dyn is
// matched by anything.
func unify(declared, wanted *celType, bound bindings) bool {
	if declared.Kind() == types.TypeParamKind {
		known, ok := bound[declared.TypeName()]
		if ok {
			return same(known, wanted)
		}
		bound[declared.TypeName()] = wanted
		return true
	}
	if isDyn(wanted) || isDyn(declared) {
		return true
	}
	if declared.TypeName() != wanted.TypeName() || len(declared.Parameters()) != len(wanted.Parameters()) {
		return false
	}
	for i, parameter := range declared.Parameters() {
		if !unify(parameter, wanted.Parameters()[i], bound) {
			return false
		}
	}
	return true
}

// substitute replaces type parameters; one that is not bound yet becomes what free() says.
func substitute(t *celType, bound bindings, free func() *celType) *celType {
	switch t.Kind() {
	case types.TypeParamKind:
		if bound[t.TypeName()] == nil {
			bound[t.TypeName()] = free()
		}
		return bound[t.TypeName()]
	case types.ListKind:
		return types.NewListType(substitute(t.Parameters()[0], bound, free))
	case types.MapKind:
		return types.NewMapType(substituteKey(t.Parameters()[0], bound, free), substitute(t.Parameters()[1], bound, free))
	case types.TypeKind:
		if len(t.Parameters()) == 1 {
			return types.NewTypeTypeWithParam(substitute(t.Parameters()[0], bound, free))
		}
	}
	if isOptional(t) {
		return types.NewOptionalType(substitute(t.Parameters()[0], bound, free))
	}
	return t
}

// substituteKey keeps most keys to the types that maps can hash.
func substituteKey(t *celType, bound bindings, free func() *celType) *celType {
	for range 3 {
		chosen := free()
		switch chosen.Kind() {
		case types.StringKind, types.IntKind, types.UintKind, types.BoolKind:
			return substitute(t, bound, func() *celType { return chosen })
		}
	}
	return substitute(t, bound, free)
}

// anyType picks a type that expressions of this version can have.
func (g *generator) anyType(depth int) *celType {
	if g.isPatch && depth > 0 && g.chance(8) {
		return patchTypes[g.rng.IntN(len(patchTypes))].of
	}
	switch roll := g.rng.IntN(20); {
	case depth > 0 && roll < 3:
		return types.NewListType(g.anyType(depth - 1))
	case depth > 0 && roll < 5:
		return types.NewMapType(g.keyType(), g.anyType(depth-1))
	case depth > 0 && roll < 6 && g.minor >= optionalsMinor:
		return types.NewOptionalType(g.anyType(depth - 1))
	case roll < 8:
		return g.libraryType()
	case roll < 9:
		return cel.DynType
	case roll < 10:
		return cel.NullType
	}
	return simpleTypes[g.rng.IntN(len(simpleTypes))]
}

func (g *generator) libraryType() *celType {
	choice := libraryTypes[g.rng.IntN(len(libraryTypes))]
	if choice.minor > g.minor {
		return cel.StringType
	}
	return choice.of
}

func (g *generator) keyType() *celType {
	return g.pickType(cel.StringType, cel.StringType, cel.StringType, cel.IntType, cel.UintType, cel.BoolType)
}

func (g *generator) pickType(choices ...*celType) *celType { return choices[g.rng.IntN(len(choices))] }

var boolType = cel.BoolType

func listOf(element *celType) *celType    { return types.NewListType(element) }
func mapOf(key, value *celType) *celType  { return types.NewMapType(key, value) }
func optionalOf(inside *celType) *celType { return types.NewOptionalType(inside) }
