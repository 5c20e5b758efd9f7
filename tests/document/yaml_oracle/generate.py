"""Texts to ask about: random values in random styles, and damaged manifests."""

import random
from pathlib import Path

WORDS = ["a", "b", "key", "name", "yes", "no", "on", "off", "y", "N", "true", "False", "null", "~", "Null", "<<", "0",
         "-1", "+2", "0x1F", "0755", "0o17", "0b11", "-0b10", "08", "1_000", "1.", ".5", "-.5", "1.0", "1e3", "1E-2",
         "6.02e23", "1e21", "1e400", ".inf", "-.INF", ".nan", "+.inf", "1:30", "2001-01-01", "2001-01-01T00:00:00Z",
         "9223372036854775807", "9223372036854775808", "18446744073709551616", "-9223372036854775809", "12345678901234567",
         "1.5", "1e6", "1234567.0", "0.1", "10m", "1Gi", "nginx:1.2", "http://x/y", "a b", "a#b", "a: b", "a:b", "- x",
         "x -y", "-x", "?x", ":x", "a,b", "[x", "x]", "{y", "y}", "&x", "*x", "!x", "|", ">", "%x", "@x", "`x", "x'y",
         'x"y', "ä", "日本", "😀", "x\u2028y", "x\u0085y", "x\u00a0y", "\ufeffx", "", " ", "x ", " x", "#x", "x\ty", "x\ny", "x\n\ny",
         "x\n", "\nx", "x\n  y\nz\n", "--- x", "...", "_1", "0_1", "0x", "0b2", "1e", "+", "-", ".", "..", "e1", "=", "0b-1", "00", "0.0", "-0", "-0.0", "1__0", "4611686018427387904.0", "1e18", "1e19", "123456789012345680000"]
TAGS = ["!!str", "!!int", "!!float", "!!bool", "!!null", "!!binary", "!!timestamp", "!!map", "!!seq", "!", "!x", "!!x",
        "!<tag:yaml.org,2002:str>", "!x!y"]


def load_seeds(folders: list) -> list:
    seeds = []
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix not in (".txt", ".yaml", ".yml") or path.stat().st_size > 20000:
                continue
            text = path.read_text(encoding="utf-8", errors="replace")
            if path.suffix != ".txt":
                seeds.append(text)
                continue
            for case in text.split("\n=== ")[1:]:
                body = case.split("\n", 1)[1]
                for marker in ("--- json\n", "--- errors\n"):
                    body = body.split("\n" + marker)[0]
                seeds.append(body.replace("\n\\", "\n") + "\n")
    return seeds


def text(rng: random.Random, seeds: list) -> str:
    kind = rng.random()
    if kind < 0.35:
        return document(rng)
    if kind < 0.5:
        return "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 14)))
    base = rng.choice(seeds) if rng.random() < 0.75 and seeds else document(rng)
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        base = damage(rng, base, seeds)
    return base


PIECES = ["a", "b", ": ", ":", "- ", "-", "? ", "?", "\n", "\n", "\n ", "\n  ", "\n    ", " ", "  ", "\t", "[", "]", "{", "}", ", ",
          ",", '"', "'", "#", " #c", "&x ", "*x", "!!str ", "! ", "|", ">", "|-\n  x", ">+\n   y\n", "\n\n", "---\n", "...\n", "x y", "1",
          "\\", "\\n", "\r\n", "\r", "%", "<<: ", "a: ", "b: ", "- a", "'x'", '"y"', "\u2028", "|2\n"]


def damage(rng: random.Random, base: str, seeds: list) -> str:
    at = rng.randrange(len(base) + 1)
    end = min(len(base), at + rng.choice([1, 1, 2, 5, 20]))
    lines = base.split("\n")
    line = rng.randrange(len(lines))
    kind = rng.randrange(8)
    if kind == 0:
        return base[:at] + base[end:]
    if kind <= 2:
        return base[:at] + rng.choice(PIECES) + base[at:]
    if kind == 3:
        return base[:at] + rng.choice(PIECES) + base[end:]
    if kind == 4:
        lines[line] = " " * rng.randint(1, 3) + lines[line]
    elif kind == 5:
        lines[line] = lines[line][rng.randint(1, 2):]
    elif kind == 6:
        lines.insert(line, rng.choice(lines))
    else:
        other = rng.choice(seeds).split("\n") if seeds else lines
        lines[line] = rng.choice(other)
    return "\n".join(lines)


def document(rng: random.Random) -> str:
    anchors: list = []
    out = rng.choice(["", "", "", "---\n", "# c\n", "--- # c\n", "\n", "\ufeff"])
    for _ in range(rng.choice([1, 1, 1, 2])):
        out += block(rng, rng.randint(0, 4), 0, anchors).lstrip(" ") if rng.random() < 0.9 else flow(rng, 2, anchors) + "\n"
        out += rng.choice(["", "", "---\n", "...\n---\n"])
    return out


