"""Twins: an expression written another way, which means the same but keeps clear of a bug of the oracle's.

A known difference with a twin is excused only if the oracle, asked the twin, gives our answer. Where a rewriting here
misses its mark (a brace in a text, say) the answers differ, and the difference is reported: never the other way round.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

MACROS = "all|exists|exists_one|existsOne|map|filter|transformList|transformMap|transformMapEntry|optMap|optFlatMap|sortBy"
CLOSING = {"(": ")", "[": "]", "{": "}"}
TEXT = re.compile(r"""[rbRB]{0,2}(?:'''.*?'''|\"\"\".*?\"\"\"|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")""", re.DOTALL)
VARIABLES = "object|oldObject|params|request|namespaceObject"


@dataclass(frozen=True)
class Twin:
    rewrite: Callable[[str], str]
    costs_the_same: bool


def end_of(expr: str, opening: int) -> int:
    """The place after the bracket that closes the one at `opening`; texts are skipped."""
    open_brackets, at = [], opening
    while at < len(expr):
        text = TEXT.match(expr, at)
        if text:
            at = text.end()
            continue
        if expr[at] in CLOSING:
            open_brackets.append(CLOSING[expr[at]])
        elif open_brackets and expr[at] == open_brackets[-1]:
            open_brackets.pop()
            if not open_brackets:
                return at + 1
        at += 1
    return len(expr)


def rename_locals(expr: str) -> str:
    """Macro variables that hide a variable of the policy get names of their own."""
    for macro in re.finditer(rf"\.(?:{MACROS})(\()", expr):
        begin, end = macro.start(1), end_of(expr, macro.start(1))
        names = re.match(r"\(\s*(\w+)\s*,(?:\s*(\w+)\s*,)?", expr[begin:end])
        hiding = [name for name in (names.groups() if names else ()) if name and re.fullmatch(VARIABLES, name)]
        if hiding:
            body = re.sub(rf"(?<![\w.])({'|'.join(hiding)})\b(?!\s*:)", r"\1_", expr[begin:end])
            return rename_locals(expr[:begin] + body + expr[end:])
    return expr


def compute_patterns(expr: str) -> str:
    """Patterns that are literals become sums, which no engine compiles beforehand."""
    return re.sub(rf"(\.(?:find|findAll|matches)\(\s*)({TEXT.pattern})", r"\1(\2 + '')", expr, flags=re.DOTALL)


def put_nan_last(expr: str) -> str:
    """Keys that are NaN become infinity, which has an order; then they go behind what is infinite itself."""
    key = "dyn({0}) == dyn({0}) ? dyn({0}) : dyn(double('Infinity'))"
    last = "dyn({0}) == dyn({0}) ? 0 : 1"
    at = 0
    while call := re.compile(r"\.sort(?:By)?(\()").search(expr, at):
        begin, end = call.start(1), end_of(expr, call.start(1))
        name, _, given = expr[begin + 1 : end - 1].partition(",")
        item, of = (name, f"({given.strip()})") if given else ("item_", "item_")
        written = "".join(f".sortBy({item}, {form.format(of)})" for form in (key, last))
        expr = expr[: call.start()] + written + expr[end:]
        at = call.start() + len(written)
    return expr


def make_maps(expr: str) -> str:
    """Objects become maps, whose equality and whose fields behind dyn and .? are those of the language."""
    literal = re.search(r"\bObject(?:\.\w+)*\s*(\{)", expr)
    if not literal:
        return expr
    begin, end = literal.start(1), end_of(expr, literal.start(1))
    return make_maps(expr[: literal.start()] + as_map(expr[begin + 1 : end - 1]) + expr[end:])


def as_map(entries: str) -> str:
    written = []
    for entry in split_entries(entries):
        field, _, value = entry.partition(":")
        mark = "?" if field.strip().startswith("?") else ""
        name = field.strip().lstrip("?").strip().strip("`")
        written.append(f"{mark}'{name}': {value.strip() if mark else f'dyn({value.strip()})'}")
    return "{" + ", ".join(written) + "}"


def split_entries(entries: str) -> list[str]:
    found, begin, at = [], 0, 0
    while at < len(entries):
        text = TEXT.match(entries, at)
        if text or entries[at] in CLOSING:
            at = text.end() if text else end_of(entries, at)
            continue
        if entries[at] == ",":
            found.append(entries[begin:at])
            begin = at + 1
        at += 1
    return [entry for entry in [*found, entries[begin:]] if entry.strip()]


TWINS = {
    "renamed locals": Twin(rename_locals, True),
    "computed patterns": Twin(compute_patterns, False),
    "maps": Twin(make_maps, False),
    "NaN last": Twin(put_nan_last, False),
}
