"""Formats of custom resources: does `schema.invalid-value` refuse the same texts as an API server, one by one?

A definition has a list for each format; the texts are written and spoiled by chance, always the same. The server names
every item that it refuses, and so does Kastell.
"""

import json
import random
import tempfile
from pathlib import Path
from typing import Any

from integration.support import ClusterTest, eventually, kubernetes_minor, scan
from testbed.client import JSON

RESOURCES = "/apis/example.com/v1/namespaces/default/formatted"
TEXTS_OF_A_LIST = 400  # beyond 1,000 problems of an object Kastell stops
LEAST_REFUSED = 3000

# Texts of each format, sound ones among them; spoiled copies are made of all of them for all formats.
SEEDS: dict[str, list[str]] = {
    "email": [
        "a@b", "ann.lee@example.com", "Ann Lee <ann@example.com>", '"Ann, Lee" <a@b.c> (at work)', "a@ b.c",
        "a@[1.2.3.4]", "a@[::1]", "a@[fe80::1%eth0]", "team: a@b;", "team: a@b, c@d;", "team:;", "team: x <a@b>;(c)",
        '"a b"@c', '""@b', '"a\\"b"@c', "=?utf-8?q?J=C3=B6rg?= <a@b>", "=?koi8-r?q?x?= <a@b>", "=?utf-8?q??= <a@b>",
        "=?utf-8?b?SsO2cmc=?= x <a@b>", "=?us-aſcii?q?x?= <a@b>", "a@b (=?koi8-r?b?eA==?=)", "a@b (x (y) \\) z)",
        "jörg@müller.de", "x (c) y <a@b>", "a..b@c", ".a@b", "a@b.", "<a@b>", "<a@b> x", "a b@c", "a@b,c@d", "a@b ()",
        "=?utf-8?q?x?= (c) <a@b>", "x =?koi8-r?q?x?= <a@b>", "a@b\t(\t=?utf-8?q?=ZZ?=)", "g: h: a@b;;",
    ],
    "hostname": [
        "a", "a-b", "a--b", "ab-c", "abc-d", "localhost", "example.com", "Ex-ample.London", "😀.com", "müller.de",
        "x.c", "-a.com", "a-.com", "1.2.3.4", "a_b.c", "a.b.", "€uro.shop", "x" * 63, "x" * 64, "é" * 31, "é" * 32,
        "x" * 63 + ".com", "x" * 64 + ".com", ".".join(["x" * 60] * 5), "中文.中国", "a.museum", "1a", "a1.b2",
    ],
    "isbn": ["0321751043", "978-0321751041", "3 401 01319 X", "3-401-01319-x", "9784873113685", "1-61729-085-8"],
    "creditcard": ["4220855426222389", "4220 8554-2622x2389", "5139288802098206", "374953669708156", "30190239451016"],
    "rgbcolor": ["rgb(0,31,255)", "rgb( 0 ,\t31, 255 )", "rgb(256,0,0)", "rgb(01,0,0)", "rgba(0,0,0)", "rgb(1,2,3)\n"],
    "ipv6": ["::1", "fd00::1", "::ffff:10.0.0.1", "::ffff:10.0.00.1", "fe80::1%eth0", "010.0.0.1", "1:2:3:4:5:6:7:8"],
    "cidr": ["10.0.0.0/8", "010.0.0.0/08", "fd00::/8", "::ffff:1.2.3.4/96", "10.0.0.0/33", "10.0.0.0"],
    "duration": ["1h30m", "3 weeks", "1.5s", "2 d", "µs", "5 µs", "-1s", "1 month"],
    "date-time": ["2026-11-26T10:00:00Z", "2026-11-26t10:00:00.5+02:00", "2026-02-29T10:00:00Z", "2026-11-26"],
    "uri": ["http://example.com/a?b=c", "/a", "a", "mailto:a@b", "http://[::1]:80/", "http://a b/", "%zz:/"],
    "mac": ["01:23:45:67:89:ab", "0123.4567.89ab", "01-23-45-67-89-ab-cd-ef", "01:23-45:67:89:ab"],
    "uuid4": ["f47ac10b-58cc-4372-a567-0e02b2c3d479", "F47AC10B58CC4372A5670E02B2C3D479"],
    "byte": ["YQ==", "YWI=", "", "YQ", "Y Q="],
    "hexcolor": ["#fff", "00ff00", "#ff", "#12345g"],
    "ssn": ["111-22-3333", "111 22 3333", "111223333", "111-223-333"],
    "k8s-short-name": ["a-b", "A", "x" * 63, "x" * 64, "a.b"],
    "k8s-long-name": ["a.b-c", "a..b", "x" * 70, ".".join(["x" * 60] * 5)],
}
# The same under other names, for which an API server drops dashes; and one that it does not know.
FORMATS = [
    *SEEDS, "isbn10", "isbn13", "date", "datetime", "ipv4", "host-name", "uuid", "uuid3", "uuid5", "bsonobjectid", "password",
    "colour",
]  # fmt: skip
STRANGE = ["", " ", "\t", "é", "中", "😀", "\u0000", "\n", "ſ", "\u00a0", "0", "9", "X", "-", ".", "@", "<", ">", "(", ")", '"']


