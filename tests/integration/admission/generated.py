"""Cases made by chance, always the same for a seed: policies put together from parts that fail now and then."""

from random import Random
from typing import Any

from integration.admission.model import CASE_LABEL, Ask, Case, Object, manifest, rules

ACTIONS = (["Deny"], ["Warn"], ["Audit"], ["Deny", "Audit"], ["Warn", "Audit"])
REASONS = ("Forbidden", "Invalid", "RequestEntityTooLarge")
OPERATIONS = ("CREATE", "CREATE", "UPDATE", "DELETE")
PLURALS = {
    "ConfigMap": "configmaps",
    "Pod": "pods",
    "Deployment": "deployments",
    "Service": "services",
    "Widget": "widgets",
    "ClusterRole": "clusterroles",
}
WORDS = ("a", "b", "web", "db", "x-1", "ünï")

# Texts of boolean expressions: of any object, and of those of a kind. {n} becomes a small number, {w} a word.
ANY = (
    "object.metadata.name.startsWith('gen')",
    "object.metadata.name.size() > {n}",
    "has(object.metadata.labels) && object.metadata.labels.size() > {n}",
    "object.metadata.labels['{w}'] == '{w}'",
    "'{w}' in object.metadata.labels",
    "object.metadata.?labels['{w}'].orValue('{w}') == '{w}'",
    "object.metadata.annotations.exists(k, k == '{w}')",
    "object.metadata.labels.all(k, v, k.size() + v.size() < {n}0)",
    "object.metadata.name.matches('^gen-[0-9]+-{n}$')",
    "object.metadata.name.split('-')[{n}] == '{n}'",
    "object.?metadata.?missing.?deeper.hasValue()",
    "object.metadata.missing == 'x'",
    "oldObject == null || oldObject.metadata.name == object.metadata.name",
    "oldObject.metadata.labels == object.metadata.labels",
    "request.operation == 'CREATE'",
    "request.operation in ['UPDATE', 'DELETE']",
    "request.?namespace.orValue('') == 'shop'",
    "request.userInfo.groups.exists(g, g == 'system:masters')",
    "request.dryRun",
    "request.kind.kind == 'Pod' || request.resource.resource.endsWith('s')",
    "namespaceObject != null && namespaceObject.metadata.labels['team'] == 'shop'",
    "namespaceObject.metadata.labels.exists(k, k.contains('tier'))",
    "1 / {n} > 0",
    "[1, 2, 3].exists_one(i, i == {n})",
    "[{n}, 2, 3].map(i, i * 2).sum() > 1{n}",
    "['b', 'a'].isSorted() || '{w}'.upperAscii() == '{w}'",
    "quantity('{n}Gi').isGreaterThan(quantity('2Gi'))",
    "semver('1.{n}.0').isLessThan(semver('1.2.0'))",
    "ip('10.0.0.{n}').family() == 4 && cidr('10.0.0.0/30').containsIP('10.0.0.{n}')",
    "duration('{n}s') < duration('2s')",
    "'%s-%d'.format(['{w}', {n}]) == '{w}-1'",
    "url('https://example.com:{n}0/{w}').getPort() == '10'",
    "object == oldObject",
    "size(object) > {n}",
    "object.kind + object.apiVersion != ''",
    "type(object.metadata.name) == string",
)
OF_KIND: dict[str, tuple[str, ...]] = {
    "ConfigMap": (
        "has(object.data)",
        "object.data['{w}'] == '{w}'",
        "object.?data.?a.orValue('') == '1'",
        "object.data.all(k, object.data[k].size() < {n})",
        "int(object.data['a']) > {n}",
        "object.data['a'].find('[0-9]+') != ''",
        "object.immutable == false",
    ),
    "Pod": (
        "object.spec.containers.all(c, c.image.contains(':'))",
        "object.spec.containers.exists(c, has(c.securityContext) && c.securityContext.privileged == true)",
        "!has(object.spec.hostNetwork) || !object.spec.hostNetwork",
        "object.spec.containers[{n}].name == 'web'",
        "object.spec.containers.map(c, c.name).join(',') == 'web'",
        "object.spec.volumes.all(v, !has(v.hostPath))",
        "object.spec.containers.all(c, c.?resources.?limits.?cpu.orValue('0') != '0')",
        "quantity(object.spec.containers[0].resources.limits.cpu).compareTo(quantity('{n}')) < 0",
        "object.spec.restartPolicy == 'Always' && object.spec.terminationGracePeriodSeconds > {n}9",
        "object.spec.securityContext == {}",
        "has(object.status.phase)",
        "object.spec.containers[0].terminationMessagePath.startsWith('/dev')",
        "object.spec.tolerations.size() >= {n}",
    ),
    "Deployment": (
        "object.spec.replicas > {n}",
        "object.spec.template.spec.containers.all(c, c.name.size() > {n})",
        "object.spec.selector.matchLabels == object.spec.template.metadata.labels",
        "object.spec.strategy.rollingUpdate.maxSurge == '25%'",
        "object.spec.strategy.rollingUpdate.maxUnavailable == {n}",
        "object.spec.revisionHistoryLimit == 10",
        "has(object.status) && size(object.status) == {n}",
    ),
    "Service": (
        "object.spec.ports.all(p, p.port > {n}0)",
        "object.spec.ports[0].targetPort == object.spec.ports[0].port",
        "object.spec.type == 'ClusterIP'",
        "object.spec.selector.exists(k, k == '{w}')",
        "!has(object.spec.externalIPs) || object.spec.externalIPs.size() == {n}",
        "object.spec.sessionAffinity != 'None'",
    ),
    "Widget": (
        "object.spec.number > {n}",
        "object.spec.list.exists(i, i == {n})",
        "object.spec.text.lowerAscii() == '{w}'",
        "object.spec.nested.deep.value == {n}",
        "object.spec.flag || object.spec.number == {n}",
        "object.spec.double * 2.0 > 1.0",
        "object.spec.list == [1, 2]",
        "has(object.spec.nested) && object.spec.nested == {'deep': {'value': {n}}}",
    ),
    "ClusterRole": (
        "object.rules.all(r, !('*' in r.verbs))",
        "object.rules[{n}].resources.exists(r, r == 'pods')",
        "has(object.aggregationRule)",
        "object.rules.filter(r, 'get' in r.verbs).size() == {n}",
    ),
}
TEXTS = (
    "string(object.metadata.name)",
    "'name ' + object.metadata.name + ' of ' + request.userInfo.username",
    "string(size(object.metadata.labels))",
    "string(object.metadata.labels['{w}'])",
    "string(object.?metadata.?labels['{w}'].orValue('no label'))",
    "request.operation + ' ' + request.resource.resource",
    "namespaceObject == null ? 'no namespace' : namespaceObject.metadata.name",
    "'line' + '\\n' + 'break'",
    "''",
    "string(oldObject.metadata.name)",
    "object.metadata.name + ''",
)
PARAM_TEXTS = (
    "params.data.allowed == object.metadata.name",
    "params == null",
    "params.data.exists(k, params.data[k] == '{w}')",
    "object.metadata.name.startsWith(params.data.prefix)",
    "params.metadata.namespace == request.namespace",
)


