// Package podgen writes Pods to compare two Pod Security evaluators with.
//
// A Pod starts as one that the restricted level admits, or as a bare one, and then a few of the places
// that the checks read get another value. It depends on the seed and its number only.
package podgen

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Line is one input of `oracle psa`.
type Line struct {
	ID  string `json:"id"`
	Pod any    `json:"pod"`
}

type generator struct {
	rng *rand.Rand
	pod object
}

// New writes Pod number of the seed.
func New(seed, number uint64) Line {
	g := &generator{rng: rand.New(rand.NewPCG(seed, number))}
	g.start()
	for range g.mutations() {
		g.mutate()
	}
	return Line{fmt.Sprintf("%d-%d", seed, number), g.pod}
}

func (g *generator) chance(percent int) bool { return g.rng.IntN(100) < percent }

// mutations favours few, so that most verdicts hang on one place.
func (g *generator) mutations() int {
	if g.chance(10) {
		return 10 + g.rng.IntN(20)
	}
	return g.rng.IntN(6)
}

func (g *generator) start() {
	g.pod = object{"apiVersion": "v1", "kind": "Pod", "metadata": object{"name": "p", "namespace": "default"}, "spec": object{"containers": g.containers("c", 1+g.rng.IntN(2))}}
	spec := g.pod["spec"].(object)
	if g.chance(50) {
		spec["initContainers"] = g.containers("i", 1+g.rng.IntN(2))
	}
	if g.chance(40) {
		spec["ephemeralContainers"] = g.containers("e", 1)
	}
	if g.chance(70) {
		spec["securityContext"] = object{"runAsNonRoot": true, "seccompProfile": object{"type": "RuntimeDefault"}}
	}
	if g.chance(15) {
		spec["os"] = object{"name": "windows"}
	}
	if g.chance(15) {
		spec["hostUsers"] = false
	}
}

func (g *generator) containers(prefix string, count int) []any {
	list := make([]any, count)
	restricted := g.chance(80)
	for i := range list {
		container := object{"name": fmt.Sprintf("%s%d", prefix, i), "image": "registry.local/app:1"}
		if restricted {
			container["securityContext"] = object{"allowPrivilegeEscalation": false, "capabilities": object{"drop": []any{"ALL"}}}
		}
		list[i] = container
	}
	return list
}

func (g *generator) mutate() {
	switch roll := g.rng.IntN(100); {
	case roll < 25:
		g.assign(g.pod, podFields[g.rng.IntN(len(podFields))])
	case roll < 75:
		if container := g.container(); container != nil {
			g.assign(container, containerFields[g.rng.IntN(len(containerFields))])
		}
	case roll < 87:
		g.addVolume()
	default:
		g.annotate()
	}
}

// assign gives the field another value and makes the objects on the way if need be.
func (g *generator) assign(root object, to field) {
	steps := strings.Split(to.path, ".")
	at := root
	for _, step := range steps[:len(steps)-1] {
		inner, ok := at[step].(object)
		if !ok {
			inner = object{}
			at[step] = inner
		}
		at = inner
	}
	last := steps[len(steps)-1]
	switch value := to.values[g.rng.IntN(len(to.values))].(type) {
	case absentValue:
		delete(at, last)
	default:
		at[last] = copied(value)
	}
}

// copied keeps one Pod's later mutations out of the tables.
func copied(value any) any {
	switch value := value.(type) {
	case object:
		made := object{}
		for key, inner := range value {
			made[key] = copied(inner)
		}
		return made
	case []any:
		made := make([]any, len(value))
		for i, inner := range value {
			made[i] = copied(inner)
		}
		return made
	}
	return value
}

// container picks one of any list; nil if the list that was picked is empty.
func (g *generator) container() object {
	lists := []string{"containers", "containers", "initContainers", "ephemeralContainers"}
	list, _ := g.pod["spec"].(object)[lists[g.rng.IntN(len(lists))]].([]any)
	if len(list) == 0 {
		return nil
	}
	return list[g.rng.IntN(len(list))].(object)
}

func (g *generator) addVolume() {
	spec := g.pod["spec"].(object)
	list, _ := spec["volumes"].([]any)
	volume := copied(volumes[g.rng.IntN(len(volumes))]).(object)
	volume["name"] = fmt.Sprintf("v%d", len(list))
	spec["volumes"] = append(list, volume)
}

func (g *generator) annotate() {
	metadata := g.pod["metadata"].(object)
	noted, ok := metadata["annotations"].(object)
	if !ok {
		noted = object{}
		metadata["annotations"] = noted
	}
	chosen := annotations[g.rng.IntN(len(annotations))]
	names := []string{"c0", "c0", "c1", "i0", "e0", "nobody", ""}
	key := strings.Replace(chosen.key, "CONTAINER", names[g.rng.IntN(len(names))], 1)
	noted[key] = chosen.values[g.rng.IntN(len(chosen.values))]
}
