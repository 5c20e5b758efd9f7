"""Cases written by hand: what is easy to get wrong, and what the documentation does not say."""

from typing import Any

from integration.admission.model import CASE_LABEL, Ask, Case, Object, manifest, rules

CONTAINER = {"name": "web", "image": "example.com/web:1"}


def pod(name: str, case: str, namespace: str = "shop", container: Object | None = None, **spec: Any) -> Object:
    labels = {CASE_LABEL: case, "app": name}
    containers = [{**CONTAINER, **(container or {})}]
    return manifest("Pod", name, namespace, labels, spec={"containers": containers, **spec})


def config(name: str, case: str, namespace: str = "shop", **data: str) -> Object:
    return manifest("ConfigMap", name, namespace, {CASE_LABEL: case}, data=data)


def widget(name: str, case: str, **spec: Any) -> Object:
    return manifest("Widget", name, "shop", {CASE_LABEL: case}, spec=spec)


def creates(*objects: Object) -> list[Ask]:
    return [Ask("CREATE", item) for item in objects]


def on_config(case: str, expression: str, bindings: list[Object] | None = None, **policy: Any) -> Case:
    """A policy of one expression over ConfigMaps, one of which has a=1."""
    spec = {"matchConstraints": rules("configmaps"), "validations": [{"expression": expression}], **policy}
    asks = creates(config(f"{case}-with", case, a="1"), config(f"{case}-without", case))
    return Case(case, spec, asks, bindings or [{"validationActions": ["Deny"]}])


def message_cases() -> list[Case]:
    long = "a" * 200
    messages: dict[str, Object] = {
        "none": {},
        "plain": {"message": "  plain text  "},
        "computed": {"message": "plain", "messageExpression": "'computed ' + object.metadata.name"},
        "blank": {"message": "plain", "messageExpression": "'  '"},
        "lines": {"message": "plain", "messageExpression": "'two\\nlines'"},
        "trimmed": {"message": "plain", "messageExpression": "' \\n trimmed \\t\\n'"},
        "failing": {"message": "plain", "messageExpression": "object.data.nothing + 'x'"},
        "at-5-kib": {"message": "plain", "messageExpression": f"[1,2,3,4,5].map(i, '{long * 5}').join('')"},
        "over-5-kib": {"message": "plain", "messageExpression": f"[1,2,3,4,5,6].map(i, '{long * 5}').join('')"},
        "reason-forbidden": {"message": "no", "reason": "Forbidden"},
        "reason-too-large": {"message": "no", "reason": "RequestEntityTooLarge"},
        "reason-invalid": {"message": "no", "reason": "Invalid"},
        "unicode": {"message": 'nö «ja» ✓ "quoted" <b>&'},
    }
    return [
        Case(
            f"message-{name}",
            {
                "matchConstraints": rules("configmaps"),
                "validations": [{"expression": " has(object.data) \n && 'a' in object.data ", **more}],
            },
            creates(config(f"message-{name}", f"message-{name}"), config(f"has-{name}", f"message-{name}", a="1")),
        )
        for name, more in messages.items()
    ]


def action_cases() -> list[Case]:
    actions = [["Deny"], ["Warn"], ["Audit"], ["Deny", "Audit"], ["Warn", "Audit"]]
    cases = []
    for number, chosen in enumerate(actions):
        for failure in ("Fail", "Ignore"):
            for kind, expression in (("false", "has(object.data)"), ("error", "object.data.a == '1'")):
                name = f"action-{number}-{failure.lower()}-{kind}"
                cases.append(on_config(name, expression, [{"validationActions": chosen}], failurePolicy=failure))
    return cases


def several_cases() -> list[Case]:
    """Several validations and several bindings: the order of messages and warnings."""
    validations = [{"expression": f"'{key}' in object.data", "message": f"no {key}"} for key in "abcd"]
    spec = {"matchConstraints": rules("configmaps"), "validations": validations}
    warn, deny = {"validationActions": ["Warn"]}, {"validationActions": ["Deny"]}

    def asks(name: str) -> list[Ask]:
        return creates(config(name, name, a="1", c="1"), config(f"{name}-all", name, a="", b="", c="", d=""))

    return [
        Case("several-deny", spec, asks("several-deny")),
        Case("several-warn", spec, asks("several-warn"), [warn]),
        Case("several-bindings", spec, asks("several-bindings"), [warn, warn]),
        Case("several-mixed", spec, asks("several-mixed"), [warn, deny]),
        Case(
            "same-warning",
            {
                "matchConstraints": rules("configmaps"),
                "validations": [{"expression": "false", "message": "same"}, {"expression": "false", "message": "same"}],
            },
            creates(config("same-warning", "same-warning")),
            [warn],
        ),
        Case("no-binding", spec, creates(config("no-binding", "no-binding")), []),
    ]


