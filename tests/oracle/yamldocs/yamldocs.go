// Package yamldocs says what Kubernetes makes of a YAML text.
package yamldocs

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"strings"

	kyaml "k8s.io/apimachinery/pkg/util/yaml"

	"kastell/oracle/value"
)

type question struct {
	ID   json.RawMessage `json:"id"`
	Text string          `json:"text"`
}

// Document is one part of the stream: its value or the error. Strict is the error that only strict
// decoding gives (a duplicate key).
type Document struct {
	Value  value.Encoded `json:"value,omitempty"`
	Error  string        `json:"error,omitempty"`
	Strict string        `json:"strict,omitempty"`
}

type answer struct {
	ID        json.RawMessage `json:"id"`
	Documents []Document      `json:"documents"`
	// Error ends the stream: a separator line that does not read.
	Error string `json:"error,omitempty"`
}

// Answer reads {"id", "text"} and answers {"id", "documents": […]}.
func Answer(line []byte) any {
	var asked question
	if err := json.Unmarshal(line, &asked); err != nil {
		return answer{ID: json.RawMessage("null"), Error: err.Error(), Documents: []Document{}}
	}
	result := answer{ID: asked.ID, Documents: []Document{}}
	reader := kyaml.NewYAMLReader(bufio.NewReader(strings.NewReader(asked.Text)))
	for {
		part, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return result
		}
		if err != nil {
			result.Error = err.Error()
			return result
		}
		result.Documents = append(result.Documents, decode(part))
	}
}

func decode(part []byte) Document {
	var content any
	if err := kyaml.Unmarshal(part, &content); err != nil {
		return Document{Error: err.Error()}
	}
	document := Document{Value: value.Plain(content)}
	var strict any
	if err := kyaml.UnmarshalStrict(part, &strict); err != nil {
		document.Strict = err.Error()
	}
	return document
}