class Generator:
    def __init__(self, seed: int, number: int) -> None:
        self.random = Random(f"{seed}/{number}")
        self.name = f"gen-{number}"
        self.kind = self.random.choice(list(PLURALS))
        self.variables: list[Object] = []
        self.has_params = self.chance(0.2)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def fill(self, text: str) -> str:
        while "{n}" in text:
            text = text.replace("{n}", str(self.random.randint(0, 3)), 1)
        while "{w}" in text:
            text = text.replace("{w}", self.random.choice(WORDS), 1)
        return text

    def atom(self) -> str:
        bools = [item for item in self.variables if item["type"] == "bool"]
        if bools and self.chance(0.4):
            return f"variables.{self.random.choice(bools)['name']}"
        if self.has_params and self.chance(0.4):
            return self.fill(self.random.choice(PARAM_TEXTS))
        texts = ANY if self.chance(0.5) else OF_KIND[self.kind]
        return self.fill(self.random.choice(texts))

    def condition(self, depth: int = 2) -> str:
        if depth == 0 or self.chance(0.4):
            return self.atom()
        left, right = self.condition(depth - 1), self.condition(depth - 1)
        form = self.random.choice(("({}) && ({})", "({}) || ({})", "!({0})", "({}) ? ({}) : false", "({}) == ({})"))
        return form.format(left, right)

    def text(self) -> str:
        texts = [item for item in self.variables if item["type"] == "string"]
        if texts and self.chance(0.3):
            return f"variables.{self.random.choice(texts)['name']}"
        return self.fill(self.random.choice(TEXTS))

    def add_variables(self) -> None:
        for number in range(self.random.choice((0, 0, 1, 2, 3))):
            kind = self.random.choice(("bool", "string"))
            expression = self.condition(1) if kind == "bool" else self.text()
            self.variables.append({"name": f"v{number}", "expression": expression, "type": kind})

    def validation(self) -> Object:
        validation: Object = {"expression": self.condition()}
        if self.chance(0.5):
            validation["message"] = self.fill("message {n} {w}")
        if self.chance(0.4):
            validation["messageExpression"] = self.text()
        if self.chance(0.3):
            validation["reason"] = self.random.choice(REASONS)
        return validation

    def policy(self) -> Object:
        self.add_variables()
        spec: Object = {
            "failurePolicy": self.random.choice(("Fail", "Fail", "Ignore")),
            "matchConstraints": self.constraints(),
            "variables": [{"name": item["name"], "expression": item["expression"]} for item in self.variables],
            "validations": [self.validation() for _ in range(self.random.choice((1, 1, 2, 3)))],
        }
        if self.chance(0.2):
            spec["auditAnnotations"] = [{"key": "note", "valueExpression": self.text()}]
        if self.chance(0.3):
            self.variables = []  # which match conditions do not have
            number = self.random.choice((1, 1, 2))
            spec["matchConditions"] = [{"name": f"c{at}", "expression": self.condition(1)} for at in range(number)]
        if self.has_params:
            spec["paramKind"] = {"apiVersion": "v1", "kind": "ConfigMap"}
        return spec

    def constraints(self) -> Object:
        plural = PLURALS[self.kind]
        operations = self.random.choice((["*"], ["*"], ["CREATE"], ["CREATE", "UPDATE"], ["UPDATE", "DELETE"]))
        constraints = rules(self.random.choice((plural, "*", "*/*", plural)), operations=operations)
        rule = constraints["resourceRules"][0]
        if self.chance(0.1):
            rule["scope"] = self.random.choice(("Cluster", "Namespaced", "*"))
        if self.chance(0.1):
            rule["resourceNames"] = [f"{self.name}-{self.random.randint(0, 2)}"]
        if self.chance(0.1):
            values = self.random.choice((["shop"], ["bank"], ["shop", "bank"]))
            operator = self.random.choice(("In", "NotIn"))
            constraints["namespaceSelector"] = {
                "matchExpressions": [{"key": "team", "operator": operator, "values": values}]
            }
        if self.chance(0.1):
            constraints["excludeResourceRules"] = rules("*", operations=["UPDATE"])["resourceRules"]
        return constraints

    def bindings(self) -> list[Object]:
        return [self.binding() for _ in range(self.random.choice((1, 1, 1, 2)))]

    def binding(self) -> Object:
        binding: Object = {"validationActions": self.random.choice(ACTIONS)}
        if not self.has_params or self.chance(0.1):
            return binding
        reference: Object = {"parameterNotFoundAction": self.random.choice(("Deny", "Allow"))}
        if self.chance(0.6):
            reference["name"] = self.random.choice((f"{self.name}-param", "nothing"))
        else:
            reference["selector"] = {"matchLabels": {"for": self.name}}
        if self.chance(0.5) or self.kind == "ClusterRole":
            reference["namespace"] = self.random.choice(("shop", "bank"))
        return binding | {"paramRef": reference}

    def context(self) -> list[Object]:
        if not self.has_params:
            return []
        data = {"allowed": f"{self.name}-0", "prefix": self.random.choice(("gen", "x")), "more": "web"}
        return [manifest("ConfigMap", f"{self.name}-param", "shop", {"for": self.name}, data=data)]

    def asks(self) -> list[Ask]:
        return [self.ask(f"{self.name}-{number}") for number in range(3)]

    def ask(self, name: str) -> Ask:
        operation = self.random.choice(OPERATIONS)
        namespace = self.random.choice(("shop", "shop", "bank"))
        if operation != "UPDATE":
            return Ask(operation, self.object(name, namespace))
        before = self.object(name, namespace)
        return Ask(operation, self.changed(before), before)

    def changed(self, before: Object) -> Object:
        labels = {**before["metadata"]["labels"], "changed": self.random.choice(("a", "b"))}
        return {**before, "metadata": {**before["metadata"], "labels": labels}}

    def object(self, name: str, namespace: str) -> Object:
        labels = {CASE_LABEL: self.name}
        for word in self.random.sample(("a", "b", "web", "db"), self.random.randint(0, 2)):
            labels[word] = self.random.choice(("a", "b", "web"))
        return manifest(self.kind, name, namespace, labels, **self.fields())

    def fields(self) -> Object:
        match self.kind:
            case "ConfigMap":
                keys = self.random.sample(("a", "b", "web"), self.random.randint(0, 3))
                return {"data": {key: self.random.choice(("1", "web", "")) for key in keys}}
            case "Pod":
                return {"spec": self.pod_spec()}
            case "Deployment":
                template = {"metadata": {"labels": {"app": "x"}}, "spec": self.pod_spec()}
                selector = {"matchLabels": {"app": "x"}}
                return {"spec": {"replicas": self.random.randint(0, 3), "selector": selector, "template": template}}
            case "Service":
                ports = [{"port": port, "name": f"p{port}"} for port in self.random.sample((8, 80, 443), 2)]
                return {"spec": {"selector": {"web": "a"}, "ports": ports}}
            case "ClusterRole":
                verbs = self.random.sample(("get", "list", "*"), 2)
                rule = {"apiGroups": [""], "resources": ["pods"], "verbs": verbs}
                return {"rules": [rule] * self.random.randint(1, 2)}  # an answer shows an empty list as null
            case _:
                return {"spec": self.widget_spec()}

    def widget_spec(self) -> Object:
        spec: dict[str, Any] = {
            "number": self.random.randint(0, 3),
            "list": self.random.choice(([1, 2], [], [1, "two"])),
            "text": self.random.choice(("A", "b", 7)),
            "flag": self.random.choice((True, False)),
            "double": self.random.choice((0.25, 1.5)),
            "nested": {"deep": {"value": self.random.randint(0, 2)}},
        }
        return {key: value for key, value in spec.items() if self.chance(0.8)}

    def pod_spec(self) -> Object:
        spec: Object = {"containers": [self.container(name) for name in ("web", "db")[: self.random.randint(1, 2)]]}
        if self.chance(0.3):
            spec["hostNetwork"] = self.chance(0.5)
        if self.chance(0.3):
            spec["volumes"] = [{"name": "v", "hostPath": {"path": "/"}}]
        if self.chance(0.3):
            spec["tolerations"] = [{"key": "k", "operator": "Exists"}]
        return spec

    def container(self, name: str) -> Object:
        container: Object = {"name": name, "image": self.random.choice(("example.com/x:1", "example.com/x"))}
        if self.chance(0.4):
            container["securityContext"] = {"privileged": self.chance(0.5)}
        if self.chance(0.4):
            container["resources"] = {"limits": {"cpu": self.random.choice(("1000m", "1.5", "2"))}}
        return container

    def case(self) -> Case:
        policy = self.policy()
        return Case(self.name, policy, self.asks(), self.bindings(), self.context())


def generated_cases(seed: int, count: int) -> list[Case]:
    return [Generator(seed, number).case() for number in range(count)]