def variable_cases() -> list[Case]:
    def case(name: str, variables: dict[str, str], *expressions: str, **more: Any) -> Case:
        spec = {
            "matchConstraints": rules("configmaps"),
            "variables": [{"name": key, "expression": text} for key, text in variables.items()],
            "validations": [{"expression": text} for text in expressions],
            **more,
        }
        return Case(name, spec, creates(config(f"{name}-with", name, a="1"), config(f"{name}-without", name)))

    return [
        case("variable-chain", {"d": "object.?data.orValue({})", "n": "size(variables.d)"}, "variables.n == 1"),
        case(
            "variable-failing",
            {"bad": "object.data.nothing", "good": "1"},
            "variables.good == 1",
            "variables.bad == 'x'",
        ),
        case("variable-absorbed", {"bad": "object.data.nothing"}, "variables.bad == 'x' || true"),
        case(
            "variable-nested-error",
            {"bad": "object.data.nothing", "more": "variables.bad + 'x'"},
            "variables.more == ''",
        ),
        case("variable-has", {"bad": "object.data.nothing", "good": "1"}, "has(variables.good)", "has(variables.bad)"),
        case(
            "variable-optional",
            {"none": "object.?data.?nothing"},
            "variables.none.hasValue()",
            "variables.none.orValue('x') == 'y'",
        ),
        case(
            "variable-list",
            {"l": "[1, 2, 3]", "m": "{'a': [1]}"},
            "variables.l.all(x, x < 3)",
            "variables.m['a'][0] == 2",
        ),
        case("variable-typed", {"q": "quantity('1Gi')"}, "quantity('1Gi').isGreaterThan(variables.q)"),
        case("variable-object", {"whole": "object"}, "has(variables.whole.data)"),
        case("variable-request", {"op": "request.operation"}, "variables.op == 'UPDATE'"),
        case("variable-underscores", {"my_own": "1", "a__b": "2"}, "variables.my_own == 2", "variables.a__b == 2"),
        case(
            "variable-division",
            {"zero": "1 / (size(object.?data.orValue({})) - 1)"},
            "variables.zero > 0",
            failurePolicy="Ignore",
        ),
        case(
            "variable-in-message",
            {"name": "object.metadata.name", "bad": "object.data.nothing"},
            "has(object.data) ? false : variables.name == ''",
        ),
    ]


def condition_cases() -> list[Case]:
    def case(name: str, conditions: list[str], expression: str = "false", **more: Any) -> Case:
        named = [{"name": f"c{number}", "expression": text} for number, text in enumerate(conditions)]
        return on_config(name, expression, matchConditions=named, **more)

    error, true, false = "object.data.a == '1'", "true", "false"
    return [
        case("condition-true", [true, true]),
        case("condition-false", [true, false]),
        case("condition-error", [error]),
        case("condition-error-ignored", [error], failurePolicy="Ignore"),
        case("condition-error-and-false", [error, false]),
        case("condition-two-errors", [error, "object.data.b == '1'"]),
        case("condition-same-errors", [error, error]),
        case("condition-namespace", ["namespaceObject.metadata.name == 'shop'"]),
        case("condition-namespace-null", ["namespaceObject == null"]),
        case("condition-authorizer", ["authorizer.group('').resource('pods').check('list').allowed()"]),
        case("condition-request", ["request.userInfo.username != 'admin'"]),
    ]


