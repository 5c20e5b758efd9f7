"""Whether two answers about one text agree, and if not, in what."""

import json
import re
from dataclasses import dataclass


@dataclass
class Verdict:
    kind: str
    theirs: str = ""
    ours: str = ""

    @property
    def differs(self) -> bool:
        return self.kind.startswith("DIFFERS")


# Errors of ours where Kubernetes' reader sees none; known-differences.md says why, under these names.
STRICTER = {
    "duplicate key": "stricter: duplicate key",
    "does not read what follows": "stricter: text after '...'",
    "expected the end of the document": "stricter: text after the document's end",
    "one node has two": "stricter: text after the document's end",
    "an alias takes neither": "stricter: text after the document's end",
    "'%' cannot begin": "stricter: text after the document's end",
    "must follow the directives": "stricter: text after '...'",
    "a %TAG directive": "stricter: text after '...'",
    "only a comment may follow '---'": "stricter: BOM before '--- text'",
    "infinity and NaN": "stricter: an infinity that a later duplicate hides",
    "unknown directive": "stricter: text after '...'",
    "aliases expand": "stricter: alias limit",
    "nested deeper": "stricter: depth limit",
}
# Their errors where we see none.
LENIENT = {
    "did not find expected <document start>": "more lenient: directives before '---'",
    "invalid Yaml document separator": "more lenient: goes on behind a bad separator",
}


EMPTY_WITH_END = re.compile(r"(^|\n---[^\n]*\n|^---[^\n]*\n)\ufeff?([ \t]*(#[^\n]*)?[\r\n]+)*\.\.\.")


ODD_SEPARATOR = re.compile("[\r\u2028\u2029\x85]---|---#")


def canonical(value) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def compare(text: str, their: dict, our: dict) -> Verdict:
    documents = their["documents"]
    values = [d["value"] for d in documents if "error" not in d and d.get("value") is not None]
    errors = [d["error"] for d in documents if "error" in d] + ([their["error"]] if their.get("error") else [])
    our_values = [value for value in our["values"] if value is not None]
    left, right = canonical(values), canonical(our_values)
    theirs, ours = left + "".join(f"\n            ! {e}" for e in errors), right + "".join(
        f"\n            ! {e}" for e in our["errors"])
    if left != right and ODD_SEPARATOR.search(text):
        return Verdict("other: '---' behind a break that is no LF, or with '#' attached")
    if "\ufeff" in text and left != right:
        return Verdict("more lenient: byte order mark behind '---'")
    if not errors and not our["errors"]:
        return Verdict("both read, values agree" if left == right else "DIFFERS in value", theirs, ours)
    if errors and our["errors"]:
        if their.get("error"):  # ends their reading, not ours
            return Verdict("both refuse")
        return Verdict("both refuse" if left == right else compare_rest(values, our_values, our["errors"]), theirs, ours)
    if errors:
        for part, name in LENIENT.items():
            if any(part in error for error in errors):
                return Verdict(name)
        if EMPTY_WITH_END.search(text):
            return Verdict("more lenient: '...' without a document")
        return Verdict("DIFFERS: only they refuse", theirs, ours)
    if "expected a value, found" in our["errors"][0] and any(d.get("value") in (None, "") for d in documents):
        return Verdict("stricter: text after the document's end")  # a tag or an anchor was all of the document
    for part, name in STRICTER.items():
        if all(any(known in error for known in STRICTER) for error in our["errors"]) and part in our["errors"][0]:
            return Verdict(name)
    return Verdict("DIFFERS: only we refuse", theirs, ours)


def compare_rest(values: list, our_values: list, our_errors: list) -> str:
    """Both refuse something: what we read beside it must be among what they read, if we were not stricter."""
    ours = [canonical(v) for v in our_values]
    theirs = [canonical(v) for v in values]
    if all(value in theirs for value in ours):
        if any(known in error for error in our_errors for known in STRICTER):
            return "both refuse, we more"
    return "DIFFERS in what is read beside errors"
