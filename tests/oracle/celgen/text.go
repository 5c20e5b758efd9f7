package celgen

import "strings"

// text is a piece of an expression; one that is not primary needs parentheses as an operand.
type text struct {
	code      string
	isPrimary bool
}

func primary(code string) text  { return text{code, true} }
func compound(code string) text { return text{code, false} }
func number(code string) text   { return text{code, !strings.HasPrefix(code, "-")} }
func (t text) String() string   { return t.code }

// operand adds the parentheses, except for the few that forget tells to leave out.
func (t text) operand(forget bool) string {
	if t.isPrimary || forget {
		return t.code
	}
	return "(" + t.code + ")"
}

func call(function string, arguments ...text) text {
	codes := make([]string, len(arguments))
	for i, argument := range arguments {
		codes[i] = argument.code
	}
	return primary(function + "(" + strings.Join(codes, ", ") + ")")
}