def match_cases() -> list[Case]:
    def case(name: str, constraints: Object, *asks: Ask, binding: Object | None = None) -> Case:
        spec = {"matchConstraints": constraints, "validations": [{"expression": "false", "message": "matched"}]}
        return Case(name, spec, list(asks), [{"validationActions": ["Deny"], **(binding or {})}])

    def both(name: str) -> list[Ask]:
        return creates(config(f"{name}-shop", name), config(f"{name}-bank", name, "bank"))

    def selecting(labels: Object | None = None, *expressions: Object) -> Object:
        return {"matchLabels": labels or {}, "matchExpressions": list(expressions)}

    def cluster_role(name: str) -> Object:
        return manifest("ClusterRole", name, labels={CASE_LABEL: name}, rules=[])

    def new_space(name: str, **labels: str) -> Object:
        return manifest("Namespace", f"{name}-space", labels={CASE_LABEL: name, **labels})

    shop = selecting({"team": "shop"})
    cases = [
        case("match-namespace", {**rules("*"), "namespaceSelector": shop}, *both("match-namespace")),
        case(
            "match-namespace-not-in",
            {
                **rules("*"),
                "namespaceSelector": selecting(None, {"key": "team", "operator": "NotIn", "values": ["shop"]}),
            },
            *both("match-namespace-not-in"),
        ),
        case(
            "match-namespace-exists",
            {**rules("*"), "namespaceSelector": selecting(None, {"key": "missing", "operator": "DoesNotExist"})},
            *both("match-namespace-exists"),
        ),
        case("match-cluster", {**rules("*"), "namespaceSelector": shop}, *creates(cluster_role("match-cluster"))),
        case(
            "match-new-space",
            {**rules("*"), "namespaceSelector": shop},
            *creates(new_space("match-new-space", team="shop")),
        ),
        case(
            "match-other-space",
            {**rules("*"), "namespaceSelector": shop},
            *creates(new_space("match-other-space", team="x")),
        ),
        case(
            "match-object",
            {**rules("configmaps"), "objectSelector": selecting({"app": "a"})},
            *creates(
                manifest("ConfigMap", "match-object-a", labels={CASE_LABEL: "match-object", "app": "a"}),
                manifest("ConfigMap", "match-object-b", labels={CASE_LABEL: "match-object", "app": "b"}),
            ),
        ),
        case(
            "match-object-old",
            {**rules("configmaps"), "objectSelector": selecting({"app": "a"})},
            Ask(
                "UPDATE",
                manifest("ConfigMap", "match-object-old", labels={CASE_LABEL: "match-object-old", "app": "b"}),
                manifest("ConfigMap", "match-object-old", labels={CASE_LABEL: "match-object-old", "app": "a"}),
            ),
        ),
        case("match-name", rules("configmaps", resourceNames=["match-name-shop"]), *both("match-name")),
        case(
            "match-excluded",
            {**rules("*"), "excludeResourceRules": rules("configmaps")["resourceRules"]},
            *creates(config("match-excluded", "match-excluded"), pod("match-excluded", "match-excluded")),
        ),
        case(
            "match-scope-namespaced",
            rules("*", scope="Namespaced"),
            *creates(
                config("match-scope-namespaced", "match-scope-namespaced"),
                cluster_role("match-scope-namespaced"),
                new_space("match-scope-namespaced"),
            ),
        ),
        case(
            "match-scope-cluster",
            rules("*", scope="Cluster"),
            *creates(
                config("match-scope-cluster", "match-scope-cluster"),
                cluster_role("match-scope-cluster"),
                new_space("match-scope-cluster"),
            ),
        ),
        case("match-subresources", rules("*/*"), *creates(config("match-subresources", "match-subresources"))),
        case("match-other-sub", rules("*/status"), *creates(config("match-other-sub", "match-other-sub"))),
        case(
            "match-operations",
            rules("configmaps", operations=["UPDATE", "DELETE"]),
            *creates(config("match-operations-new", "match-operations")),
            Ask(
                "UPDATE",
                config("match-operations-up", "match-operations", a="2"),
                config("match-operations-up", "match-operations", a="1"),
            ),
            Ask("DELETE", config("match-operations-del", "match-operations")),
        ),
        case(
            "match-binding-rules",
            rules("*"),
            *both("match-binding-rules"),
            *creates(pod("match-binding-rules", "match-binding-rules")),
            binding={
                "matchResources": {**rules("pods"), "objectSelector": selecting({CASE_LABEL: "match-binding-rules"})}
            },
        ),
        case(
            "match-binding-space",
            rules("*"),
            *both("match-binding-space"),
            binding={
                "matchResources": {
                    "namespaceSelector": shop,
                    "objectSelector": selecting({CASE_LABEL: "match-binding-space"}),
                }
            },
        ),
        case(
            "match-exact",
            {**rules("widgets"), "matchPolicy": "Exact"},
            Ask("CREATE", widget("match-exact", "match-exact"), version="v1alpha1"),
        ),
    ]
    for policy, version in (("Exact", "v1"), ("Equivalent", "v1"), ("Exact", "v1alpha1"), ("Equivalent", "v1alpha1")):
        name = f"match-{policy.lower()}-{version}"
        constraints = {**rules("widgets", apiVersions=["v1"], apiGroups=["example.com"]), "matchPolicy": policy}
        parts = ("object.apiVersion", "request.kind.version", "request.requestKind.version", "request.resource.version")
        shown = " + ' ' + ".join(parts)
        spec = {"matchConstraints": constraints, "validations": [{"expression": "false", "messageExpression": shown}]}
        cases.append(Case(name, spec, [Ask("CREATE", widget(name, name), version=version)]))
    return cases


