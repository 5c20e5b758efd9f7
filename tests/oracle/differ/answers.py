"""Answers of `oracle eval` and `kastell eval --batch`, and whether two of them are equal."""

import json


def outcome(answer: dict) -> str:
    return answer["error"]["phase"] if "error" in answer else "value"


def message(answer: dict) -> str:
    return answer.get("error", {}).get("message", "")


def canonical(value) -> str:
    """Equal values have equal texts: neither a map's entries nor an object's members have an order."""
    return json.dumps(ordered(value), sort_keys=True)


def ordered(value):
    if isinstance(value, list):
        return [ordered(item) for item in value]
    if isinstance(value, dict):
        if set(value) == {"$map"}:
            return {"$map": sorted((ordered(entry) for entry in value["$map"]), key=canonical)}
        return {key: ordered(inner) for key, inner in value.items()}
    return value


def without_structures(value):
    """The value with objects as the maps of their fields."""
    if isinstance(value, list):
        return [without_structures(item) for item in value]
    if isinstance(value, dict):
        if set(value) == {"$structure"}:
            return without_structures(value["$structure"][1])
        return ordered({key: without_structures(inner) for key, inner in value.items()})
    return value


def unordered(value):
    """What is left of a value when the order in it is forgotten, down to the characters of its texts."""
    if isinstance(value, list):
        return sorted((unordered(item) for item in value), key=canonical)
    if isinstance(value, dict):
        return {key: unordered(inner) for key, inner in value.items()}
    return "".join(sorted(value)) if isinstance(value, str) else value


def differing(theirs: dict, ours: dict, form=ordered) -> set[str]:
    """The fields that must be equal and are not."""
    if outcome(theirs) != outcome(ours):
        return {"outcome"}
    fields = set()
    if outcome(theirs) == "value":
        if "result" not in ours or canonical(form(theirs["result"])) != canonical(form(ours["result"])):
            fields.add("value")
        if theirs.get("type") != ours.get("type"):
            fields.add("type")
    if outcome(theirs) != "compile" and theirs.get("cost") != ours.get("cost"):
        fields.add("cost")
    return fields
