// Package celeval answers expressions as the API server would in a ValidatingAdmissionPolicy.
package celeval

import (
	"fmt"

	"github.com/google/cel-go/cel"
	"k8s.io/apimachinery/pkg/util/version"
	plugincel "k8s.io/apiserver/pkg/admission/plugin/cel"
	apiservercel "k8s.io/apiserver/pkg/cel"
	"k8s.io/apiserver/pkg/cel/common"
	"k8s.io/apiserver/pkg/cel/environment"
	"k8s.io/apiserver/pkg/cel/library"
	"k8s.io/apiserver/pkg/cel/mutation"
)

// NewestVersion is the newest Kubernetes version whose environment the pinned packages know.
const NewestVersion = "1.37"

// Environment is what the API server of the version offers to the expressions of admission policies:
// its base environment with the variables that pkg/admission/plugin/cel declares, params among them,
// but neither authorizer nor variables.
func Environment(name string) (*cel.Env, error) {
	set, err := environmentSet(name)
	if err != nil {
		return nil, err
	}
	return set.NewExpressionsEnv(), nil
}

// MutationEnvironment is the same for the patches of a MutatingAdmissionPolicy.
func MutationEnvironment(name string) (*cel.Env, error) {
	set, err := environmentSet(name)
	if err != nil {
		return nil, err
	}
	set, err = set.Extend(environment.VersionedOptions{
		IntroducedVersion: version.MajorMinor(1, 0),
		EnvOptions: []cel.EnvOption{
			common.ResolverEnvOption(&mutation.DynamicTypeResolver{}),
			environment.UnversionedLib(library.JSONPatch),
		},
	})
	if err != nil {
		return nil, err
	}
	return set.NewExpressionsEnv(), nil
}

func environmentSet(name string) (*environment.EnvSet, error) {
	parsed, err := version.ParseMajorMinor(name)
	if err != nil {
		return nil, fmt.Errorf("kubernetes version %q: %w", name, err)
	}
	request, namespace := plugincel.BuildRequestType(), plugincel.BuildNamespaceType()
	return environment.MustBaseEnvSet(parsed).Extend(
		environment.VersionedOptions{
			IntroducedVersion: version.MajorMinor(1, 0),
			EnvOptions: []cel.EnvOption{
				cel.Variable(plugincel.ObjectVarName, cel.DynType),
				cel.Variable(plugincel.OldObjectVarName, cel.DynType),
				cel.Variable(plugincel.NamespaceVarName, namespace.CelType()),
				cel.Variable(plugincel.RequestVarName, request.CelType()),
				cel.Variable(plugincel.ParamsVarName, cel.DynType),
			},
			DeclTypes: []*apiservercel.DeclType{namespace, request},
		},
		environment.StrictCostOpt,
	)
}
