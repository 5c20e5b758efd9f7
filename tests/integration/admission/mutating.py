"""Mutating policies: cases written by hand and put together by chance, and what both sides make of them."""

from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from random import Random
from typing import Any

from testbed.client import Answer

from integration.admission.model import CASE_LABEL, Ask, Case, Object, manifest, rules
from integration.admission.server import Asking

APPLY, JSON = "ApplyConfiguration", "JSONPatch"
# What a server makes anew for each request.
OF_THE_MOMENT = ("uid", "creationTimestamp", "managedFields", "resourceVersion", "generation")
Mutation = tuple[str, str]


def mutation(kind: str, expression: str) -> Object:
    member = "applyConfiguration" if kind == APPLY else "jsonPatch"
    return {"patchType": kind, member: {"expression": expression}}


def mutating_case(name: str, resources: str, mutations: list[Mutation], asks: list[Ask], api: str, **spec: Any) -> Case:
    policy: Object = {
        "matchConstraints": rules(resources, operations=["CREATE", "UPDATE"]),
        "mutations": [mutation(*one) for one in mutations],
        "reinvocationPolicy": "Never",
        "failurePolicy": "Fail",
        **spec,
    }
    return Case(name, policy, asks, [{}], api=api, is_mutating=True)


def pod(case: str) -> Object:
    env = [{"name": "A", "value": "1"}]
    web = {"name": "web", "image": "example.com/web:1", "ports": [{"containerPort": 80}], "env": env}
    log = {"name": "log", "image": "example.com/log:1", "args": ["-v"], "resources": {"limits": {"cpu": "1"}}}
    labels = {CASE_LABEL: case, "app": "web"}
    spec = {"containers": [web, log], "nodeSelector": {"disk": "ssd"}, "volumes": [{"name": "tmp", "emptyDir": {}}]}
    return manifest("Pod", f"{case}-pod", "shop", labels, spec=spec)


def deployment(case: str) -> Object:
    template = {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "web", "image": "web:1"}]}}
    spec = {"replicas": 2, "selector": {"matchLabels": {"app": "web"}}, "template": template}
    return manifest("Deployment", f"{case}-deployment", "shop", {CASE_LABEL: case}, spec=spec)


def config(case: str) -> Object:
    return manifest("ConfigMap", f"{case}-config", "shop", {CASE_LABEL: case}, data={"a": "1", "b": "2"})


def widget(case: str) -> Object:
    return manifest("Widget", f"{case}-widget", "shop", {CASE_LABEL: case}, spec={"size": {"a": 1}, "list": [1, 2]})


MAKERS = {"pods": pod, "deployments": deployment, "configmaps": config, "widgets": widget}

