"""What a strict mode refuses in a schema, as its documentation lists it.

OpenAI, "Structured outputs": supported schemas. Written apart from `adapters/models/schemas.py`,
from the other side.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

KNOWN = {
    "string": {"pattern", "format", "enum", "const"},
    "number": {"multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "enum"},
    "object": {"properties", "required", "additionalProperties"},
    "array": {"items", "minItems", "maxItems"},
    "boolean": {"enum", "const"},
    "null": {"enum", "const"},
}
KNOWN["integer"] = KNOWN["number"] | {"const"}
EVERYWHERE = {"type", "description", "title", "$defs"}
FORMATS = {
    "date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"
}  # fmt: skip
UNKNOWN_TO_ANTHROPIC = (
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength",
    "maxLength", "maxItems",
)  # fmt: skip
MOST_PROPERTIES, MOST_DEPTH, MOST_CHARACTERS, MOST_ENUM_VALUES = 5000, 10, 120_000, 1000


def find_faults(schema: Any) -> list[str]:
    """Return what a strict mode would refuse, empty for a schema that it takes."""
    if not isinstance(schema, dict):
        return ["no schema"]
    faults = list(_look(schema, schema, "", 1))
    if schema.get("type") != "object":
        faults.append("the root is no object")
    properties, enums, characters = _sizes(schema)
    if properties > MOST_PROPERTIES or enums > MOST_ENUM_VALUES or characters > MOST_CHARACTERS:
        faults.append("too large")
    return faults


def find_anthropic_faults(schema: Any) -> list[str]:
    """Return what Anthropic refuses beside that. Its "Structured outputs", limitations."""
    text = json.dumps(schema)
    faults = [f"{word} is not supported" for word in UNKNOWN_TO_ANTHROPIC if f'"{word}":' in text]
    if text.count('"anyOf":') > 16:
        faults.append("too many parameters with union types")
    if len(text) > 12_000:
        faults.append("the compiled grammar is too large")
    definitions = schema.get("$defs", {})
    if any(_reaches(name, name, definitions, set()) for name in definitions):
        faults.append("recursive schemas are not supported")
    return faults


def _reaches(start: str, target: str, definitions: dict[str, Any], seen: set[str]) -> bool:
    for name in re.findall(r'"#/\$defs/([^"]+)"', json.dumps(definitions[start])):
        if name == target:
            return True
        if name not in seen:
            seen.add(name)
            if _reaches(name, target, definitions, seen):
                return True
    return False


def _look(schema: Any, root: dict[str, Any], at: str, depth: int) -> Iterator[str]:
    if not isinstance(schema, dict):
        yield f"{at}: no schema"
        return
    for name, definition in schema.get("$defs", {}).items():
        yield from _look(definition, root, f"{at}/$defs/{name}", 1)
    if "$ref" in schema:
        if set(schema) - {"$defs"} != {"$ref"}:
            yield f"{at}: something beside $ref"
        if schema["$ref"].removeprefix("#/$defs/") not in root.get("$defs", {}):
            yield f"{at}: refers to nothing"
        return
    if "anyOf" in schema:
        if unknown := set(schema) - {"anyOf", "description", "title", "$defs"}:
            yield f"{at}: {sorted(unknown)} beside anyOf"
        for number, variant in enumerate(schema["anyOf"]):
            yield from _look(variant, root, f"{at}/{number}", depth)
        return
    kind = schema.get("type")
    if kind not in KNOWN:
        yield f"{at}: no known type"
        return
    if unknown := set(schema) - KNOWN[kind] - EVERYWHERE:
        yield f"{at}: {sorted(unknown)} are not known for {kind}"
    if schema.get("format", "date") not in FORMATS:
        yield f"{at}: format {schema['format']!r} is not known"
    if "(?" in schema.get("pattern", ""):
        yield f"{at}: a pattern that looks around"
    if kind == "array":
        yield from _look(schema.get("items"), root, f"{at}/items", depth)
    if kind == "object":
        yield from _look_at_object(schema, root, at, depth)


def _look_at_object(
    schema: dict[str, Any], root: dict[str, Any], at: str, depth: int
) -> Iterator[str]:
    properties = schema.get("properties", {})
    if depth > MOST_DEPTH:
        yield f"{at}: too deep"
    if schema.get("additionalProperties") is not False:
        yield f"{at}: open to other names"
    if sorted(schema.get("required", [])) != sorted(properties):
        yield f"{at}: not every name is required"
    for name, value in properties.items():
        yield from _look(value, root, f"{at}/{name}", depth + 1)


def _sizes(schema: Any) -> tuple[int, int, int]:
    """Return how many properties and enum values there are, and how long names and values are."""
    properties = enums = characters = 0
    for key, value in schema.items() if isinstance(schema, dict) else enumerate(schema):
        if key in ("properties", "$defs") and isinstance(value, dict):
            properties += len(value) if key == "properties" else 0
            characters += sum(map(len, value))
        if key == "enum":
            enums += len(value)
            characters += sum(len(str(one)) for one in value)
        if isinstance(value, dict | list):
            more = _sizes(value)
            properties, enums, characters = (
                properties + more[0],
                enums + more[1],
                characters + more[2],
            )
    return properties, enums, characters