def param_cases() -> list[Case]:
    def case(
        name: str, reference: Object | None, context: list[Object], kind: Object | None = None, **policy: Any
    ) -> Case:
        spec: Object = {
            "paramKind": kind or {"apiVersion": "v1", "kind": "ConfigMap"},
            # An unknown kind fails the policy before its bindings are looked at: these, too, keep to their objects.
            "matchConstraints": {
                **rules("configmaps", "clusterroles"),
                "objectSelector": {"matchLabels": {CASE_LABEL: name}},
            },
            "validations": [
                {
                    "expression": "params != null && object.metadata.name == params.data.allowed",
                    "messageExpression": "params == null ? 'none' : params.data.allowed + ' of ' + params.kind",
                }
            ],
            **policy,
        }
        binding: Object = {"validationActions": ["Deny"]}
        if reference is not None:
            binding["paramRef"] = reference
        asks = creates(
            config(f"{name}-ok", name),
            config(f"{name}-not", name, "bank"),
            manifest("ClusterRole", name, labels={CASE_LABEL: name}, rules=[]),
        )
        return Case(name, spec, asks, [binding], context)

    def param(name: str, allowed: str, namespace: str = "shop", **labels: str) -> Object:
        return manifest("ConfigMap", name, namespace, labels, data={"allowed": allowed})

    deny, allow = {"parameterNotFoundAction": "Deny"}, {"parameterNotFoundAction": "Allow"}
    widgets = {"apiVersion": "example.com/v1", "kind": "Widget"}
    limits = {"apiVersion": "example.com/v1", "kind": "Limit"}
    return [
        case("param-none", None, []),
        case(
            "param-named",
            {"name": "param-named-p", "namespace": "shop", **deny},
            [param("param-named-p", "param-named-ok")],
        ),
        case("param-own-space", {"name": "param-own-p", **deny}, [param("param-own-p", "param-own-space-ok")]),
        case(
            "param-own-space-allow", {"name": "param-oa-p", **allow}, [param("param-oa-p", "param-own-space-allow-no")]
        ),
        case("param-missing-deny", {"name": "nothing", "namespace": "shop", **deny}, []),
        case("param-missing-allow", {"name": "nothing", "namespace": "shop", **allow}, []),
        case("param-missing-ignored", {"name": "nothing", "namespace": "shop", **deny}, [], failurePolicy="Ignore"),
        case(
            "param-selected",
            {"selector": {"matchLabels": {"for": "param-selected"}}, "namespace": "shop", **deny},
            [param("param-selected-p", "param-selected-ok", **{"for": "param-selected"})],
        ),
        case("param-selected-none", {"selector": {"matchLabels": {"for": "nobody"}}, "namespace": "shop", **deny}, []),
        case(
            "param-selected-none-allow",
            {"selector": {"matchLabels": {"for": "nobody"}}, "namespace": "shop", **allow},
            [],
        ),
        case(
            "param-custom",
            {"name": "param-custom-p", "namespace": "shop", **deny},
            [manifest("Widget", "param-custom-p", "shop", data={"allowed": "param-custom-ok"})],
            widgets,
        ),
        case(
            "param-cluster",
            {"name": "param-cluster-p", **deny},
            [manifest("Limit", "param-cluster-p", data={"allowed": "param-cluster-ok"})],
            limits,
        ),
        case("param-cluster-space", {"name": "param-cluster-p", "namespace": "shop", **deny}, [], limits),
        case("param-unknown-kind", {"name": "x", **deny}, [], {"apiVersion": "example.com/v1", "kind": "Nothing"}),
        case(
            "param-unknown-ignored",
            {"name": "x", **deny},
            [],
            {"apiVersion": "example.com/v1", "kind": "Nothing"},
            failurePolicy="Ignore",
        ),
    ]


