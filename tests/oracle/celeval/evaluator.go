package celeval

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common"
	"github.com/google/cel-go/common/types"
	celconfig "k8s.io/apiserver/pkg/apis/cel"

	"kastell/oracle/value"
)

// An expression that runs longer is given up. Answers are then not reproducible, so generated
// expressions must stay far below it.
const deadline = 30 * time.Second

// Question is one input line of `kastell eval --batch`.
type Question struct {
	ID         json.RawMessage            `json:"id"`
	Expr       string                     `json:"expr"`
	Vars       map[string]json.RawMessage `json:"vars,omitempty"`
	Kubernetes string                     `json:"kubernetes,omitempty"`
	Mutation   bool                       `json:"mutation,omitempty"` // with what patches may use
}

// Answer is its output line: Result and Type, or Error.
type Answer struct {
	ID     json.RawMessage `json:"id"`
	Result value.Encoded   `json:"result,omitempty"`
	Type   string          `json:"type,omitempty"`
	Error  *Error          `json:"error,omitempty"`
	Cost   *uint64         `json:"cost,omitempty"`
	Node   int64           `json:"-"` // the expression that failed
}

// Error has a 1-based line and column, or zeros where the engine names no place. The phase "input"
// is a line that could not be read, "crash" a panic of the compiler (the API server has it too).
type Error struct {
	Phase   string `json:"phase"`
	Message string `json:"message"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
}

// Evaluator keeps one environment per version.
type Evaluator struct {
	version      string
	environments map[language]*cel.Env
}

type language struct {
	version  string
	mutation bool
}

// New makes an evaluator; version is that of questions which name none.
func New(version string) *Evaluator {
	return &Evaluator{version: version, environments: map[language]*cel.Env{}}
}

// Answer answers one line.
func (e *Evaluator) Answer(line []byte) any {
	var question Question
	if err := json.Unmarshal(line, &question); err != nil {
		return failed(question, "input", err.Error(), nil)
	}
	return e.Ask(question)
}

// Ask answers one question.
func (e *Evaluator) Ask(question Question) (answer Answer) {
	defer func() {
		if problem := recover(); problem != nil {
			answer = failed(question, "crash", fmt.Sprint(problem), nil)
		}
	}()
	environment, err := e.environment(language{question.Kubernetes, question.Mutation})
	if err != nil {
		return failed(question, "input", err.Error(), nil)
	}
	activation, err := variables(question.Vars)
	if err != nil {
		return failed(question, "input", err.Error(), nil)
	}
	ast, issues := environment.Compile(question.Expr)
	if issues.Err() != nil {
		first := issues.Errors()[0]
		return failed(question, "compile", first.Message, first.Location)
	}
	// With constant folding this also evaluates constant calls; their errors are compile errors.
	program, err := environment.Program(ast, cel.InterruptCheckFrequency(celconfig.CheckFrequency))
	if err != nil {
		return failed(question, "compile", err.Error(), nodeLocation(ast, err))
	}
	return run(question, ast, program, activation)
}

func (e *Evaluator) environment(wanted language) (*cel.Env, error) {
	if wanted.version == "" {
		wanted.version = e.version
	}
	if known := e.environments[wanted]; known != nil {
		return known, nil
	}
	make := Environment
	if wanted.mutation {
		make = MutationEnvironment
	}
	made, err := make(wanted.version)
	if err == nil {
		e.environments[wanted] = made
	}
	return made, err
}

func run(question Question, ast *cel.Ast, program cel.Program, activation map[string]any) Answer {
	limited, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	result, details, err := program.ContextEval(limited, activation)
	answer := Answer{ID: question.ID, Type: ast.OutputType().String()}
	if err == nil {
		answer.Result, err = value.CEL(result)
	}
	if err != nil {
		answer = failed(question, "eval", err.Error(), nodeLocation(ast, err))
		answer.Node = failedNode(err)
	}
	if details != nil {
		answer.Cost = details.ActualCost()
	}
	return answer
}

func failed(question Question, phase, message string, at common.Location) Answer {
	problem := &Error{Phase: phase, Message: message}
	if at != nil && at.Line() > 0 {
		problem.Line, problem.Column = at.Line(), at.Column()+1
	}
	if question.ID == nil {
		question.ID = json.RawMessage("null")
	}
	return Answer{ID: question.ID, Error: problem}
}

// nodeLocation finds the expression that an evaluation error is labelled with.
func nodeLocation(ast *cel.Ast, err error) common.Location {
	if node := failedNode(err); node != 0 {
		return ast.NativeRep().SourceInfo().GetStartLocation(node)
	}
	return nil
}

func failedNode(err error) int64 {
	var labelled *types.Err
	if !errors.As(err, &labelled) {
		return 0
	}
	return labelled.NodeID()
}

// String names the question in test failures.
func (q Question) String() string { return fmt.Sprintf("%s: %s", q.Kubernetes, q.Expr) }