TEST_WITHOUT_VALUE = "JSONPatch{op: 'test', path: '/metadata/labels/nothing'}"
LABEL = "Object{metadata: Object.metadata{labels: {%s}}}"
# Of each resource, what a policy may do to it: well and badly.
PATCHES: dict[str, tuple[Mutation, ...]] = {
    "any": (
        (APPLY, LABEL % "'team': 'shop'"),
        (APPLY, LABEL % "'name': string(object.metadata.name), 'app': 'db'"),
        (APPLY, LABEL % "'n': has(object.metadata.labels.n) ? object.metadata.labels.n + 'n' : 'n'"),
        (APPLY, LABEL % "'gone': object.metadata.labels.gone"),
        (APPLY, "Object{metadata: Object.metadata{annotations: {'example.com/a': 'x', 'b': request.operation}}}"),
        (APPLY, "Object{metadata: Object.metadata{finalizers: ['example.com/a', 'example.com/b']}}"),
        (APPLY, "Object{metadata: Object.metadata{lables: {'a': 'b'}}}"),
        (APPLY, "Object{metadata: Object.metadata{labels: Object.metadata.wrong{a: 'b'}}}"),
        (APPLY, "Object{metadata: Object.metadata{labels: {'a': 1}}}"),
        (APPLY, "Object{metadata: Object.metadata{labels: ['a']}}"),
        (APPLY, "Object{metadata: Object.metadata{generation: 'x'}}"),
        (APPLY, "Object{}"),
        (JSON, "[JSONPatch{op: 'add', path: '/metadata/labels/' + jsonpatch.escapeKey('example.com/x'), value: 'y'}]"),
        (JSON, "[JSONPatch{op: 'add', path: '/metadata/annotations/a', value: 'y'}]"),
        (JSON, "[JSONPatch{op: 'add', path: '/metadata/annotations', value: {'a': 'y'}}]"),
        (JSON, "[JSONPatch{op: 'remove', path: '/metadata/labels/nothing'}]"),
        (JSON, "[JSONPatch{op: 'replace', path: '/metadata/labels/app', value: 'new'}]"),
        (JSON, "[JSONPatch{op: 'test', path: '/metadata/name', value: 'other'}, JSONPatch{op: 'remove', path: '/metadata'}]"),
        (JSON, "[JSONPatch{op: 'copy', from: '/metadata/name', path: '/metadata/labels/copied'}]"),
        (JSON, "[JSONPatch{op: 'move', from: '/metadata/labels/app', path: '/metadata/labels/moved'}]"),
        (JSON, "[JSONPatch{op: 'frobnicate', path: '/metadata'}]"),
        (JSON, "[JSONPatch{op: 'copy', path: '/metadata/labels/x'}]"),
        (JSON, "object.metadata.name == 'nobody' ? [JSONPatch{op: 'remove', path: '/metadata'}] : []"),
        (JSON, f"[{TEST_WITHOUT_VALUE}, JSONPatch{{op: 'add', path: '/metadata/labels/was', value: 'nothing'}}]"),
    ),
    "pods": (
        (APPLY, "Object{spec: Object.spec{containers: [Object.spec.containers{name: 'log', image: 'new:2'}]}}"),
        (APPLY, "Object{spec: Object.spec{containers: [Object.spec.containers{name: 'new', image: 'new:1'}]}}"),
        (APPLY, "Object{spec: Object.spec{initContainers: [Object.spec.initContainers{name: 'i', image: 'i:1'}]}}"),
        (APPLY, "Object{spec: Object.spec{containers: [Object.spec.containers{name: 'new', image: 'n:1'},"
         " Object.spec.containers{name: 'log', image: 'l:2'}, Object.spec.containers{name: 'web', image: 'w:2'}]}}"),
        (APPLY, "Object{spec: Object.spec{containers: object.spec.containers.map(c, Object.spec.containers{name: c.name,"
         " env: [Object.spec.containers.env{name: 'A', value: '2'}, Object.spec.containers.env{name: 'B', value: c.name}]})}}"),
        (APPLY, "Object{spec: Object.spec{containers: [Object.spec.containers{name: 'web', ports:"
         " [Object.spec.containers.ports{containerPort: 80, protocol: 'TCP', name: 'http'},"
         " Object.spec.containers.ports{containerPort: 53, protocol: 'UDP'}]}]}}"),
        (APPLY, "Object{spec: Object.spec{containers: [Object.spec.containers{name: 'web', ports:"
         " [Object.spec.containers.ports{name: 'x'}]}]}}"),
        (APPLY, "Object{spec: Object.spec{containers: [Object.spec.containers{image: 'x'}]}}"),
        (APPLY, "Object{spec: Object.spec{containers: [Object.spec.containers{name: 'x', image: 'x'},"
         " Object.spec.containers{name: 'x', image: 'y'}]}}"),
        (APPLY, "Object{spec: Object.spec{containers: [Object.spec.containers{name: 'log', args: ['-q']}]}}"),
        (APPLY, "Object{spec: Object.spec{nodeSelector: {'zone': 'a'}}}"),
        (APPLY, "Object{spec: Object.spec{tolerations: [Object.spec.tolerations{key: 'a', operator: 'Exists'}]}}"),
        (APPLY, "Object{spec: Object.spec{securityContext: Object.spec.securityContext{runAsNonRoot: true, runAsUser: 1000}}}"),
        (APPLY, "Object{spec: Object.spec{priority: 'high'}}"),
        (APPLY, "Object{spec: Object.spec{hostNetwork: 'yes'}}"),
        (APPLY, "Object{spec: Object.spec{nodeName: 1}}"),
        (APPLY, "Object{spec: Object.spec{containers: null}}"),
        (APPLY, "Object{spec: Object.spec{terminationGracePeriodSeconds: 5, enableServiceLinks: false, dnsPolicy: 'None'}}"),
        (APPLY, "Object{spec: Object.spec{volumes: [Object.spec.volumes{name: 'data',"
         " configMap: Object.spec.volumes.configMap{name: 'c'}}]}}"),
        (APPLY, "Object{spec: Object.spec{imagePullSecrets: [Object.spec.imagePullSecrets{name: 'pull'}]}}"),
        (APPLY, "Object{spec: Object.spec{topologySpreadConstraints: [Object.spec.topologySpreadConstraints{maxSkew: 1,"
         " topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule'}]}}"),
        (APPLY, "Object{spec: Object.spec{containers: [Object.spec.containers{name: 'log', resources:"
         " Object.spec.containers.resources{limits: {'memory': '1Gi'}, requests: {'cpu': 1}}}]}}"),
        (APPLY, "Object{spec: Object.spec{containers: [Object.spec.containers{name: 'web', livenessProbe:"
         " Object.spec.containers.livenessProbe{httpGet: Object.spec.containers.livenessProbe.httpGet{port: 80, path: '/'}}}]}}"),
        (JSON, "[JSONPatch{op: 'add', path: '/spec/containers/-', value: Object.spec.containers{name: 'new', image: 'n:1'}}]"),
        (JSON, "[JSONPatch{op: 'add', path: '/spec/containers/0', value: {'name': 'first', 'image': 'f:1'}}]"),
        (JSON, "[JSONPatch{op: 'replace', path: '/spec/containers/-1/image', value: 'last:1'}]"),
        (JSON, "[JSONPatch{op: 'replace', path: '/spec/containers/2/image', value: 'x'}]"),
        (JSON, "[JSONPatch{op: 'replace', path: '/spec/containers/2', value: Object.spec.containers{name: 'x'}}]"),
        (JSON, "[JSONPatch{op: 'add', path: '/spec/containers/x', value: Object.spec.containers{name: 'x'}}]"),
        (JSON, "[JSONPatch{op: 'remove', path: '/spec/containers/1'}]"),
        (JSON, "[JSONPatch{op: 'remove', path: '/spec/containers/7'}]"),
        (JSON, "[JSONPatch{op: 'add', path: '/spec/colour', value: 'red'}]"),
        (JSON, "[JSONPatch{op: 'add', path: '/spec/containers/0/colour', value: 'red'}]"),
        (JSON, "[JSONPatch{op: 'add', path: '/spec/nodeSelector/zone', value: 'a'}]"),
        (JSON, "object.spec.containers.map(c, JSONPatch{op: 'add', path: '/metadata/labels/c-' + c.name, value: c.name})"),
        (JSON, "[JSONPatch{op: 'move', from: '/spec/containers/1', path: '/spec/containers/0'}]"),
        (JSON, "[JSONPatch{op: 'test', path: '/spec/containers/0/ports/0/containerPort', value: 80},"
         " JSONPatch{op: 'replace', path: '/spec/containers/0/ports/0/containerPort', value: 8080}]"),
        (JSON, "[JSONPatch{op: 'test', path: '/spec/volumes/0', value: Object.spec.volumes{name: 'tmp', emptyDir: {}}}]"),
    ),
    "deployments": (
        (APPLY, "Object{spec: Object.spec{replicas: object.spec.replicas + 1}}"),
        (APPLY, "Object{spec: Object.spec{template: Object.spec.template{metadata: Object.spec.template.metadata{"
         "labels: {'team': 'shop'}}}}}"),
        (APPLY, "Object{spec: Object.spec{selector: Object.spec.selector{matchLabels: {'x': 'y'}}}}"),
        (APPLY, "Object{spec: Object.spec{template: Object.spec.template{spec: Object.spec.template.spec{containers:"
         " [Object.spec.template.spec.containers{name: 'web', imagePullPolicy: 'Always'}]}}}}"),
        (APPLY, "Object{spec: Object.spec{template: Object.spec.template{spec: Object.spec.temp.spec{hostPID: true}}}}"),
        (APPLY, "Object{spec: Object.spec{strategy: Object.spec.strategy{rollingUpdate:"
         " Object.spec.strategy.rollingUpdate{maxSurge: 1, maxUnavailable: '10%'}}}}"),
        (JSON, "[JSONPatch{op: 'replace', path: '/spec/replicas', value: 5}]"),
        (JSON, "[JSONPatch{op: 'add', path: '/spec/template/spec/securityContext/runAsNonRoot', value: true}]"),
        (JSON, "[JSONPatch{op: 'add', path: '/spec/template/metadata/labels/a', value: 'b'},"
         " JSONPatch{op: 'test', path: '/spec/paused', value: true}]"),
    ),
    "configmaps": (
        (APPLY, "Object{data: Object.data{c: '3', a: '9'}}"),
        (APPLY, "Object{data: {'c': string(size(object.data))}}"),
        (APPLY, "Object{data: {'c': 3}}"),
        (APPLY, "Object{immutable: true}"),
        (APPLY, "Object{kind: 'Secret', apiVersion: 'v2', data: {'k': object.kind}}"),
        (JSON, "[JSONPatch{op: 'add', path: '/data/c', value: object.data.a + object.data.b}]"),
        (JSON, "[JSONPatch{op: 'remove', path: '/data/a'}, JSONPatch{op: 'remove', path: '/data/a'}]"),
        (JSON, "[JSONPatch{op: 'add', path: '/data/b~1c~0d', value: 'x'}]"),
        (JSON, "[JSONPatch{op: 'add', path: '/binaryData', value: {'x': 'AAEC'}}]"),
        (JSON, "[JSONPatch{op: 'add', path: '/nothing/x', value: 'x'}]"),
    ),
    "widgets": (
        (APPLY, "Object{spec: Object.spec{size: Object.spec.size{b: 2}, colour: 'red'}}"),
        (APPLY, "Object{spec: Object.spec{list: [3]}}"),
        (APPLY, "Object{more: Object.more{a: [1, 2], b: {'c': 1.5}}}"),
        (APPLY, "Object{spec: Object.spec{size: {'a': 5}}}"),
        (JSON, "[JSONPatch{op: 'add', path: '/spec/list/-', value: 3}]"),
        (JSON, "[JSONPatch{op: 'add', path: '/spec/any', value: {'x': [1, 2]}}]"),
        (JSON, "[JSONPatch{op: 'test', path: '/spec/size/a', value: 1}, JSONPatch{op: 'remove', path: '/spec/size'}]"),
    ),
}