def block(rng: random.Random, depth: int, indent: int, anchors: list) -> str:
    """A node from column `indent` on, ended by a line break."""
    pad = " " * indent
    kind = rng.random()
    if depth == 0 or kind < 0.2:
        return pad + scalar(rng, indent, anchors) + "\n"
    if kind < 0.35:
        return pad + properties(rng, anchors) + flow(rng, depth, anchors) + comment(rng) + "\n"
    out = ""
    step = rng.choice([1, 2, 2, 4])
    is_list = kind < 0.6
    for _ in range(rng.randint(1, 4)):
        if rng.random() < 0.1:
            out += rng.choice(["\n", "# c\n", pad + "# c\n", "   \n"])
        if is_list:
            mark = "-" + " " * step
            nested = block(rng, depth - 1, indent + 1 + step, anchors)
            if rng.random() < 0.8:
                out += pad + mark + nested[indent + 1 + step:]
            else:
                out += pad + "-\n" + nested
            continue
        if rng.random() < 0.07:
            out += pad + "? " + block(rng, rng.randint(0, 1), indent + 2, anchors)[indent + 2:]
            if rng.random() < 0.8:
                out += pad + ": " + block(rng, depth - 1, indent + 2, anchors)[indent + 2:]
            continue
        key = key_text(rng, anchors)
        if rng.random() < 0.5:
            out += pad + key + ":" + rng.choice([" ", "  ", "\t"]) + inline(rng, depth, indent, anchors) + "\n"
        else:
            lower = indent if rng.random() < 0.3 else indent + step
            props = properties(rng, anchors)
            nested = block(rng, depth - 1, lower, anchors)
            out += pad + key + ":" + (" " + props if props else "") + comment(rng) + "\n" + nested
    return out


def inline(rng: random.Random, depth: int, indent: int, anchors: list) -> str:
    if rng.random() < 0.25:
        return properties(rng, anchors) + flow(rng, depth, anchors)
    return scalar(rng, indent, anchors)


def flow(rng: random.Random, depth: int, anchors: list) -> str:
    kind = rng.random()
    if depth == 0 or kind < 0.3:
        return flow_scalar(rng, anchors)
    gap = lambda: rng.choice(["", " ", " ", "  ", "\n   "])  # noqa: E731
    parts = []
    is_list = kind < 0.6
    for _ in range(rng.randint(0, 3)):
        if is_list and rng.random() < 0.8:
            parts.append(gap() + flow(rng, depth - 1, anchors) + gap())
        else:
            key = rng.choice(["", "", "", "? "]) + flow_scalar(rng, anchors)
            parts.append(gap() + key + rng.choice([": ", ": ", ":", " : ", ""]) + flow(rng, depth - 1, anchors) + gap())
    if parts and rng.random() < 0.1:
        parts.append(gap())
    return ("[" if is_list else "{") + ",".join(parts) + ("]" if is_list else "}")


def properties(rng: random.Random, anchors: list) -> str:
    out = ""
    if rng.random() < 0.06:
        out += rng.choice(TAGS) + " "
    if rng.random() < 0.08:
        anchors.append(rng.choice("xyz"))
        out += "&" + anchors[-1] + " "
    return out


def comment(rng: random.Random) -> str:
    return rng.choice(["", "", "", "", " # c", " #", "  "])


def key_text(rng: random.Random, anchors: list) -> str:
    if rng.random() < 0.05 and anchors:
        return rng.choice(["<<", "*" + rng.choice(anchors) + " "])
    word = rng.choice(WORDS)
    kind = rng.random()
    if kind < 0.6:
        return properties(rng, anchors) + (word if is_plain(word) else "k" + str(rng.randint(0, 99)))
    return properties(rng, anchors) + (single(word) if kind < 0.8 else double(rng, word)) + rng.choice(["", "", " "])


def is_plain(word: str) -> bool:
    return bool(word) and word.strip() == word and "\n" not in word


def scalar(rng: random.Random, indent: int, anchors: list) -> str:
    kind = rng.random()
    if kind < 0.12:
        return properties(rng, anchors) + block_scalar(rng, indent)
    if kind < 0.2:
        return rng.choice(WORDS[:30]) + "\n" + " " * (indent + rng.randint(0, 2)) + rng.choice(WORDS)
    return properties(rng, anchors) + flow_scalar(rng, anchors) + comment(rng)


def flow_scalar(rng: random.Random, anchors: list) -> str:
    word = rng.choice(WORDS)
    kind = rng.random()
    if kind < 0.04 and anchors:
        return "*" + rng.choice(anchors)
    if kind < 0.6:
        return word
    return single(word) if kind < 0.8 else double(rng, word)


def single(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


ESCAPES = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def double(rng: random.Random, word: str) -> str:
    out = ""
    for c in word:
        kind = rng.random()
        if c in ESCAPES and kind < 0.9:
            out += ESCAPES[c]
        elif kind < 0.05:
            out += rng.choice([f"\\x{ord(c) % 256:02x}", f"\\u{ord(c) % 65536:04x}", f"\\U{ord(c):08X}"])
        elif kind < 0.08:
            out += rng.choice(["\\\n  ", "\\e", "\\_", "\\N", "\\L", "\\P", "\\0", "\\a", "\\/", "\\ ", "\\'", "\n  ", "\n\n"]) + c
        else:
            out += c
    return '"' + out + '"'


def block_scalar(rng: random.Random, indent: int) -> str:
    deep = indent + rng.choice([1, 2, 2, 4])
    head = rng.choice("|>") + rng.choice(["", "", "-", "+", "2", "1-", "+2"]) + comment(rng)
    lines = []
    for _ in range(rng.randint(0, 5)):
        extra = rng.choice(["", "", "", " ", "  ", "\t"])
        lines.append(rng.choice(["", "", " " * rng.randint(0, 6), " " * deep + extra + rng.choice(WORDS).replace("\n", "\n" + " " * deep)]))
    return head + "\n" + "\n".join(lines)