def annotation_cases() -> list[Case]:
    def case(name: str, value: str, actions: list[str], expression: str = "true", **policy: Any) -> Case:
        annotations = [{"key": "note", "valueExpression": value}]
        return on_config(name, expression, [{"validationActions": actions}], auditAnnotations=annotations, **policy)

    return [
        case("annotation-text", "'text ' + object.metadata.name", ["Deny"]),
        case("annotation-null", "null", ["Deny"]),
        case("annotation-error", "string(object.data.a)", ["Audit"]),
        case("annotation-error-warn", "string(object.data.a)", ["Warn"]),
        case("annotation-error-ignored", "string(object.data.a)", ["Deny"], failurePolicy="Ignore"),
        case("annotation-error-and-false", "string(object.data.a)", ["Deny"], "false"),
        case(
            "annotation-authorizer", "string(authorizer.group('').resource('pods').check('list').allowed())", ["Deny"]
        ),
        case("annotation-namespace", "namespaceObject.metadata.labels['team']", ["Deny"]),
    ]


def request_cases() -> list[Case]:
    shown = (
        "[request.operation, request.kind.group, request.kind.version, request.kind.kind, request.resource.resource,"
        " request.name, request.?namespace.orValue('-'), request.userInfo.username, string(request.dryRun),"
        " string(has(request.subResource)), request.?subResource.orValue('none'), string(request.userInfo.groups)]"
    ).replace(", string(request.userInfo.groups)", ", request.userInfo.groups.join('+')")
    every = {
        "matchConstraints": rules("*"),
        "validations": [{"expression": "false", "messageExpression": f"{shown}.join(' ')"}],
    }

    def case(name: str, *asks: Ask, **policy: Any) -> Case:
        return Case(name, {**every, **policy}, list(asks))

    def says(name: str, expression: str, *asks: Ask) -> Case:
        validations = [{"expression": "false", "messageExpression": expression}]
        return Case(name, {"matchConstraints": rules("*"), "validations": validations}, list(asks))

    old, new = config("request-update", "request-update", a="1"), config("request-update", "request-update", b="2")
    return [
        case(
            "request-create",
            *creates(config("request-create", "request-create"), pod("request-create", "request-create")),
        ),
        case(
            "request-cluster",
            *creates(manifest("ClusterRole", "request-cluster", labels={CASE_LABEL: "request-cluster"}, rules=[])),
        ),
        case("request-space", *creates(manifest("Namespace", "request-space", labels={CASE_LABEL: "request-space"}))),
        case("request-update", Ask("UPDATE", new, old)),
        case("request-delete", Ask("DELETE", config("request-delete", "request-delete"))),
        says(
            "object-on-delete",
            "string(object == null) + ' ' + oldObject.metadata.name",
            Ask("DELETE", config("object-on-delete", "object-on-delete")),
        ),
        says(
            "old-on-create",
            "string(oldObject == null) + ' ' + object.metadata.name",
            *creates(config("old-on-create", "old-on-create")),
        ),
        says(
            "both-on-update",
            "object.data.b + ' ' + oldObject.data.a",
            Ask(
                "UPDATE",
                config("both-on-update", "both-on-update", b="2"),
                config("both-on-update", "both-on-update", a="1"),
            ),
        ),
        says(
            "options", "request.options.dryRun[0] + ' ' + request.options.kind", *creates(config("options", "options"))
        ),
        says(
            "namespace-object",
            "namespaceObject.metadata.labels['team'] + ' ' + namespaceObject.status.phase",
            *creates(config("namespace-object", "namespace-object")),
        ),
        says(
            "namespace-of-space",
            "string(namespaceObject == null)",
            *creates(manifest("Namespace", "namespace-of-space", labels={CASE_LABEL: "namespace-of-space"})),
        ),
        Case(
            "delete-error",
            {"matchConstraints": rules("configmaps"), "validations": [{"expression": "object.metadata.name == 'x'"}]},
            [Ask("DELETE", config("delete-error", "delete-error"))],
        ),
        Case(
            "connect-exec",
            {
                "matchConstraints": rules("pods/exec", operations=["CONNECT"]),
                "validations": [
                    {
                        "expression": "object.container != 'web'",
                        "messageExpression": f"{shown}.join(' ') + ' ' + object.command.join(',') + ' ' + object.kind",
                    }
                ],
            },
            [Ask("CONNECT", pod("connect-exec", "connect-exec"), subresource="exec")],
            # No label can select PodExecOptions, so no other case may look at this one.
            [{"validationActions": ["Deny"], "matchResources": {**rules("pods/exec", resourceNames=["connect-exec"])}}],
        ),
        Case(
            "connect-labels",
            {"matchConstraints": rules("pods/exec", operations=["CONNECT"]), "validations": [{"expression": "false"}]},
            [Ask("CONNECT", pod("connect-labels", "connect-labels"), subresource="exec")],
        ),
    ]