def each_patch(api: str) -> Iterator[Case]:
    """Every patch of the tables alone."""
    for resources, patches in PATCHES.items():
        for number, patch in enumerate(patches):
            target = "configmaps" if resources == "any" else resources
            name = f"each-{resources}-{number}"
            yield mutating_case(name, target, [patch], [Ask("CREATE", MAKERS[target](name))], api)


def written_cases(api: str) -> list[Case]:
    def one(name: str, patch: Mutation, **spec: Any) -> Case:
        asks = [Ask("CREATE", config(name)), Ask("UPDATE", {**config(name), "data": {"a": "2"}}, before=config(name))]
        return mutating_case(name, "configmaps", [patch], asks, api, **spec)

    count: Mutation = (APPLY, LABEL % "'n': has(object.metadata.labels.n) ? object.metadata.labels.n + 'n' : 'n'")
    unknown: Mutation = (JSON, "[JSONPatch{op: 'add', path: '/colour', value: 'red'}]")
    undecodable: Mutation = (JSON, "[JSONPatch{op: 'add', path: '/immutable', value: 'perhaps'}]")
    missing: Mutation = (JSON, "[JSONPatch{op: 'remove', path: '/data/nothing'}]")
    conditions = {"yes": "true", "no": "object.kind == 'Pod'", "bad": "object.nothing == 1", "no-ns": "namespaceObject == null"}
    costly = "'a'.replace('a', 'b') == 'b'"
    for letter in "abcdefg":
        costly = f"[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].all({letter}, {costly})"
    return [
        one("again", count, reinvocationPolicy="IfNeeded"),
        one("once", count),
        one("ignored", missing, failurePolicy="Ignore"),
        one("strict-ignored", unknown, failurePolicy="Ignore"),
        one("undecodable-ignored", undecodable, failurePolicy="Ignore"),
        one("old", (APPLY, LABEL % "'old': oldObject == null ? 'none' : oldObject.data.a")),
        one("namespace", (APPLY, LABEL % "'team': namespaceObject.metadata.labels['team']")),
        one("user", (APPLY, LABEL % "'may': string(authorizer.group('').resource('pods').check('get').allowed())")),
        one("variables", (APPLY, LABEL % "'v': variables.two"), variables=[
            {"name": "one", "expression": "'x'"}, {"name": "two", "expression": "variables.one + string(size(object.data))"},
        ]),
        one("failing-variable", (APPLY, LABEL % "'v': variables.one"), variables=[
            {"name": "one", "expression": "object.nothing"},
        ]),
        # The library's limit, which bounds what copies of copies come to.
        one("copies", (JSON, "'bcdefghijklmnopqrstuvwxyz'.split('').map(c, "
            "JSONPatch{op: 'copy', from: '/data', path: '/data/' + c})")),
        one("costly", (APPLY, LABEL % f"'x': string({costly})")),
        *[
            one(f"condition-{name}-{failure.lower()}", count, failurePolicy=failure,
                matchConditions=[{"name": name, "expression": text}])
            for name, text in conditions.items() for failure in ("Fail", "Ignore")
        ],
    ]


