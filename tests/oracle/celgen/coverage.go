package celgen

import (
	"fmt"
	"io"
	"regexp"
	"sort"
	"strings"

	"github.com/google/cel-go/cel"

	"kastell/oracle/celeval"
)

// Coverage counts what the written lines reach: overloads that the checker chose, and how the lines
// around every overload, macro and literal came out.
type Coverage struct {
	generator    *Generator
	version      string
	environments map[bool]*cel.Env // by Question.Mutation
	evaluator    *celeval.Evaluator
	reached      map[string]int // by overload id, in lines that evaluate to a value
	failed       map[string]int // whose own call fails
	checked      map[string]int // in lines that compile
	focused      map[string]map[string]int
	types        map[string]int // of values, checked
	outcomes     map[string]int
	errors       map[string]int
}

// NewCoverage watches a generator.
func NewCoverage(of *Generator) (*Coverage, error) {
	name := of.version
	if name == "" {
		name = celeval.NewestVersion
	}
	validation, err := celeval.Environment(name)
	if err != nil {
		return nil, err
	}
	mutation, err := celeval.MutationEnvironment(name)
	return &Coverage{
		generator: of, version: name, environments: map[bool]*cel.Env{false: validation, true: mutation}, evaluator: celeval.New(name),
		reached: map[string]int{}, failed: map[string]int{}, checked: map[string]int{}, focused: map[string]map[string]int{},
		types: map[string]int{}, outcomes: map[string]int{}, errors: map[string]int{},
	}, err
}

var detail = regexp.MustCompile(`'[^']*'|"[^"]*"|[0-9]+`)

// Add evaluates one line.
func (c *Coverage) Add(line celeval.Question) {
	answer := c.evaluator.Ask(line)
	outcome := "value"
	if answer.Error != nil {
		outcome = answer.Error.Phase
		c.errors[outcome+": "+detail.ReplaceAllString(answer.Error.Message, "…")]++
	} else {
		c.types[answer.Type]++
	}
	c.outcomes[outcome]++
	c.addFocus(line, outcome)
	if outcome == "value" || outcome == "eval" {
		c.addReferences(line, answer)
	}
}

func (c *Coverage) addFocus(line celeval.Question, outcome string) {
	_, name, _ := strings.Cut(strings.Trim(string(line.ID), `"`), " ")
	if c.focused[name] == nil {
		c.focused[name] = map[string]int{}
	}
	c.focused[name][outcome]++
}

func (c *Coverage) addReferences(line celeval.Question, answer celeval.Answer) {
	ast, issues := c.environments[line.Mutation].Compile(line.Expr)
	if issues.Err() != nil {
		return
	}
	for node, reference := range ast.NativeRep().ReferenceMap() {
		for _, id := range reference.OverloadIDs {
			c.checked[id]++
			if answer.Error != nil && node == answer.Node {
				c.failed[id]++
			}
			if answer.Error == nil && len(reference.OverloadIDs) == 1 {
				c.reached[id]++
			}
		}
	}
}

// Report prints the outcomes, what no line has reached, and the kinds of errors.
func (c *Coverage) Report(out io.Writer, errors int) {
	overloads := c.generator.patches.overloads
	var never, noValue, noFailure []string
	for _, o := range overloads {
		switch {
		case c.checked[o.id] == 0:
			never = append(never, o.id)
		case c.reached[o.id] == 0:
			noValue = append(noValue, o.id)
		}
		if c.failed[o.id] == 0 {
			noFailure = append(noFailure, o.id)
		}
	}
	fmt.Fprintf(out, "Kubernetes %s: outcomes %v; %d kinds of errors; %d types of values\n", c.version, c.outcomes, len(c.errors), len(c.types))
	fmt.Fprintf(out, "  %d overloads: %d chosen in a line with a value, %d whose own call fails in a line\n",
		len(overloads), len(overloads)-len(never)-len(noValue), len(overloads)-len(noFailure))
	fmt.Fprintf(out, "  never checked: %s\n  never chosen and evaluated to a value: %s\n  whose own call never fails: %s\n",
		listing(never), listing(noValue), listing(noFailure))
	fmt.Fprintf(out, "  %d overloads, macros and literals that lines are built around; without a value: %s; without a run-time error: %s; without one that is refused: %s\n",
		len(c.generator.foci), listing(c.without("value")), listing(c.without("eval")), listing(c.without("compile")))
	kinds := make([]string, 0, len(c.errors))
	for kind := range c.errors {
		kinds = append(kinds, kind)
	}
	sort.Slice(kinds, func(i, j int) bool {
		return c.errors[kinds[i]] > c.errors[kinds[j]] || c.errors[kinds[i]] == c.errors[kinds[j]] && kinds[i] < kinds[j]
	})
	for _, kind := range kinds[:min(errors, len(kinds))] {
		fmt.Fprintf(out, "%7d  %s\n", c.errors[kind], kind)
	}
}

// without lists what no line around it came out so.
func (c *Coverage) without(outcome string) []string {
	var names []string
	for _, on := range c.generator.foci {
		if c.focused[on.name][outcome] == 0 {
			names = append(names, on.name)
		}
	}
	return names
}

func listing(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, " ")
}
