package celgen

import (
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
)

// A structure is what a literal `Name{field: value}` makes: a message that is a value of CEL's own, or a
// type of mutating admission policies' patches.
type structure struct {
	name    string
	fields  []structureField
	of      *celType // of the value, a wrapper's being what it wraps
	isPatch bool
}

// A field of no type takes any.
type structureField struct {
	name string
	of   *celType
}

var anyMap = types.NewMapType(cel.StringType, cel.DynType)

var messages = []structure{
	wrapperOf("Bool", cel.BoolType), wrapperOf("Bytes", cel.BytesType), wrapperOf("Double", cel.DoubleType), wrapperOf("Float", cel.DoubleType),
	wrapperOf("Int32", cel.IntType), wrapperOf("Int64", cel.IntType), wrapperOf("String", cel.StringType), wrapperOf("UInt32", cel.UintType), wrapperOf("UInt64", cel.UintType),
	message("Duration", cel.DurationType, structureField{"seconds", cel.IntType}, structureField{"nanos", cel.IntType}),
	message("Timestamp", cel.TimestampType, structureField{"seconds", cel.IntType}, structureField{"nanos", cel.IntType}),
	message("ListValue", types.NewListType(cel.DynType), structureField{"values", types.NewListType(cel.DynType)}),
	message("Struct", anyMap, structureField{"fields", anyMap}),
	message("Value", cel.DynType, structureField{"null_value", cel.IntType}, structureField{"number_value", cel.DoubleType}, structureField{"string_value", cel.StringType},
		structureField{"bool_value", cel.BoolType}, structureField{"struct_value", anyMap}, structureField{"list_value", types.NewListType(cel.DynType)}),
}

var patchTypes = []structure{
	object("Object", "metadata", "spec", "data", "a"), object("Object.metadata", "labels", "annotations", "name"),
	object("Object.spec", "replicas", "template", "containers", "paused"), object("Object.spec.template", "spec", "`x-y`"),
	{name: "JSONPatch", of: types.NewObjectType("JSONPatch"), isPatch: true, fields: []structureField{{"op", cel.StringType}, {"path", cel.StringType}, {"from", cel.StringType}, {"value", nil}}},
}

func message(name string, of *celType, fields ...structureField) structure {
	return structure{name: "google.protobuf." + name, of: of, fields: fields}
}

func wrapperOf(name string, of *celType) structure {
	return message(name+"Value", of, structureField{"value", of})
}

func object(name string, fields ...string) structure {
	made := structure{name: name, of: types.NewObjectType(name), isPatch: true}
	for _, field := range fields {
		made.fields = append(made.fields, structureField{field, nil})
	}
	return made
}

// structureFoci are the literals, and for patches the reading of their fields.
func structureFoci() []focus {
	var foci []focus
	for _, s := range append(append([]structure(nil), messages...), patchTypes...) {
		foci = append(foci, focus{name: "literal " + s.name, isPatch: s.isPatch, write: func(g *generator, depth int) (text, *celType) {
			return g.structureLiteral(s, depth), s.of
		}})
		if s.isPatch {
			foci = append(foci, focus{name: "field of " + s.name, isPatch: true, write: func(g *generator, depth int) (text, *celType) {
				return g.structureField(s, depth)
			}})
		}
	}
	return foci
}

func (g *generator) structureLiteral(s structure, depth int) text {
	var fields []string
	count := g.rng.IntN(len(s.fields) + 1)
	if s.name == "google.protobuf.Value" { // of several the one that counts is a matter of chance
		count = min(count, 1)
	}
	first := g.rng.IntN(len(s.fields))
	for i := range count {
		fields = append(fields, g.fieldOf(s.fields[(first+i)%len(s.fields)], depth))
	}
	if g.chance(3) {
		fields = append(fields, "nope: "+g.literal(cel.IntType).code)
	}
	return primary(s.name + "{" + strings.Join(fields, ", ") + "}")
}

func (g *generator) fieldOf(field structureField, depth int) string {
	of := field.of
	if of == nil {
		of = g.anyType(1)
	}
	switch {
	case g.minor >= optionalsMinor && g.chance(6):
		return "?" + field.name + ": " + g.expr(types.NewOptionalType(of), depth-1).code
	case g.chance(6):
		return field.name + ": dyn(" + g.literal(g.otherType(of)).code + ")"
	case (field.name == "seconds" || field.name == "nanos") && g.chance(60):
		return field.name + ": " + g.pick("0", "1", "-1", "999999999", "1704067200", "-62135596800", "253402300799", "2147483647", "2147483648", "9223372036")
	}
	return field.name + ": " + g.expr(of, depth-1).code
}

// structureField selects or tests a field of a literal.
func (g *generator) structureField(s structure, depth int) (text, *celType) {
	field := s.fields[g.rng.IntN(len(s.fields))]
	of := field.of
	if of == nil {
		of = cel.DynType
	}
	selection := g.structureLiteral(s, depth).code + "." + field.name
	if g.chance(40) {
		return call("has", primary(selection)), cel.BoolType
	}
	return primary(selection), of
}

// patchLiteral is a literal of one of the patch types.
func (g *generator) patchLiteral(name string) (text, bool) {
	for _, s := range patchTypes {
		if s.name == name {
			return g.structureLiteral(s, 0), true
		}
	}
	return text{}, false
}

// messageLiteral writes a constant of a simple type as a message.
func (g *generator) messageLiteral(of *celType) (text, bool) {
	var fitting []structure
	for _, s := range messages {
		if len(s.fields) == 1 && same(s.of, of) {
			fitting = append(fitting, s)
		}
	}
	if len(fitting) == 0 {
		return text{}, false
	}
	return g.structureLiteral(fitting[g.rng.IntN(len(fitting))], 0), true
}