def generated_cases(api: str, seed: int, count: int) -> Iterator[Case]:
    """Several patches, one after the other."""
    chance = Random(seed)
    for number in range(count):
        resources = chance.choice(list(MAKERS))
        patches = chance.choices((*PATCHES["any"], *PATCHES[resources]), k=chance.randint(2, 4))
        name = f"gen-{number}"
        spec = {
            "failurePolicy": chance.choice(("Fail", "Fail", "Ignore")),
            "reinvocationPolicy": chance.choice(("Never", "IfNeeded")),
        }
        asks = [Ask("CREATE", MAKERS[resources](name))]
        yield mutating_case(name, resources, patches, asks, api, **spec)


def lasting(value: Object) -> Object:
    """An object without what differs from request to request, and without the status that the server makes up."""
    metadata = {key: item for key, item in value["metadata"].items() if key not in OF_THE_MOMENT}
    return {**{key: item for key, item in value.items() if key != "status"}, "metadata": metadata}


def outcome_of(answer: Answer) -> Object:
    if answer.status in (HTTPStatus.OK, HTTPStatus.CREATED):
        return {"object": lasting(answer.body)}
    return {key: answer.body.get(key) for key in ("message", "reason", "code")}


def expected_outcome(ask: Asking, answer: Object) -> Object:
    """Ours: the refusal, or what the server, which has no policies yet, makes of the object that we give it."""
    if not answer["allowed"]:
        return dict(answer["status"])
    changed = answer.get("object") or ask.review["object"]
    asking = Asking(ask.server, ask.case, replace(ask.ask, object=lasting(changed)))
    asking.stored_version = ask.stored_version
    return outcome_of(asking.send())
