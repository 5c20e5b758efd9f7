package celeval

import (
	"encoding/json"
	"fmt"

	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	admissionv1 "k8s.io/api/admission/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	plugincel "k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/cel/common"
	kjson "sigs.k8s.io/json"
)

// decode reads JSON as the API server does: names are case-sensitive, integers stay int64.
func decode(data json.RawMessage, into any) error {
	return kjson.UnmarshalCaseSensitivePreserveInts(data, into)
}

func absent(data json.RawMessage) bool { return len(data) == 0 || string(data) == "null" }

// variables makes the activation of admission policies: documents as unstructured content, request
// and namespaceObject through their Go types.
func variables(vars map[string]json.RawMessage) (map[string]any, error) {
	known := map[string]func(json.RawMessage) (ref.Val, error){
		plugincel.ObjectVarName:    document,
		plugincel.OldObjectVarName: document,
		plugincel.ParamsVarName:    parameters,
		plugincel.RequestVarName:   request,
		plugincel.NamespaceVarName: namespace,
	}
	activation := make(map[string]any, len(known))
	for name := range known {
		activation[name] = types.NullValue
	}
	for name, data := range vars {
		read := known[name]
		if read == nil {
			return nil, fmt.Errorf("vars: no such variable: %s", name)
		}
		if absent(data) {
			continue
		}
		value, err := read(data)
		if err != nil {
			return nil, fmt.Errorf("vars.%s: %w", name, err)
		}
		activation[name] = value
	}
	return activation, nil
}

func document(data json.RawMessage) (ref.Val, error) {
	var content any
	if err := decode(data, &content); err != nil {
		return nil, err
	}
	return types.DefaultTypeAdapter.NativeToValue(content), nil
}

func parameters(data json.RawMessage) (ref.Val, error) {
	var content map[string]any
	if err := decode(data, &content); err != nil {
		return document(data) // not an object: no API server would have it, an expression may
	}
	return common.SchemalessTypedToVal(&unstructured.Unstructured{Object: content}), nil
}

// The fields that the API server leaves unset in the request variable are cleared.
func request(data json.RawMessage) (ref.Val, error) {
	var content admissionv1.AdmissionRequest
	if err := decode(data, &content); err != nil {
		return nil, err
	}
	content.UID = ""
	content.Object.Raw, content.OldObject.Raw = nil, nil
	return common.SchemalessTypedToVal(&content), nil
}

func namespace(data json.RawMessage) (ref.Val, error) {
	var content corev1.Namespace
	if err := decode(data, &content); err != nil {
		return nil, err
	}
	return common.SchemalessTypedToVal(plugincel.CreateNamespaceObject(&content)), nil
}
