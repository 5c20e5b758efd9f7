package celgen

import (
	"reflect"
	"testing"

	"kastell/oracle/celeval"
)

// A line depends on seed and number only, so that a difference can be asked about again.
func TestLinesAreReproducible(t *testing.T) {
	for _, version := range []string{"", "1.25", "1.31"} {
		first, err := New(version)
		if err != nil {
			t.Fatal(err)
		}
		second, _ := New(version)
		for number := range uint64(400) {
			if a, b := first.Line(5, number), second.Line(5, number); !reflect.DeepEqual(a, b) {
				t.Fatalf("line %d: %v, then %v", number, a, b)
			}
		}
	}
}

// Every overload that an expression can name is chosen by the checker in a line that has a value, and
// the shares of values and errors stay interesting.
func TestLinesReachEveryOverload(t *testing.T) {
	generator, err := New(celeval.NewestVersion)
	if err != nil {
		t.Fatal(err)
	}
	coverage, err := NewCoverage(generator)
	if err != nil {
		t.Fatal(err)
	}
	const count = 8000
	for number := range uint64(count) {
		coverage.Add(generator.Line(1, number))
	}
	for _, o := range generator.table.overloads {
		if coverage.reached[o.id] == 0 {
			t.Errorf("no line evaluates %s to a value", o.id)
		}
	}
	if values := coverage.outcomes["value"] * 100 / count; values < 45 || values > 65 {
		t.Errorf("%d %% of the lines have a value: %v", values, coverage.outcomes)
	}
	if refused := coverage.outcomes["compile error"] * 100 / count; refused < 15 || refused > 30 {
		t.Errorf("%d %% of the lines do not compile: %v", refused, coverage.outcomes)
	}
}
