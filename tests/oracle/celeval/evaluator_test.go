package celeval_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/google/cel-go/cel"
	"k8s.io/apimachinery/pkg/util/version"
	plugincel "k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/cel/environment"

	"kastell/oracle/celeval"
	"kastell/oracle/celgen"
	"kastell/oracle/lines"
)

// anything is an expression whose type does not matter.
type anything string

func (a anything) GetExpression() string    { return string(a) }
func (a anything) ReturnTypes() []*cel.Type { return []*cel.Type{cel.AnyType} }

// The environment is built here as pkg/admission/plugin/cel builds it; so both must accept the same
// expressions, with the same types.
func TestCompilesAsTheAdmissionPlugin(t *testing.T) {
	for _, name := range []string{"1.26", "1.30", celeval.NewestVersion} {
		compiler := plugincel.NewCompiler(environment.MustBaseEnvSet(version.MustParse(name)))
		generator, err := celgen.New(name)
		if err != nil {
			t.Fatal(err)
		}
		evaluator := celeval.New(name)
		for number := range uint64(700) {
			question := generator.Line(7, number)
			answer := evaluator.Ask(question)
			if answer.Error != nil && answer.Error.Phase == "crash" {
				continue
			}
			compiled := compiler.CompileCELExpression(anything(question.Expr), plugincel.OptionalVariableDeclarations{HasParams: true}, environment.NewExpressions)
			if refused := answer.Error != nil && answer.Error.Phase == "compile"; refused != (compiled.Error != nil) {
				t.Errorf("%s: %v against %v", question, answer.Error, compiled.Error)
			}
			if answer.Type != "" && answer.Type != compiled.OutputType.String() {
				t.Errorf("%s: type %s against %s", question, answer.Type, compiled.OutputType)
			}
		}
	}
}

// Every form of the value encoding, of errors and of bad lines.
func TestAnswers(t *testing.T) {
	file, err := os.Open("testdata/answers.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	evaluator := celeval.New(celeval.NewestVersion)
	for scanner := bufio.NewScanner(file); scanner.Scan(); {
		var line struct{ In, Out json.RawMessage }
		if err := json.Unmarshal(scanner.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if err := lines.Write(&got, evaluator.Answer(line.In)); err != nil {
			t.Fatal(err)
		}
		if got.String() != string(line.Out)+"\n" {
			t.Errorf("%s\n got %swant %s", line.In, got.String(), line.Out)
		}
	}
}
