"""The JSON schema of a wanted shape, in the part of the language that strict modes take.

OpenAI, "Structured outputs", supported schemas; Anthropic and the servers that say that they are
compatible take at least as much of what is left here. Strict mode wants every property required
and no others, `anyOf` for unions, an object at the root, and refuses keywords that it does not
know. What such a keyword said goes into the description: the model may heed it, and the answer is
validated by the shape itself in any case.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from pydantic import BaseModel

# Any below: JSON schema.
_FORMATS: Final = frozenset(
    {
        "date-time",
        "time",
        "date",
        "duration",
        "email",
        "hostname",
        "ipv4",
        "ipv6",
        "uuid",
    }
)
# Words for people and for other programs; names say as much, and each costs tokens in each call.
_DROPPED: Final = frozenset({"title", "discriminator", "examples", "$schema", "$id", "deprecated"})
_MOST_UNIONS: Final = 16
_MOST_CHARACTERS: Final = 10_000
_DEFINITIONS: Final = "#/$defs/"


@cache
def strict_schema(shape: type[BaseModel]) -> Mapping[str, Any]:
    """Return the schema of a shape; it is shared, so do not change it.

    A field with a default becomes one that the model must fill in; the default is told to it.

    Raises:
        TypeError: the shape cannot be said, as an object with free names, a tuple of several
            types, anything at all, or a root that is no object. The shape must change.
    """
    schema = shape.model_json_schema()
    definitions: dict[str, Any] = schema.pop("$defs", {})
    if set(schema) == {"$ref"}:  # what refers to itself
        schema = definitions[schema["$ref"].removeprefix(_DEFINITIONS)]
    if schema.get("type") != "object":
        raise TypeError(f"{shape.__name__}: the root is no object")
    strict = _clean(schema, definitions, shape.__name__)
    if definitions:
        strict["$defs"] = {
            name: _clean(definition, definitions, name) for name, definition in definitions.items()
        }
    return strict


@cache
def fits_anthropic(shape: type[BaseModel]) -> bool:
    """Tell whether Anthropic compiles the schema of a shape to a grammar.

    Its "Structured outputs", JSON schema limitations: at most 16 values of several types, and no
    schema that holds itself. How large a grammar may be is not told; people met the bound beyond
    10 KB of schema.
    """
    schema = strict_schema(shape)
    is_small = len(json.dumps(schema)) <= _MOST_CHARACTERS
    return is_small and _count_unions(schema) <= _MOST_UNIONS and not _holds_itself(schema)


def _count_unions(schema: object) -> int:
    if isinstance(schema, list):
        return sum(map(_count_unions, schema))
    if not isinstance(schema, dict):
        return 0
    return ("anyOf" in schema) + sum(map(_count_unions, schema.values()))


def _holds_itself(schema: Mapping[str, Any]) -> bool:
    definitions = schema.get("$defs", {})
    inside = {name: _references(definition) for name, definition in definitions.items()}
    for name in definitions:
        reached, seen = inside[name], set[str]()
        while more := reached - seen:
            seen |= more
            reached = set[str]().union(*(inside[each] for each in more))
        if name in seen:
            return True
    return False


def _references(schema: object) -> set[str]:
    if isinstance(schema, dict):
        own = {schema["$ref"].removeprefix(_DEFINITIONS)} if "$ref" in schema else set[str]()
        return own.union(*map(_references, schema.values()))
    return set[str]().union(*map(_references, schema)) if isinstance(schema, list) else set()


def _clean(schema: Mapping[str, Any], definitions: Mapping[str, Any], at: str) -> dict[str, Any]:
    rest = {name: value for name, value in schema.items() if name not in _DROPPED}
    if "$ref" in rest:
        reference = rest.pop("$ref")
        if not _without_null_default(rest):
            return {"$ref": reference}
        # Nothing may stand beside a reference, so that its target is written out here.
        target = definitions[reference.removeprefix(_DEFINITIONS)]
        return _clean({**target, **rest}, definitions, at)
    if len(rest.get("allOf", ())) == 1:
        (only,) = rest.pop("allOf")
        return _clean({**only, **rest}, definitions, at)
    description = rest.pop("description", "")
    strict = _take_kind(rest, definitions, at)
    # What is left is what strict mode does not know.
    told = [f"{name}: {json.dumps(value)}" for name, value in _without_null_default(rest).items()]
    words = " ".join(
        part for part in (description, f"({', '.join(told)})" if told else "") if part
    )
    if words:
        strict["description"] = words
    return strict


def _take_kind(rest: dict[str, Any], definitions: Mapping[str, Any], at: str) -> dict[str, Any]:
    """Take out of `rest` what says the kind of value, and return it in the strict language."""
    variants = rest.pop("anyOf", None) or rest.pop("oneOf", None)
    if variants:
        return {"anyOf": [_clean(variant, definitions, at) for variant in variants]}
    kind = rest.pop("type", None)
    if "const" in rest:
        return {"type": kind or _kind_of(rest["const"], at), "enum": [rest.pop("const")]}
    if "enum" in rest:
        values = rest.pop("enum")
        return {"type": kind or _kind_of(values[0], at), "enum": values}
    if kind == "object":
        return _object(rest, definitions, at)
    if kind == "array":
        if "prefixItems" in rest or not rest.get("items"):
            raise TypeError(f"{at}: a list whose items are of no one type")
        return {"type": kind, "items": _clean(rest.pop("items"), definitions, at)}
    if kind not in ("string", "integer", "number", "boolean", "null"):
        raise TypeError(f"{at}: a value of any type")
    if rest.get("format") in _FORMATS:
        return {"type": kind, "format": rest.pop("format")}
    return {"type": kind}


def _object(rest: dict[str, Any], definitions: Mapping[str, Any], at: str) -> dict[str, Any]:
    # `false` and nothing are the same here: the model is told of no other name.
    if rest.pop("additionalProperties", False) is not False or "patternProperties" in rest:
        raise TypeError(f"{at}: an object with free names")
    rest.pop("required", None)
    properties = {
        name: _clean(value, definitions, f"{at}.{name}")
        for name, value in rest.pop("properties", {}).items()
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _without_null_default(rest: Mapping[str, Any]) -> dict[str, Any]:
    """Return keywords without `default: null`: that null is possible is said by the type."""
    return {
        name: value for name, value in rest.items() if not (name == "default" and value is None)
    }


def _kind_of(value: object, at: str) -> str:
    kinds = {str: "string", bool: "boolean", int: "integer", type(None): "null"}
    if type(value) not in kinds:
        raise TypeError(f"{at}: a constant of no simple type")
    return kinds[type(value)]
