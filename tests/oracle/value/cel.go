package value

import (
	"encoding/base64"
	"fmt"
	"reflect"
	"strconv"
	"time"
	"unsafe"

	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"
	apiservercel "k8s.io/apiserver/pkg/cel"
	"k8s.io/apiserver/pkg/cel/mutation"
	"k8s.io/apiserver/pkg/cel/mutation/dynamic"
)

// CEL encodes the result of an expression.
func CEL(v ref.Val) (Encoded, error) {
	if scalar := celScalar(v); scalar != nil {
		return scalar, nil
	}
	switch v := v.(type) {
	case *types.Optional:
		return celOptional(v)
	case *dynamic.ObjectVal:
		return celStructure(v.Type().TypeName(), objectFields(v))
	case *mutation.JSONPatchVal:
		return celStructure(v.Type().TypeName(), patchFields(v))
	case traits.Mapper:
		return celMap(v)
	case traits.Lister:
		return celList(v)
	case *types.Err:
		return nil, v
	}
	return nil, fmt.Errorf("no encoding for a value of type %s (%T)", v.Type().TypeName(), v)
}

func celScalar(v ref.Val) Encoded {
	switch v := v.(type) {
	case types.Null:
		return Encoded("null")
	case types.Bool:
		return Encoded(strconv.FormatBool(bool(v)))
	case types.Int:
		return Encoded(strconv.FormatInt(int64(v), 10))
	case types.Uint:
		return taggedText("uint", strconv.FormatUint(uint64(v), 10))
	case types.Double:
		return double(float64(v))
	case types.String:
		return text(string(v))
	case types.Bytes:
		return taggedText("bytes", base64.StdEncoding.EncodeToString(v))
	case types.Timestamp:
		return taggedText("timestamp", v.Time.UTC().Format(time.RFC3339Nano))
	case types.Duration:
		return taggedText("duration", v.Duration.String())
	case *types.Type:
		return taggedText("type", v.TypeName())
	}
	return celKubernetes(v)
}

// The types of Kubernetes' own libraries.
func celKubernetes(v ref.Val) Encoded {
	switch v := v.(type) {
	case apiservercel.Quantity:
		return taggedText("quantity", v.Quantity.String())
	case *apiservercel.Quantity: // what add and sub return
		return taggedText("quantity", v.Quantity.String())
	case apiservercel.IP:
		return taggedText("ip", v.Addr.String())
	case apiservercel.CIDR:
		return taggedText("cidr", v.Prefix.String())
	case apiservercel.Semver:
		return taggedText("semver", v.Version.String())
	case apiservercel.URL:
		return taggedText("url", v.URL.String())
	case *apiservercel.Format:
		return taggedText("format", v.Name)
	case apiservercel.Format:
		return taggedText("format", v.Name)
	}
	return nil
}

func celOptional(v *types.Optional) (Encoded, error) {
	if !v.HasValue() {
		return tagged("optional", list(nil)), nil
	}
	inner, err := CEL(v.GetValue())
	if err != nil {
		return nil, err
	}
	return tagged("optional", list([]Encoded{inner})), nil
}

func celList(v traits.Lister) (Encoded, error) {
	var items []Encoded
	for it := v.Iterator(); it.HasNext() == types.True; {
		item, err := CEL(it.Next())
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return list(items), nil
}

func celMap(v traits.Mapper) (Encoded, error) {
	// A map literal may hold 1 and 1u side by side, which only its Go map tells apart.
	if native, ok := v.Value().(map[ref.Val]ref.Val); ok {
		return celEntries(native)
	}
	pairs := map[ref.Val]ref.Val{}
	for it := v.Iterator(); it.HasNext() == types.True; {
		key := it.Next()
		pairs[key] = v.Get(key)
	}
	return celEntries(pairs)
}

func celEntries(pairs map[ref.Val]ref.Val) (Encoded, error) {
	entries := make([]entry, 0, len(pairs))
	for k, v := range pairs {
		key, err := CEL(k)
		if err != nil {
			return nil, err
		}
		value, err := CEL(v)
		if err != nil {
			return nil, err
		}
		_, isString := k.(types.String)
		entries = append(entries, entry{key, isString, value})
	}
	return mapping(entries), nil
}

func celStructure(name string, fields map[ref.Val]ref.Val) (Encoded, error) {
	inner, err := celEntries(fields)
	if err != nil {
		return nil, err
	}
	return tagged("structure", list([]Encoded{text(name), inner})), nil
}

// objectFields looks into an Object literal: what it shows, Value(), has lost the fields' types.
func objectFields(v *dynamic.ObjectVal) map[ref.Val]ref.Val {
	field := reflect.ValueOf(v).Elem().FieldByName("fields")
	fields := *(*map[string]ref.Val)(unsafe.Pointer(field.UnsafeAddr()))
	pairs := make(map[ref.Val]ref.Val, len(fields))
	for name, value := range fields {
		pairs[types.String(name)] = value
	}
	return pairs
}

// patchFields are those that a JSONPatch literal gives: an empty text is as good as none.
func patchFields(v *mutation.JSONPatchVal) map[ref.Val]ref.Val {
	pairs := map[ref.Val]ref.Val{}
	for name, value := range map[string]string{"op": v.Op, "path": v.Path, "from": v.From} {
		if value != "" {
			pairs[types.String(name)] = types.String(value)
		}
	}
	if v.Val != nil {
		pairs[types.String("value")] = v.Val
	}
	return pairs
}