def authorizer_cases() -> list[Case]:
    checks = {
        "self": "authorizer.group('').resource('pods').namespace('shop').check('get')",
        "request-resource": "authorizer.requestResource.check('create')",
        "path": "authorizer.path('/healthz').check('get')",
        "account": "authorizer.serviceAccount('kube-system', 'generic-garbage-collector')"
        ".group('').resource('pods').check('list')",
        "account-none": "authorizer.serviceAccount('shop', 'nobody').group('').resource('secrets').check('get')",
        "account-discovery": "authorizer.serviceAccount('shop', 'default').path('/api').check('get')",
        "subresource": "authorizer.group('apps').resource('deployments').subresource('scale').namespace('shop')"
        ".name('x').check('update')",
    }
    cases = []
    for name, check in checks.items():
        full = f"authorizer-{name}"
        spec = {
            "matchConstraints": rules("configmaps"),
            "variables": [
                {
                    "name": "d",
                    "expression": f"{check}.reason() + ' ' + string({check}.allowed()) + string({check}.errored())",
                }
            ],
            "validations": [
                {"expression": f"!{check}.allowed()", "message": "allowed"},
                {"expression": "variables.d == ''"},
            ],
        }
        cases.append(Case(full, spec, creates(config(full, full))))
    spec = {
        "matchConstraints": rules("configmaps"),
        "variables": [{"name": "may", "expression": "authorizer.group('').resource('pods').check('list').allowed()"}],
        "validations": [
            {"expression": "!variables.may", "message": "plain", "messageExpression": "'may ' + string(variables.may)"}
        ],
    }
    return [
        *cases,
        Case("authorizer-in-message", spec, creates(config("authorizer-in-message", "authorizer-in-message"))),
    ]


def cost_cases() -> list[Case]:
    """Expressions at the edge of the budgets: the same accept or refuse."""

    def loops(count: int, inside: str = "true") -> str:
        digits = ", ".join(str(number) for number in range(count))
        return f"[{digits}].all(i, {inside})"

    def nested(*sizes: int) -> str:
        text = "true"
        for depth, size in enumerate(reversed(sizes)):
            digits = ", ".join(str(number) for number in range(size))
            text = f"[{digits}].all(i{depth}, {text})"
        return text

    def case(name: str, validations: list[str], **policy: Any) -> Case:
        spec = {
            "matchConstraints": rules("configmaps"),
            "validations": [{"expression": text} for text in validations],
            **policy,
        }
        return Case(name, spec, creates(config(name, name, a="1")))

    cases = []
    for sizes in (
        (100, 100),
        (100, 100, 10),
        (100, 100, 15),
        (100, 100, 20),
        (100, 100, 24),
        (100, 100, 25),
        (100, 100, 33),
        (100, 100, 34),
    ):
        name = "cost-call-" + "-".join(map(str, sizes))
        cases.append(case(name, [nested(*sizes)]))
    heavy = nested(100, 100, 15)
    for count in (10, 16, 20, 30):
        for failure in ("Fail", "Ignore"):
            cases.append(
                case(f"cost-total-{count}-{failure.lower()}", [heavy] * count + ["false"], failurePolicy=failure)
            )
    checked = "authorizer.group('').resource('pods').check('list').allowed()"
    cases += [
        case("cost-two-checks", [f"{checked} && {checked}"]),
        case("cost-three-checks", [f"{checked} && {checked} && {checked}"]),
        case("cost-checks-total", [f"{checked} && {checked}"] * 15),
        case("cost-variable", ["variables.v"], variables=[{"name": "v", "expression": nested(100, 100, 40)}]),
        case("cost-variable-once", ["variables.v"] * 30, variables=[{"name": "v", "expression": heavy}]),
        case(
            "cost-conditions",
            ["false"],
            matchConditions=[{"name": f"c{number}", "expression": heavy} for number in range(6)],
        ),
        case(
            "cost-conditions-within",
            ["false"],
            matchConditions=[{"name": f"c{number}", "expression": heavy} for number in range(2)],
        ),
        case(
            "cost-conditions-ignored",
            ["false"],
            matchConditions=[{"name": f"c{number}", "expression": heavy} for number in range(6)],
            failurePolicy="Ignore",
        ),
    ]
    message = f"{heavy} ? 'computed' : 'other'"
    spec = {
        "matchConstraints": rules("configmaps"),
        "validations": [{"expression": "false", "messageExpression": message, "message": "plain"}] * 25,
    }
    cases.append(Case("cost-messages", spec, creates(config("cost-messages", "cost-messages"))))
    return cases


