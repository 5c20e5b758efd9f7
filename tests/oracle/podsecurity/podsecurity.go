// Package podsecurity says which Pod Security checks a Pod violates, by level and version.
package podsecurity

import (
	"encoding/json"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
	kjson "sigs.k8s.io/json"
)

const newestMinor = 37

type question struct {
	ID     json.RawMessage `json:"id"`
	Pod    json.RawMessage `json:"pod"`
	Levels []string        `json:"levels,omitempty"` // "baseline:v1.25"; none: the whole grid
}

type answer struct {
	ID         json.RawMessage     `json:"id"`
	Violations map[string][]string `json:"violations,omitempty"` // "baseline:v1.25" → check ids
	Error      string              `json:"error,omitempty"`
}

// Evaluator is Kubernetes' own evaluator with checks that give their id as the reason.
type Evaluator struct {
	policy policy.Evaluator
	grid   []string
}

// New registers upstream's default checks.
func New() (*Evaluator, error) {
	checks := policy.DefaultChecks()
	for i := range checks {
		for j := range checks[i].Versions {
			checks[i].Versions[j].CheckPod = named(checks[i].ID, checks[i].Versions[j].CheckPod)
		}
	}
	evaluator, err := policy.NewEvaluator(checks, nil)
	return &Evaluator{policy: evaluator, grid: Grid()}, err
}

// named replaces the reason of a violation, so that it can be told which check gave it.
func named(id policy.CheckID, check policy.CheckPodFn) policy.CheckPodFn {
	return func(metadata *metav1.ObjectMeta, spec *corev1.PodSpec) policy.CheckResult {
		result := check(metadata, spec)
		result.ForbiddenReason = string(id)
		return result
	}
}

// Grid lists every level and version: baseline and restricted, v1.0 to the newest, and latest.
func Grid() []string {
	var grid []string
	for _, level := range []api.Level{api.LevelBaseline, api.LevelRestricted} {
		for minor := 0; minor <= newestMinor; minor++ {
			grid = append(grid, fmt.Sprintf("%s:v1.%d", level, minor))
		}
		grid = append(grid, fmt.Sprintf("%s:latest", level))
	}
	return grid
}

// Answer reads {"id", "pod", "levels"?} and answers {"id", "violations"}.
func (e *Evaluator) Answer(line []byte) any {
	asked := question{ID: json.RawMessage("null")}
	if err := json.Unmarshal(line, &asked); err != nil {
		return answer{ID: asked.ID, Error: err.Error()}
	}
	var pod corev1.Pod
	if err := kjson.UnmarshalCaseSensitivePreserveInts(asked.Pod, &pod); err != nil {
		return answer{ID: asked.ID, Error: err.Error()}
	}
	if err := defaultVolumes(asked.Pod, &pod); err != nil {
		return answer{ID: asked.ID, Error: err.Error()}
	}
	if asked.Levels == nil {
		asked.Levels = e.grid
	}
	result := answer{ID: asked.ID, Violations: make(map[string][]string, len(asked.Levels))}
	for _, name := range asked.Levels {
		violated, err := e.violated(name, &pod)
		if err != nil {
			return answer{ID: asked.ID, Error: err.Error()}
		}
		result.Violations[name] = violated
	}
	return result
}

// defaultVolumes makes a volume without any source an emptyDir, as the API server's defaults do before admission
// (upstream's fixtures count on it). A source that corev1 does not know is not «none».
func defaultVolumes(text json.RawMessage, pod *corev1.Pod) error {
	var written struct {
		Spec struct {
			Volumes []map[string]any `json:"volumes"`
		} `json:"spec"`
	}
	if err := json.Unmarshal(text, &written); err != nil {
		return err
	}
	for i, volume := range written.Spec.Volumes {
		sources := 0
		for key, value := range volume {
			if key != "name" && value != nil {
				sources++
			}
		}
		if sources == 0 {
			pod.Spec.Volumes[i].EmptyDir = &corev1.EmptyDirVolumeSource{}
		}
	}
	return nil
}

func (e *Evaluator) violated(name string, pod *corev1.Pod) ([]string, error) {
	level, err := levelVersion(name)
	if err != nil {
		return nil, err
	}
	ids := []string{}
	for _, result := range e.policy.EvaluatePod(level, &pod.ObjectMeta, &pod.Spec) {
		if !result.Allowed {
			ids = append(ids, result.ForbiddenReason)
		}
	}
	return ids, nil
}
