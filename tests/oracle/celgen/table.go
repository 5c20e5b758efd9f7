package celgen

import (
	"sort"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
)

// overload is one declared overload that an expression can name.
type overload struct {
	function  string
	id        string
	member    bool
	arguments []*celType
	result    *celType
}

// table holds what one version's environment declares, in a fixed order.
type table struct {
	overloads []overload
	functions [][]overload // the same, grouped by function
	macros    map[string]bool
}

// Declared, yet no expression can call them.
var unspeakable = map[string]bool{"in": true, "__not_strictly_false__": true}

// readTable leaves out the operators that only macros use (their names hold an @, and `in` is spelled
// differently) and the authorizer's functions, whose types no expression of these variables has.
func readTable(environment *cel.Env) *table {
	read := &table{macros: map[string]bool{}}
	functions := environment.Functions()
	names := make([]string, 0, len(functions))
	for name := range functions {
		if name == "@in" || (!strings.Contains(name, "@") && !unspeakable[name]) {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	for _, name := range names {
		var group []overload
		for _, o := range functions[name].OverloadDecls() {
			if made := (overload{name, o.ID(), o.IsMemberFunction(), o.ArgTypes(), o.ResultType()}); made.expressible() {
				group = append(group, made)
			}
		}
		if len(group) > 0 {
			sort.Slice(group, func(i, j int) bool { return group[i].id < group[j].id })
			read.overloads = append(read.overloads, group...)
			read.functions = append(read.functions, group)
		}
	}
	for _, macro := range environment.Macros() {
		read.macros[macro.Function()] = true
	}
	return read
}

func (t *table) has(id string) bool {
	for _, o := range t.overloads {
		if o.id == id {
			return true
		}
	}
	return false
}

func (o overload) expressible() bool {
	for _, t := range append([]*celType{o.result}, o.arguments...) {
		if strings.HasPrefix(t.TypeName(), "kubernetes.authorization.") {
			return false
		}
	}
	return true
}

// producers are the overloads whose result can be of the wanted type, one group per function.
func (t *table) producers(wanted *celType) [][]overload {
	var found [][]overload
	for _, group := range t.functions {
		var fitting []overload
		for _, o := range group {
			if unify(o.result, wanted, bindings{}) && !(isDyn(o.result) && !isDyn(wanted)) {
				fitting = append(fitting, o)
			}
		}
		if len(fitting) > 0 {
			found = append(found, fitting)
		}
	}
	return found
}

// consumers are the overloads that take the type at some place.
func (t *table) consumers(given *celType) []consumer {
	var found []consumer
	for _, o := range t.overloads {
		for i, argument := range o.arguments {
			if argument.Kind() != types.DynKind && unify(argument, given, bindings{}) {
				found = append(found, consumer{o, i})
			}
		}
	}
	return found
}

type consumer struct {
	overload
	place int
}