def typed_cases() -> list[Case]:
    """What Go structs make of an object: zero values, quantities, comparisons that maps would not mind."""

    def case(name: str, *expressions: str, objects: list[Object] | None = None, resource: str = "pods") -> Case:
        validations = [{"expression": text} for text in expressions]
        spec = {"matchConstraints": rules(resource), "validations": validations}
        return Case(name, spec, creates(*(objects or [pod(name, name, hostNetwork=False)])))

    resources = {"resources": {"limits": {"cpu": "1000m", "memory": "1024Mi"}}}
    return [
        case("typed-false-absent", "has(object.spec.hostNetwork)"),
        case("typed-default", "object.spec.restartPolicy == 'Always'", "object.spec.dnsPolicy != 'ClusterFirst'"),
        case(
            "typed-quantity",
            "object.spec.containers[0].resources.limits.cpu == '1'",
            "object.spec.containers[0].resources.requests.memory == '1024Mi'",
            objects=[pod("typed-quantity", "typed-quantity", container=resources)],
        ),
        case("typed-compare-other", "object.spec == 'text'"),
        case("typed-compare-map", "object.metadata.labels == {'case': 'typed-compare-map'}"),
        case("typed-index", "object.spec.containers[dyn('0')].name == 'web'"),
        case("typed-key", "object.metadata[1] == 'x'"),
        case("typed-in", "'web' in object.spec.containers", "object.spec.containers[0].name in ['web']"),
        case("typed-in-map", "'case' in object.metadata.labels", "'x' in object.metadata.labels"),
        case("typed-status", "has(object.status) && object.status.phase == 'Running'"),
        case("typed-null", "object.metadata.labels == null", "object.spec.hostNetwork == null"),
        case("typed-size", "size(object.metadata.labels) == 3", "size(object.spec.containers) == 2"),
        case("typed-concatenated", "(object.spec.containers + object.spec.containers).size() == 1"),
        case("typed-equal-self", "object.spec.containers == object.spec.containers", "object != object"),
        case("typed-type", "type(object.spec) == map", "type(object.spec.containers) == string"),
        case(
            "untyped-widget",
            "object.spec.flag == false && has(object.spec.flag)",
            "object.spec.list == [1, 2]",
            "object.spec == 'text'",
            objects=[widget("untyped-widget", "untyped-widget", flag=False, list=[1, 2], double=1.5)],
            resource="widgets",
        ),
        case(
            "untyped-numbers",
            "object.spec.double > 1",
            "object.spec.whole == 2",
            "type(object.spec.whole) == double",
            objects=[widget("untyped-numbers", "untyped-numbers", double=1.5, whole=2)],
            resource="widgets",
        ),
    ]


def written_cases() -> list[Case]:
    families = (
        message_cases,
        action_cases,
        several_cases,
        variable_cases,
        condition_cases,
        match_cases,
        param_cases,
        annotation_cases,
        request_cases,
        authorizer_cases,
        cost_cases,
        typed_cases,
    )
    return [case for family in families for case in family()]
