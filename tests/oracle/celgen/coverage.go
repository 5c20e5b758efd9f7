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

// Coverage counts what the written lines reach: overloads that the checker chose, and outcomes.
type Coverage struct {
	generator   *Generator
	environment *cel.Env
	evaluator   *celeval.Evaluator
	reached     map[string]int // by overload id, in lines that evaluate to a value
	checked     map[string]int // in lines that compile
	outcomes    map[string]int
	errors      map[string]int
}

// NewCoverage watches a generator.
func NewCoverage(of *Generator) (*Coverage, error) {
	name := of.version
	if name == "" {
		name = celeval.NewestVersion
	}
	environment, err := celeval.Environment(name)
	return &Coverage{of, environment, celeval.New(name), map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}}, err
}

var detail = regexp.MustCompile(`'[^']*'|"[^"]*"|[0-9]+`)

// Add evaluates one line.
func (c *Coverage) Add(line celeval.Question) {
	answer := c.evaluator.Ask(line)
	if answer.Error != nil {
		c.outcomes[answer.Error.Phase+" error"]++
		c.errors[answer.Error.Phase+": "+detail.ReplaceAllString(answer.Error.Message, "…")]++
	} else {
		c.outcomes["value"]++
	}
	if answer.Error != nil && answer.Error.Phase != "eval" {
		return
	}
	ast, issues := c.environment.Compile(line.Expr)
	if issues.Err() != nil {
		return
	}
	for _, reference := range ast.NativeRep().ReferenceMap() {
		for _, id := range reference.OverloadIDs {
			c.checked[id]++
			if answer.Error == nil && len(reference.OverloadIDs) == 1 {
				c.reached[id]++
			}
		}
	}
}

// Report prints the outcomes, the kinds of errors and every overload that no line has reached.
func (c *Coverage) Report(out io.Writer, errors int) {
	fmt.Fprintf(out, "outcomes: %v; %d kinds of errors\n", c.outcomes, len(c.errors))
	var never, onlyDynamic []string
	for _, o := range c.generator.table.overloads {
		switch {
		case c.checked[o.id] == 0:
			never = append(never, o.id)
		case c.reached[o.id] == 0:
			onlyDynamic = append(onlyDynamic, o.id)
		}
	}
	fmt.Fprintf(out, "overloads: %d; never checked: %s; never chosen and evaluated to a value: %s\n",
		len(c.generator.table.overloads), listing(never), listing(onlyDynamic))
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

func listing(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, " ")
}