def spoiled(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    end = min(len(text), at + chance.randrange(3))
    return text[:at] + chance.choice([*STRANGE, text[at:end] * 2, chance.choice(text or "a")]) + text[end:]


def texts_for(name: str) -> list[str]:
    chance = random.Random(name)  # noqa: S311
    own = SEEDS.get(name) or [text for texts in SEEDS.values() for text in texts]
    others = [text for texts in SEEDS.values() for text in texts]
    made = [*own, "", "a" * 20000, "é@" * 5000, "(" * 10000, "1" * 10000]
    while len(made) < TEXTS_OF_A_LIST:
        text = chance.choice(own if chance.random() < 0.8 else others)
        for _ in range(chance.choice([1, 1, 1, 2, 3])):
            text = spoiled(text, chance)
        made.append(text)
    return made[:TEXTS_OF_A_LIST]


def field_of(name: str) -> str:
    return "f" + name.replace("-", "D")


def definition() -> dict[str, Any]:
    lists = {field_of(f): {"type": "array", "items": {"type": "string", "format": f}} for f in FORMATS}
    # An alternative has no type of its own, and a text that may be an integer has two.
    lists["either"] = {
        "type": "array",
        "items": {"x-kubernetes-int-or-string": True, "format": "email", "allOf": [{"format": "hostname"}]},
    }
    version = {
        "name": "v1",
        "served": True,
        "storage": True,
        "schema": {"openAPIV3Schema": {"type": "object", "properties": lists}},
    }
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "formatted.example.com"},
        "spec": {
            "group": "example.com",
            "scope": "Namespaced",
            "names": {"kind": "Formatted", "plural": "formatted"},
            "versions": [version],
        },
    }


class FormatsTest(ClusterTest):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
        made = cls.admin.request("POST", path, json.dumps(definition()).encode(), JSON)
        assert made.ok, made.message
        eventually(lambda: cls.admin.get(RESOURCES), lambda answer: answer.ok)

    def refused_by_server(self, text: str) -> set[str]:
        answer = self.admin.request("POST", f"{RESOURCES}?dryRun=All", text.encode(), JSON)
        if answer.ok:
            return set()
        # Without a place: of an alternative, "must validate all the schemas (allOf)", beside the failure itself.
        return {cause["field"] for cause in answer.body["details"]["causes"]} - {"<nil>"}

    def refused_by_us(self, folder: Path) -> dict[str, set[str]]:
        (folder / "definition.json").write_text(json.dumps(definition()))
        report = scan("--control", "schema.*", "--kubernetes", f"1.{kubernetes_minor()}", folder)
        fields: dict[str, set[str]] = {}
        for result in report["results"]:
            self.assertEqual(result["verdict"], "fail", result)
            fields.setdefault(Path(result["location"]["file"]).stem, set()).add(result["field"])
        return fields

    def test_the_same_texts_are_refused(self) -> None:
        texts = {field_of(name): texts_for(name) for name in FORMATS}
        texts["either"] = texts_for("hostname")
        objects = {
            field: json.dumps({"apiVersion": "example.com/v1", "kind": "Formatted", "metadata": {"name": "a"}, field: made})
            for field, made in texts.items()
        }
        with tempfile.TemporaryDirectory() as name:
            for field, text in objects.items():
                (Path(name) / f"{field}.json").write_text(text)
            ours = self.refused_by_us(Path(name))
        count, differing = 0, []
        for field, text in objects.items():
            theirs = self.refused_by_server(text)
            count += len(theirs)
            for place in sorted(theirs ^ ours.get(field, set())):
                value = texts[field][int(place[place.index("[") + 1 : -1])]
                differing.append(f"{place}: {'server' if place in theirs else 'we'} alone refuse {value[:80]!r}")
        print(f"{sum(map(len, texts.values()))} texts, {count} refused ... ", end="")
        self.assertEqual(differing, [], "\n".join(differing))
        self.assertGreater(count, LEAST_REFUSED)
